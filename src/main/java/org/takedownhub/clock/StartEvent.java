package org.takedownhub.clock;

/** What sets a clock going. */
public enum StartEvent {
    /** The hub signed the notice. */
    ISSUED("issuedAt"),
    /** The hub sent it. */
    GIVEN("givenAt"),
    /** There is proof that it arrived. */
    RECEIVED("receivedAt"),
    /** The platform confirmed that it has it. */
    ACKNOWLEDGED("acknowledgedAt"),
    /** The end of the local day in the United Kingdom on which the hub sent it. */
    DAY_AFTER_GIVEN("givenAt");

    private final String field;

    StartEvent(String field) {
        this.field = field;
    }

    /** The instant of the notice that the event needs. */
    public String field() {
        return field;
    }
}
