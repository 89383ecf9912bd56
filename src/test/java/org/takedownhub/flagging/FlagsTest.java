package org.takedownhub.flagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.Http;
import org.takedownhub.HubSlice.Starts;
import org.takedownhub.HubWebTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.AuditEntry;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.Person;
import org.takedownhub.process.StartForm;

@HubWebTest
class FlagsTest {

    @Autowired
    private Flags flags;

    @Autowired
    private FlagRules rules;

    @Autowired
    private FlagStartForm form;

    @Autowired
    private Cases cases;

    @Autowired
    private Audit audit;

    @Autowired
    private Starts starts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final String url = Http.freshUrl();

    @Test
    void opensACaseAndStartsItsProcess() {
        Flagged flagged = flags.flag(flag(Map.of("category", "WEAPONS_SALE", "threatToLife", "true")), "caseworker1");

        assertThat(flagged.duplicate()).isFalse();
        CaseFile file = cases.require(flagged.caseReference());
        assertThat(file.platform()).isEqualTo("social.example");
        assertThat(file.processVersion()).contains("takedown:1");
        assertThat(starts.of(flagged.caseReference().value())).singleElement().satisfies(started -> assertThat(
                        started.variables())
                .containsEntry("caseReference", flagged.caseReference().value())
                .containsEntry("platform", "social.example")
                .containsEntry("category", "WEAPONS_SALE")
                .containsEntry("threatToLife", true));
        assertThat(audit.entries(flagged.caseReference().value(), 0, 10))
                .extracting(AuditEntry::action)
                .containsExactly("case.opened", "flag.received");
    }

    @Test
    void keepsWhatTheEngineMayKnowFreeOfWordsAndAddresses() {
        Flagged flagged = flags.flag(flag(Map.of("reason", "names a schoolboy")), "caseworker1");

        assertThat(starts.of(flagged.caseReference().value()).get(0).variables().toString())
                .doesNotContain("schoolboy", "https");
    }

    @Test
    void attachesASecondFlagToTheOpenCase() {
        Flagged first = flags.flag(flag(Map.of()), "caseworker1");
        Flagged second = flags.flag(flag(Map.of("url", url + "?utm_source=mail")), "caseworker2");

        assertThat(second.duplicate()).isTrue();
        assertThat(second.caseReference()).isEqualTo(first.caseReference());
        assertThat(flaggers(first.caseReference())).containsExactlyInAnyOrder("caseworker1", "caseworker2");
        assertThat(starts.of(first.caseReference().value())).hasSize(1);
    }

    @Test
    void raisesTheThreatToLifeOfTheCaseWithALaterFlag() {
        Flagged first = flags.flag(flag(Map.of()), "caseworker1");
        flags.flag(flag(Map.of("threatToLife", "true")), "caseworker2");
        flags.flag(flag(Map.of("threatToLife", "false")), "caseworker2");

        assertThat(cases.require(first.caseReference()).threatToLife()).isTrue();
    }

    @Test
    void opensANewCaseForContentWhoseCaseIsClosed() {
        Flagged first = flags.flag(flag(Map.of()), "caseworker1");
        transaction.executeWithoutResult(
                status -> cases.conclude(first.caseReference(), Outcome.NOT_REFERRED, null, null));

        Flagged second = flags.flag(flag(Map.of()), "caseworker1");

        assertThat(second.duplicate()).isFalse();
        assertThat(second.caseReference()).isNotEqualTo(first.caseReference());
    }

    @RepeatedTest(5)
    void makesOneCaseOfManyFlagsAtOnceAndLosesNone() {
        int people = 6;
        CyclicBarrier together = new CyclicBarrier(people);
        List<CompletableFuture<Flagged>> all = IntStream.range(0, people)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    await(together);
                    return flags.flag(flag(Map.of()), "person" + i);
                }))
                .toList();
        List<Flagged> answers = all.stream().map(CompletableFuture::join).toList();

        assertThat(answers)
                .extracting(Flagged::caseReference)
                .containsOnly(answers.get(0).caseReference());
        assertThat(answers).filteredOn(answer -> !answer.duplicate()).hasSize(1);
        assertThat(flaggers(answers.get(0).caseReference()))
                .containsExactlyInAnyOrder("person0", "person1", "person2", "person3", "person4", "person5");
        assertThat(audit.firstBrokenPosition(answers.get(0).caseReference().value()))
                .isEmpty();
    }

    @Test
    void storesWhatTheStartFormTakesAndLeavesStartingToTheEngine() {
        StartForm.Start start = submit(Map.of("url", url, "reason", "because", "threatToLife", true));

        assertThat(start.duplicate()).isFalse();
        assertThat(start.variables())
                .containsEntry("caseReference", start.caseReference().value())
                .containsEntry("threatToLife", true)
                .doesNotContainKeys("url", "reason");
        assertThat(flaggers(start.caseReference())).containsExactly("caseworker1");
        assertThat(starts.of(start.caseReference().value())).isEmpty();
    }

    @Test
    void joinsTheOpenCaseFromTheStartForm() {
        Flagged first = flags.flag(flag(Map.of()), "caseworker2");

        StartForm.Start start = submit(Map.of("url", url, "reason", "because"));

        assertThat(start.duplicate()).isTrue();
        assertThat(start.caseReference()).isEqualTo(first.caseReference());
    }

    @Test
    void takesAnEmptyFieldOfTheStartFormAsNotGiven() {
        Map<String, Object> submitted = new HashMap<>(Map.of("url", url, "reason", "because", "reportingForce", ""));
        submitted.put("category", null);

        assertThat(submit(submitted).variables()).containsEntry("category", "OTHER");
    }

    @Test
    void namesTheFieldOfTheStartFormThatIsWrong() {
        assertThatThrownBy(() -> submit(Map.of("url", url, "reason", " ", "category", "NICE")))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.problems())
                        .extracting(InvalidInput.Problem::field)
                        .containsExactlyInAnyOrder("reason", "category"));
    }

    @Test
    void refusesWhatIsNoFieldOfTheStartForm() {
        assertThatThrownBy(() -> submit(Map.of("url", url, "reason", "because", "contentReferable", true)))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.problems())
                        .extracting(InvalidInput.Problem::field)
                        .containsExactly("contentReferable"));
    }

    @Test
    void refusesAValueOfTheWrongTypeInTheStartForm() {
        assertThatThrownBy(() -> submit(Map.of("url", 7, "reason", "because"))).isInstanceOf(InvalidInput.class);
    }

    private StartForm.Start submit(Map<String, Object> submitted) {
        return transaction.execute(status -> form.accept(new Person("caseworker1", Set.of()), submitted));
    }

    private NewFlag flag(Map<String, String> changes) {
        Map<String, String> fields = new HashMap<>(Map.of("url", url, "reason", "because"));
        fields.putAll(changes);
        return rules.check(fields);
    }

    private List<String> flaggers(CaseReference reference) {
        return jdbc.sql("select flagged_by from flag where case_reference = ?")
                .params(reference.value())
                .query(String.class)
                .list();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
