package org.takedownhub.modelling.replay;

/** What a draft can change about a case, and how people call it. */
public enum Aspect {
    ROUTE("Route"),
    CHANNEL("Channel"),
    DEADLINE("Deadline"),
    OWNER("Who it waits for"),
    RUNG("Highest rung of the ladder"),
    OVERDUE("Overdue"),
    OUTCOME("Outcome");

    private final String words;

    Aspect(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
