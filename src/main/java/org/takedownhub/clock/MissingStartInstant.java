package org.takedownhub.clock;

/** The policy starts its clock from an instant that the notice does not have yet. */
public final class MissingStartInstant extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    MissingStartInstant(DeadlinePolicy policy) {
        super("%s starts its clock from %s (%s), which is missing: give that instant"
                .formatted(policy.code(), policy.startEvent().field(), policy.startEvent()));
        this.field = policy.startEvent().field();
    }

    /** The missing instant: {@code issuedAt}, {@code givenAt}, {@code receivedAt} or {@code acknowledgedAt}. */
    public String field() {
        return field;
    }
}
