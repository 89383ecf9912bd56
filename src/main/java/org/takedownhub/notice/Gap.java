package org.takedownhub.notice;

/**
 * Why a notice may not go out.
 *
 * @param element    code of what is missing; {@code instrument} or {@code template} where the notice itself is at fault
 * @param label      what people call it
 * @param section    the section that wants it
 * @param unverified whether nobody has checked that section yet
 * @param suppliable whether a person can supply it as text
 */
public record Gap(String element, String label, String section, boolean unverified, boolean suppliable) {

    static Gap of(InstrumentEntry.Demand demand) {
        return new Gap(demand.element(), Element.label(demand.element()), demand.section(), demand.unverified(), true);
    }

    /** Not a missing text: the notice cannot be made out so. */
    static Gap fault(String element, String what, String section) {
        return new Gap(element, what, section, false, false);
    }

    public String inWords() {
        return label + " (" + section + (unverified ? ", not verified" : "") + ")";
    }
}
