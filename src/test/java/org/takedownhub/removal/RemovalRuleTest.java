package org.takedownhub.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.takedownhub.platform.Availability.ACCOUNT_DEACTIVATED;
import static org.takedownhub.platform.Availability.ACCOUNT_SUSPENDED;
import static org.takedownhub.platform.Availability.AVAILABLE;
import static org.takedownhub.platform.Availability.DELETED_BY_AUTHOR;
import static org.takedownhub.platform.Availability.GEO_BLOCKED;
import static org.takedownhub.platform.Availability.GONE_UNATTRIBUTED;
import static org.takedownhub.platform.Availability.REMOVED_BY_PLATFORM;
import static org.takedownhub.platform.Availability.RESTRICTED;
import static org.takedownhub.platform.Availability.UNKNOWN;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.platform.Availability;
import org.takedownhub.removal.RemovalRule.Finding;
import org.takedownhub.removal.RemovalRule.Seen;

class RemovalRuleTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final RemovalRule withOthers = new RemovalRule(Duration.ofMinutes(5), 2, 3, "GB", true);
    private final RemovalRule rule = new RemovalRule(Duration.ofMinutes(5), 2, 3, "GB", false);

    static Stream<Arguments> typedAnswers() {
        return Stream.of(
                Arguments.of(REMOVED_BY_PLATFORM, RemovedBy.PLATFORM),
                Arguments.of(ACCOUNT_SUSPENDED, RemovedBy.PLATFORM),
                Arguments.of(DELETED_BY_AUTHOR, RemovedBy.AUTHOR));
    }

    @ParameterizedTest
    @MethodSource("typedAnswers")
    void thePlatformsTypedAnswerIsEnoughByItself(Availability answer, RemovedBy by) {
        assertThat(rule.decide(List.of(dead(answer, 0))))
                .contains(new Finding(Outcome.REMOVED, OutcomeScope.GLOBAL, by, START));
    }

    @ParameterizedTest
    @EnumSource(
            value = Availability.class,
            names = {"AVAILABLE", "RESTRICTED", "UNKNOWN"})
    void neverGoneHoweverOftenItIsSeen(Availability availability) {
        assertThat(rule.decide(List.of(live(availability, 20), live(availability, 15), live(availability, 10))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Availability.class,
            names = {"AVAILABLE", "RESTRICTED", "UNKNOWN"})
    void whateverWasMissedBeforeTheNewestLookDecides(Availability newest) {
        assertThat(rule.decide(List.of(live(newest, 20), live(GONE_UNATTRIBUTED, 15), live(GONE_UNATTRIBUTED, 10))))
                .isEmpty();
    }

    @Test
    void oneMissProvesNothing() {
        assertThat(rule.decide(List.of(live(GONE_UNATTRIBUTED, 0)))).isEmpty();
    }

    @Test
    void twoMissesAGapApartAreGoneSinceTheFirst() {
        assertThat(rule.decide(List.of(live(GONE_UNATTRIBUTED, 5), live(GONE_UNATTRIBUTED, 0))))
                .contains(new Finding(Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, START));
    }

    @Test
    void twoMissesTooCloseTogetherAreOne() {
        Seen justBefore = new Seen(
                GONE_UNATTRIBUTED, true, START.plus(Duration.ofMinutes(5)).minusMillis(1), "GB");

        assertThat(rule.decide(List.of(justBefore, live(GONE_UNATTRIBUTED, 0)))).isEmpty();
    }

    @Test
    void looksBetweenTheTwoDoNotPushTheFirstOut() {
        assertThat(rule.decide(List.of(
                        live(GONE_UNATTRIBUTED, 5),
                        live(GONE_UNATTRIBUTED, 4),
                        live(GONE_UNATTRIBUTED, 3),
                        live(GONE_UNATTRIBUTED, 2),
                        live(GONE_UNATTRIBUTED, 0))))
                .isPresent();
    }

    @Test
    void aMissWithoutALiveControlDoesNotCount() {
        assertThat(rule.decide(List.of(live(GONE_UNATTRIBUTED, 5), dead(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
        assertThat(rule.decide(List.of(dead(GONE_UNATTRIBUTED, 5), live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
    }

    @Test
    void oneLookThatCouldNotTellMayLieBetween() {
        assertThat(rule.decide(List.of(live(GONE_UNATTRIBUTED, 10), dead(UNKNOWN, 5), live(GONE_UNATTRIBUTED, 0))))
                .isPresent();
    }

    @Test
    void twoLooksThatCouldNotTellAreTooMany() {
        assertThat(rule.decide(List.of(
                        live(GONE_UNATTRIBUTED, 15), dead(UNKNOWN, 10), dead(UNKNOWN, 5), live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
    }

    @Test
    void beingSeenAliveMakesEarlierMissesVoid() {
        assertThat(rule.decide(List.of(live(GONE_UNATTRIBUTED, 10), live(AVAILABLE, 6), live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
    }

    @Test
    void aDeactivatedAccountIsAMissLikeAnyOther() {
        assertThat(rule.decide(List.of(live(ACCOUNT_DEACTIVATED, 0)))).isEmpty();
        assertThat(rule.decide(List.of(live(ACCOUNT_DEACTIVATED, 5), live(GONE_UNATTRIBUTED, 0))))
                .isPresent();
    }

    @Test
    void aBlockInOurCountryIsConfirmedAndNoRemoval() {
        assertThat(rule.decide(List.of(dead(GEO_BLOCKED, 0)))).isEmpty();
        assertThat(rule.decide(List.of(dead(GEO_BLOCKED, 5), dead(GEO_BLOCKED, 0))))
                .contains(new Finding(Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.PLATFORM, START));
    }

    @Test
    void missesAndBlocksDoNotConfirmEachOther() {
        assertThat(rule.decide(List.of(dead(GEO_BLOCKED, 5), live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
        assertThat(rule.decide(List.of(live(GONE_UNATTRIBUTED, 5), dead(GEO_BLOCKED, 0))))
                .isEmpty();
    }

    @Test
    void onlyAMissWithAControlAndABlockWantConfirmation() {
        assertThat(rule.wantsConfirmation(List.of(live(GONE_UNATTRIBUTED, 0)))).isTrue();
        assertThat(rule.wantsConfirmation(List.of(dead(GEO_BLOCKED, 0)))).isTrue();
        assertThat(rule.wantsConfirmation(List.of(dead(GONE_UNATTRIBUTED, 0)))).isFalse();
        assertThat(rule.wantsConfirmation(List.of(live(RESTRICTED, 0)))).isFalse();
        assertThat(rule.wantsConfirmation(List.of(live(AVAILABLE, 0)))).isFalse();
    }

    @Test
    void aMissNeedsAMissFromAnotherPlaceWhereThereIsOne() {
        assertThat(withOthers.decide(List.of(live(GONE_UNATTRIBUTED, 5), live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
        assertThat(withOthers.decide(List.of(
                        from("DE", GONE_UNATTRIBUTED, 5), live(GONE_UNATTRIBUTED, 5), live(GONE_UNATTRIBUTED, 0))))
                .contains(new Finding(Outcome.REMOVED, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN, START));
    }

    @Test
    void aMissFromElsewhereAloneProvesNothing() {
        assertThat(withOthers.decide(List.of(from("DE", GONE_UNATTRIBUTED, 5), from("DE", GONE_UNATTRIBUTED, 0))))
                .isEmpty();
        assertThat(withOthers.decide(List.of(from("DE", GONE_UNATTRIBUTED, 5), live(AVAILABLE, 5))))
                .isEmpty();
    }

    @Test
    void whatIsMissedHereAndUpElsewhereIsBlockedInOurCountry() {
        assertThat(withOthers.decide(
                        List.of(from("DE", AVAILABLE, 5), live(GONE_UNATTRIBUTED, 5), live(GONE_UNATTRIBUTED, 0))))
                .contains(new Finding(Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.UNKNOWN, START));
        assertThat(withOthers.decide(List.of(from("DE", AVAILABLE, 5), dead(GEO_BLOCKED, 5), dead(GEO_BLOCKED, 0))))
                .contains(new Finding(Outcome.RESTRICTED, OutcomeScope.COUNTRY, RemovedBy.PLATFORM, START));
    }

    @Test
    void anotherPlaceThatCouldNotTellConfirmsNothing() {
        assertThat(withOthers.decide(
                        List.of(from("DE", UNKNOWN, 5), live(GONE_UNATTRIBUTED, 5), live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
    }

    @Test
    void whatAnotherPlaceSawBeforeTheFirstMissConfirmsNothing() {
        assertThat(withOthers.decide(
                        List.of(live(GONE_UNATTRIBUTED, 15), live(GONE_UNATTRIBUTED, 10), from("DE", AVAILABLE, 0))))
                .isEmpty();
    }

    @Test
    void whatAPersonSawAliveMakesEarlierMissesVoid() {
        assertThat(rule.decide(
                        List.of(live(GONE_UNATTRIBUTED, 10), from("person", AVAILABLE, 5), live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
        assertThat(withOthers.decide(List.of(
                        from("DE", GONE_UNATTRIBUTED, 10),
                        live(GONE_UNATTRIBUTED, 10),
                        from("person", AVAILABLE, 5),
                        live(GONE_UNATTRIBUTED, 0))))
                .isEmpty();
    }

    private static Seen from(String vantage, Availability availability, int minute) {
        return new Seen(availability, true, START.plus(Duration.ofMinutes(minute)), vantage);
    }

    private static Seen live(Availability availability, int minute) {
        return new Seen(availability, true, START.plus(Duration.ofMinutes(minute)), "GB");
    }

    private static Seen dead(Availability availability, int minute) {
        return new Seen(availability, false, START.plus(Duration.ofMinutes(minute)), "GB");
    }
}
