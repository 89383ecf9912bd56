package org.takedownhub.modelling.compare;

/**
 * One difference.
 *
 * @param file        the file's name
 * @param elementId   in the drawing, the table or the form; empty for the file as a whole
 * @param elementName what people call it
 * @param text        the whole difference as a sentence without the full stop
 * @param before      the value in the earlier set; empty where there is none
 * @param after       the value in the later set; empty where there is none
 */
public record Change(
        Kind kind, String file, String elementId, String elementName, String text, String before, String after) {

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        /** Only where it is drawn, or in which order it stands where order decides nothing. */
        MOVED
    }
}
