package org.takedownhub.cases;

/** What one case is to another. Each has its other side, so that a link reads right from both of its cases. */
public enum Relation {

    /** The same content in another place: an archived page, a mirror. Both are worked on. */
    COPY_OF,
    COPIED_BY,

    /** The content of a closed case came back. */
    RETURN_OF,
    RETURNED_AS,

    /** The same file or the same picture behind another address. */
    SAME_MEDIA,

    /** The two may be one item; a person has to say. */
    POSSIBLE_DUPLICATE;

    /** The same link as the other case sees it. */
    public Relation inverse() {
        return switch (this) {
            case COPY_OF -> COPIED_BY;
            case COPIED_BY -> COPY_OF;
            case RETURN_OF -> RETURNED_AS;
            case RETURNED_AS -> RETURN_OF;
            case SAME_MEDIA, POSSIBLE_DUPLICATE -> this;
        };
    }
}
