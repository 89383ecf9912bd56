package org.takedownhub.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The elements that the hub itself can fill. A table may demand others: those a person supplies. */
enum Element {
    REFERENCE("reference", "Our reference"),
    NOTICE_NUMBER("noticeNumber", "Number of the notice"),
    INSTRUMENT("instrument", "What the notice is"),
    LEGAL_BASIS("legalBasis", "Legal basis"),
    ISSUED_AT("issuedAt", "Date and time of issue"),
    AUTHORITY("authority", "Issuing authority"),
    AUTHORITY_ADDRESS("authorityAddress", "Address of the authority"),
    CONTACT("contact", "Contact"),
    CONTACT_PHONE("contactPhone", "Telephone"),
    RECIPIENT("recipient", "Recipient"),
    RECIPIENT_ROLE("recipientRole", "Role of the recipient"),
    RECIPIENT_CONTACT("recipientContact", "Contact point of the recipient"),
    MAIN_ESTABLISHMENT("mainEstablishment", "Member State of the recipient's main establishment"),
    CONTENT_URL("contentUrl", "Exact address of the content"),
    CONTENT_IDENTIFIER("contentIdentifier", "Further identification of the content"),
    CONTENT_HASHES("contentHashes", "SHA-256 of what was captured"),
    CATEGORY("category", "Category"),
    GROUND("ground", "Legal ground"),
    REASONS("reasons", "Reasons"),
    ELEMENTS_MET("elementsMet", "Facts that meet the ground"),
    MATERIAL_TYPE("materialType", "Type of terrorist content (Art. 2(7))"),
    PARTS_OF_UK("partsOfUk", "Relevant part of the United Kingdom"),
    THREAT_TO_LIFE("threatToLife", "Threat to life"),
    DECLARATION("declaration", "Declaration"),
    REQUIREMENT("requirement", "What is required"),
    COMPLIANCE("compliance", "Time to comply"),
    CONSEQUENCES("consequences", "Consequences of failing to comply"),
    REVIEW_RIGHT("reviewRight", "Right to review and how to ask for it"),
    REDRESS("redress", "Redress and its deadline"),
    UPLOADER_NOTIFICATION("uploaderNotification", "Whether the uploader may be told"),
    AUTHENTICATION("authentication", "Authentication of the authority"),
    SIGNATURE("signature", "Signature"),
    PRESCRIBED("prescribed", "Form and further information");

    private final String code;
    private final String label;

    Element(String code, String label) {
        this.code = code;
        this.label = label;
    }

    String code() {
        return code;
    }

    String label() {
        return label;
    }

    /** What people read for a code, also for one that only a table knows. */
    static String label(String code) {
        return find(code).map(Element::label).orElseGet(() -> {
            String words = code.replaceAll("([A-Z])", " $1").toLowerCase(Locale.UK);
            return words.substring(0, 1).toUpperCase(Locale.UK) + words.substring(1);
        });
    }

    static Optional<Element> find(String code) {
        return Arrays.stream(values())
                .filter(element -> element.code.equals(code))
                .findFirst();
    }
}
