package org.takedownhub.clock;

/** What sets a clock going. */
public enum StartEvent {
    /** The hub signed the notice. */
    ISSUED("issuedAt", "issued"),
    /** The hub sent it. */
    GIVEN("givenAt", "given"),
    /** There is proof that it arrived. */
    RECEIVED("receivedAt", "received"),
    /** The platform confirmed that it has it. */
    ACKNOWLEDGED("acknowledgedAt", "acknowledged"),
    /** The end of the local day in the United Kingdom on which the hub sent it. */
    DAY_AFTER_GIVEN("givenAt", "given");

    private final String field;
    private final String participle;

    StartEvent(String field, String participle) {
        this.field = field;
        this.participle = participle;
    }

    /** The instant of the notice that the event needs. */
    public String field() {
        return field;
    }

    /** What happened to the notice then, in a word. */
    String participle() {
        return participle;
    }
}
