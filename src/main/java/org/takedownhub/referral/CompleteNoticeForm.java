package org.takedownhub.referral;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.notice.Gap;
import org.takedownhub.notice.InstrumentEntry;
import org.takedownhub.notice.NoticeMaker;
import org.takedownhub.notice.SuppliedElements;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code complete-notice}: a person supplies what the law wants in the notice and the hub could not tell. */
@Component
class CompleteNoticeForm implements TaskForm {

    private static final List<String> TEXTS = List.of("firstMissing", "secondMissing", "thirdMissing");
    private static final Set<String> FIELDS =
            Set.of("firstMissing", "secondMissing", "thirdMissing", "voluntaryInstead");
    private static final int LONGEST = 4000;

    private final Cases cases;
    private final NoticeMaker maker;
    private final SuppliedElements supplied;
    private final ReferralRoutes routes;
    private final Audit audit;

    CompleteNoticeForm(Cases cases, NoticeMaker maker, SuppliedElements supplied, ReferralRoutes routes, Audit audit) {
        this.cases = cases;
        this.maker = maker;
        this.supplied = supplied;
        this.routes = routes;
        this.audit = audit;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_COMPLETE_NOTICE;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseReference reference = task.caseReference();
        CaseFile file = cases.require(reference);
        Instrument instrument = instrument(reference);
        Optional<InstrumentEntry> entry = maker.entry(instrument);
        return Map.of(
                "flaggedUrl",
                file.defangedUrl(),
                "platform",
                file.platform(),
                "instrumentSummary",
                InstrumentInWords.summary(instrument, entry),
                "missingElements",
                InstrumentInWords.numbered(maker.gaps(reference, instrument)),
                "unverified",
                InstrumentInWords.unverified(entry));
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        CaseReference reference = task.caseReference();
        Instrument instrument = instrument(reference);
        List<Gap> gaps = maker.gaps(reference, instrument);
        FormFields fields = new FormFields(submitted, FIELDS);
        boolean voluntary = fields.flag("voluntaryInstead").orElse(false);
        List<Optional<String>> texts = new ArrayList<>();
        TEXTS.forEach(field -> texts.add(fields.text(field, LONGEST)));
        for (int index = 0; index < TEXTS.size(); index++) {
            check(fields, index, texts.get(index), gaps, voluntary);
        }
        fields.check();
        if (voluntary) {
            audit.record(reference, "notice.voluntary-instead", "in place of " + instrument);
            return Map.of(TakedownProcess.INSTRUMENT.name(), Instrument.VOLUNTARY_REFERRAL.name());
        }
        Map<String, String> given = new HashMap<>();
        for (int index = 0; index < TEXTS.size(); index++) {
            String element = index < gaps.size() ? gaps.get(index).element() : "";
            texts.get(index).ifPresent(text -> given.put(element, text));
        }
        given.forEach((element, text) -> supplied.supply(
                reference, instrument, element, text, task.person().id()));
        return Map.of();
    }

    private static void check(FormFields fields, int index, Optional<String> text, List<Gap> gaps, boolean voluntary) {
        String field = TEXTS.get(index);
        if (index >= gaps.size()) {
            text.ifPresent(given -> fields.problem(field, "is for nothing: the list has no number " + (index + 1)));
            return;
        }
        Gap gap = gaps.get(index);
        if (!gap.suppliable() && !voluntary) {
            fields.problem(
                    field,
                    "cannot mend this: " + gap.inWords()
                            + ". Send a voluntary referral instead, or ask a manager to correct the tables or words");
        } else if (text.isEmpty() && !voluntary && index == 0) {
            fields.problem(field, "is missing; the notice needs " + gap.inWords());
        }
    }

    /** The one that the route table chose: a voluntary referral in its place is complete and never comes back here. */
    private Instrument instrument(CaseReference reference) {
        return routes.choose(reference).instrument();
    }
}
