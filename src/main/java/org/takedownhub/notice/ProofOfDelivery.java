package org.takedownhub.notice;

/** What proves that a recipient got its notice. A mail that merely went out proves nothing. */
public enum ProofOfDelivery {
    /** The platform's interface answered that it has the report. */
    API_RECEIPT,
    /** The mail server of the recipient confirmed the delivery (RFC 3464). */
    DELIVERY_REPORT,
    /** The recipient said that it has the notice. */
    ACKNOWLEDGEMENT,
    /** The recipient answered it in any other way. */
    ANSWER,
    /** The portal confirmed what a person handed in. */
    PORTAL_CONFIRMATION,
    /** Handed over in person (Terrorism Act 2006 s.4). */
    IN_PERSON,
    /** Sent by recorded delivery and signed for (Terrorism Act 2006 s.4). */
    RECORDED_POST
}
