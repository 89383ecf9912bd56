package org.takedownhub.notice;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the settings say of the hub, and the register of the instrument. */
@Component
@Order(400)
class AuthorityElements implements NoticeElements {

    private final NoticeSettings settings;

    AuthorityElements(NoticeSettings settings) {
        this.settings = settings;
    }

    @Override
    public Map<String, String> of(NoticeDraft draft) {
        InstrumentEntry entry = draft.entry();
        Map<String, String> elements = new HashMap<>();
        elements.put(Element.AUTHORITY.code(), settings.authorityName());
        elements.put(Element.AUTHORITY_ADDRESS.code(), settings.authorityAddress());
        elements.put(Element.CONTACT.code(), settings.contact());
        elements.put(Element.CONTACT_PHONE.code(), settings.contactPhone());
        elements.put(Element.PARTS_OF_UK.code(), settings.partsOfUk());
        elements.put(Element.REDRESS.code(), settings.redress());
        elements.put(Element.AUTHENTICATION.code(), settings.authentication());
        elements.put(Element.SIGNATURE.code(), settings.signature());
        elements.put(Element.RECIPIENT.code(), draft.recipient().name());
        elements.put(
                Element.RECIPIENT_ROLE.code(),
                draft.recipient().role().name().toLowerCase(Locale.UK).replace('_', ' '));
        elements.put(
                Element.RECIPIENT_CONTACT.code(), draft.recipient().address().orElse(""));
        elements.put(Element.INSTRUMENT.code(), entry.label());
        elements.put(Element.LEGAL_BASIS.code(), entry.legalReference());
        elements.put(Element.DECLARATION.code(), entry.declaration());
        elements.put(Element.REQUIREMENT.code(), entry.requirement());
        elements.put(Element.CONSEQUENCES.code(), entry.consequences());
        elements.put(Element.PRESCRIBED.code(), entry.prescribed());
        boolean reviewable =
                !entry.reviewRight().isEmpty() && !settings.reviewAddress().isBlank();
        elements.put(
                Element.REVIEW_RIGHT.code(),
                reviewable
                        ? entry.reviewRight() + " To ask, write to " + settings.reviewAddress()
                                + " under the reference " + draft.file().reference() + "."
                        : "");
        return elements;
    }
}
