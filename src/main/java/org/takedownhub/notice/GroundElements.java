package org.takedownhub.notice;

import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.takedownhub.ground.Ground;
import org.takedownhub.ground.Grounds;

/** What the ground register says: the law or the rule, the facts that meet it, and where it is unlawful. */
@Component
@Order(250)
class GroundElements implements NoticeElements {

    private final Grounds grounds;

    GroundElements(Grounds grounds) {
        this.grounds = grounds;
    }

    @Override
    public Map<String, String> of(NoticeDraft draft) {
        return grounds.of(draft.file().reference())
                .map(GroundElements::elements)
                .orElseGet(Map::of);
    }

    private static Map<String, String> elements(Ground ground) {
        Map<String, String> elements = new HashMap<>();
        elements.put(
                Element.GROUND.code(),
                ground.offence()
                        .map(offence -> "Unlawful: " + offence.title() + " (" + checked(offence.legalReference()) + ")")
                        .or(() -> ground.platformRule().map(rule -> "Breach of your terms: " + checked(rule)))
                        .orElse(""));
        elements.put(
                Element.ELEMENTS_MET.code(), ground.ownWords().contains("elementsMet") ? ground.elementsMet() : "");
        elements.put(Element.PARTS_OF_UK.code(), ground.relevantParts());
        return elements;
    }

    /** The mark for what nobody has verified is for officers: it stays inside. */
    private static String checked(String text) {
        return text.replace(InstrumentEntry.UNVERIFIED, "").strip();
    }
}
