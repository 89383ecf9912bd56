package org.takedownhub;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.takedownhub.casefile.CaseReference;

/** The arrows of the house. Every guarded package is asserted to have classes in it. */
@BesideOthers
class ArchitectureTest {

    private static final String ROOT = TakedownHub.class.getPackageName();
    private static final String CAMUNDA = "org.camunda..";
    private static final List<String> STEPS = List.of(
            "flagging",
            "verification",
            "safeguarding",
            "deconfliction",
            "referral",
            "removal",
            "escalation",
            "closure",
            "review");

    private static JavaClasses hub;

    @BeforeAll
    static void read() {
        hub = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void guardsNoEmptyRoom() {
        for (String room : List.of(
                "casefile",
                "cases",
                "engine",
                "process",
                "flagging",
                "verification",
                "deconfliction",
                "referral",
                "removal",
                "escalation",
                "closure",
                "review",
                "notice",
                "clock",
                "crisis",
                "evidence",
                "identity",
                "platform",
                "platform.mastodon",
                "platform.activitypub",
                "platform.atproto",
                "platform.portal",
                "platform.youtube",
                "platform.cloudflare",
                "platform.reddit",
                "platform.mail",
                "audit",
                "access",
                "api",
                "pages",
                "supervision",
                "training")) {
            assertThat(hub.stream().filter(type -> type.getPackageName().startsWith(ROOT + "." + room)))
                    .as(room)
                    .hasSizeGreaterThan(1);
        }
        assertThat(ProcessEngine.class.getPackageName()).startsWith("org.camunda");
    }

    @Test
    void knowsOfTheEngineOnlyAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".engine..",
                        ROOT + ".process..",
                        ROOT + ".modelling..",
                        ROOT + ".supervision..",
                        ROOT + ".access..")
                .and()
                .areNotAssignableTo(JavaDelegate.class)
                .and()
                .areNotAssignableTo(ExecutionListener.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CAMUNDA)
                .because("the engine must be replaceable within a day")
                .check(hub);
    }

    @Test
    void touchesTheEnginesInsidesOnlyInTheEngineRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda.bpm.engine.impl..")
                .because("only the locks need them")
                .check(hub);
    }

    @Test
    void keepsTheCaseFileFreeOfEverythingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(CaseReference.class.getPackageName())
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..", CaseReference.class.getPackageName()))
                .because("the words of a case outlive every library")
                .check(hub);
    }

    @Test
    void letsNoStepKnowAnother() {
        for (String step : STEPS) {
            for (String other : STEPS) {
                if (!step.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(ROOT + "." + step + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(ROOT + "." + other + "..")
                            .because("steps meet in the diagram, nowhere else")
                            .check(hub);
                }
            }
        }
    }

    @Test
    void letsNoRoomBelowKnowAStep() {
        for (String room : List.of(
                "casefile",
                "audit",
                "cases",
                "clock",
                "notice",
                "evidence",
                "platform",
                "process",
                "engine",
                "api",
                "pages")) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(
                            STEPS.stream().map(step -> ROOT + "." + step + "..").toArray(String[]::new)))
                    .because("steps use the rooms, never the other way round")
                    .check(hub);
        }
    }

    @Test
    void letsNoPlatformKnowAnother() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".platform.(*)..")
                .should()
                .notDependOnEachOther()
                .because("adding a platform touches no other")
                .check(hub);
    }

    @Test
    void runsInNoCircles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a circle of rooms is one room")
                .check(hub);
    }

    @Test
    void hidesDelegatesAndForms() {
        for (Map.Entry<Class<?>, String> kind : Map.<Class<?>, String>of(
                        JavaDelegate.class, "only a model calls a delegate",
                        org.takedownhub.process.TaskForm.class, "only the door calls a form")
                .entrySet()) {
            classes()
                    .that(assignableTo(kind.getKey()).and(alwaysTrue()))
                    .and()
                    .areNotInterfaces()
                    .should()
                    .bePackagePrivate()
                    .because(kind.getValue())
                    .check(hub);
        }
        assertThat(hub.that(resideInAPackage(ROOT + "..").and(assignableTo(JavaDelegate.class))))
                .isNotEmpty();
    }
}
