package org.takedownhub.modelling;

/**
 * Something that is wrong with a file, where, and what to do instead.
 *
 * @param rule        its name in kebab case, such as {@code wait-without-clock}; stable, so that programs may go by it
 * @param file        the file's name
 * @param elementId   empty for the file as a whole
 * @param elementName as people read it in the drawing; empty where it has none
 * @param message     what is wrong, as a sentence without the full stop
 * @param fix         what to do, as a sentence without the full stop
 * @param line        from 1; 0 where the file has no lines to speak of
 */
public record Finding(
        Severity severity,
        String rule,
        String file,
        String elementId,
        String elementName,
        String message,
        String fix,
        int line,
        int column) {

    public enum Severity {
        /** Such a file is neither kept nor published. */
        ERROR,
        /** Worth a thought; hinders nothing. */
        ADVICE
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public static Finding ofFile(String rule, String file, String message, String fix) {
        return new Finding(Severity.ERROR, rule, file, "", "", message, fix, 0, 0);
    }
}
