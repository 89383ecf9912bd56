package org.takedownhub.verification;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Returned;
import org.takedownhub.cases.SimilarCases;
import org.takedownhub.evidence.MediaMatch;
import org.takedownhub.evidence.MediaMatches;
import org.takedownhub.process.FormFields;
import org.takedownhub.process.TakedownProcess;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/** {@code verify-content}: the questions a caseworker answers about flagged content. */
@Component
class VerifyContentForm implements TaskForm {

    private static final Set<String> FIELDS = Set.of(
            "verdict",
            "category",
            "offence",
            "reasons",
            "threatToLife",
            "childVisible",
            "artisticContext",
            "contentLanguage",
            "elementsMet",
            "platformRule",
            "necessity",
            "proportionality",
            "alternatives",
            "contextReasons",
            "relevantParts",
            "personAtRisk");

    private final Cases cases;
    private final SimilarCases similar;
    private final Returned returned;
    private final ContentGuide guide;
    private final Verifications verifications;
    private final MediaMatches media;

    VerifyContentForm(
            Cases cases,
            SimilarCases similar,
            Returned returned,
            ContentGuide guide,
            Verifications verifications,
            MediaMatches media) {
        this.cases = cases;
        this.similar = similar;
        this.returned = returned;
        this.media = media;
        this.guide = guide;
        this.verifications = verifications;
    }

    @Override
    public String taskDefinitionKey() {
        return TakedownProcess.TASK_VERIFY_CONTENT;
    }

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public void mayBeTaken(TaskInHand task) {
        verifications.mustBeNewTo(task.caseReference(), task.person().id());
    }

    @Override
    public Map<String, Object> shown(TaskInHand task) {
        CaseFile file = cases.require(task.caseReference());
        ContentGuide.Suggestion suggestion = guide.suggest(file.category());
        List<MediaMatch> matches = media.of(task.caseReference());
        return Map.of(
                "sameMedia",
                        matches.isEmpty()
                                ? "no other case so far"
                                : matches.stream().map(MediaMatch::inWords).collect(Collectors.joining("; ")),
                "flaggedUrl", file.defangedUrl(),
                "platform", file.platform(),
                "contentKey", file.contentKey().value(),
                "identityNote", identity(file),
                "earlierGround", earlierGround(file),
                "flagReason", file.reason(),
                "guideSuggestion", suggestion.inWords(),
                "guideSource", suggestion.legalReference() + " (content guide, version " + suggestion.version() + ")");
    }

    /** What was found about the content before it was removed and came back. */
    private String earlierGround(CaseFile file) {
        String ground = returned.earlier(file.reference()).stream()
                .flatMap(earlier -> verifications.inWords(earlier).stream())
                .collect(Collectors.joining("; "));
        return ground.isEmpty() ? "not removed before" : ground;
    }

    /** What a person has to know before taking two cases for two items. */
    private String identity(CaseFile file) {
        String others = similar.of(file.reference()).stream()
                .map(SimilarCases.SimilarCase::inWords)
                .collect(Collectors.joining("; "));
        String strength = file.weakKey()
                ? "Weak: the address alone does not tell which item this is."
                : "Certain: no other address of this item opens a second case.";
        return others.isEmpty() ? strength : strength + " May be the same item: " + others;
    }

    @Override
    public Map<String, Object> accept(TaskInHand task, Map<String, Object> submitted) {
        CaseFile file = cases.require(task.caseReference());
        FormFields fields = new FormFields(submitted, FIELDS);
        Verification verification = read(fields, submitted, file);
        GroundStatements statements = statements(fields, verification.verdict());
        fields.check();
        boolean secondOpinionNeeded = verifications.decide(
                task.caseReference(), verification, statements, task.person().id());
        return verification.variables(secondOpinionNeeded);
    }

    private static GroundStatements statements(FormFields fields, Verdict verdict) {
        Optional<String> rule = fields.text("platformRule", 1000);
        if (verdict != Verdict.BREACHES_TERMS && rule.isPresent()) {
            fields.problem("platformRule", "must be empty unless the verdict is BREACHES_TERMS");
        }
        return new GroundStatements(
                fields.text("elementsMet", 4000),
                rule,
                fields.text("necessity", 4000),
                fields.text("proportionality", 4000),
                fields.text("alternatives", 4000),
                fields.text("contextReasons", 4000),
                fields.choice("relevantParts", GroundStatements.RelevantParts.class)
                        .orElse(GroundStatements.RelevantParts.UNITED_KINGDOM));
    }

    private static Verification read(FormFields fields, Map<String, Object> submitted, CaseFile file) {
        Verdict verdict = fields.requiredChoice("verdict", Verdict.class);
        Optional<Offence> offence = fields.choice("offence", Offence.class);
        boolean offenceEntered = submitted.get("offence") instanceof String text && !text.isBlank();
        if (Verdict.UNLAWFUL.name().equals(submitted.get("verdict")) && !offenceEntered) {
            fields.problem("offence", "is missing; name the offence, because the verdict is UNLAWFUL");
        }
        if (verdict != Verdict.UNLAWFUL && offence.isPresent()) {
            fields.problem("offence", "must be empty unless the verdict is UNLAWFUL");
        }
        return new Verification(
                verdict,
                fields.requiredChoice("category", Category.class),
                offence,
                fields.requiredText("reasons", 4000),
                fields.flag("threatToLife").orElse(file.threatToLife()),
                // An unticked box is an answer.
                fields.flag("childVisible").orElse(false),
                artisticContext(fields, submitted),
                fields.text("contentLanguage", 35)
                        .map(language -> Locale.forLanguageTag(language).toLanguageTag()),
                fields.flag("personAtRisk").orElse(false));
    }

    /** Takes a plain yes or no as well, for programs that only know whether there is such a context. */
    private static ArtisticContext artisticContext(FormFields fields, Map<String, Object> submitted) {
        if (submitted.get("artisticContext") instanceof Boolean present) {
            return present ? ArtisticContext.OTHER : ArtisticContext.NONE;
        }
        return fields.choice("artisticContext", ArtisticContext.class).orElse(ArtisticContext.NONE);
    }
}
