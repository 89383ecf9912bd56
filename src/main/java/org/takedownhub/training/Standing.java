package org.takedownhub.training;

/** How a post stands at one instant. */
enum Standing {
    UP("up"),
    REMOVED("removed by the platform"),
    DELETED("deleted by its author"),
    BEHIND_LOGIN("up, behind the log-in"),
    SHELL_ONLY("up, page says not found");

    private final String label;

    Standing(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** True when nobody can see the post any more. */
    boolean gone() {
        return this == REMOVED || this == DELETED;
    }
}
