package org.takedownhub.escalation.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.takedownhub.audit.Instants.stored;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.takedownhub.StoreContext;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.api.Page;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseViews;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.escalation.web.AgendaController.AgendaItem;
import org.takedownhub.escalation.web.AgendaController.Said;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.process.DecisionTables;

/** The agenda as a manager reads and closes it. */
class AgendaControllerTest {

    private final MutableClock clock = MutableClock.at("2026-06-01T09:00:00Z");

    private StoreContext hub;
    private AgendaController agenda;

    @BeforeEach
    void open() {
        hub = StoreContext.builder(clock)
                .with(Settings.class)
                .with(DecisionTables.class, new NoTables())
                .with(Notices.class, Letters.class, CaseViews.class)
                .start();
        agenda = hub.bean(AgendaController.class);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void saysHowOverdueAnItemIsAndWhatWasTried() {
        CaseReference reference = placed("alpha");
        clock.advance(Duration.ofHours(48));
        AgendaItem item = only(agenda.list("alpha", null, null, null));
        assertThat(item.caseReference()).isEqualTo(reference.value());
        assertThat(item.overdueFor()).isEqualTo("PT72H");
        assertThat(item.instrument()).isEqualTo("VOLUNTARY_REFERRAL");
        assertThat(item.tried()).singleElement().satisfies(tried -> {
            assertThat(tried.action()).isEqualTo("PLATFORM_LEAD");
            assertThat(tried.done()).containsExactly("Letter to: Somebody");
        });
        assertThat(agenda.list("beta", null, null, null).items()).isEmpty();
        assertThat(hub.auditActions(reference)).contains("case.viewed");
    }

    @Test
    void closesAnItemOnceWithWhatWasSaid() {
        CaseReference reference = placed("alpha");
        String id = Long.toString(only(agenda.list("alpha", null, null, null)).itemId());
        AgendaItem closed = agenda.close("alpha", id, new Said("  They will look at it again.  "));
        assertThat(closed.said()).isEqualTo("They will look at it again.");
        assertThat(closed.closedAt()).isEqualTo(clock.instant());
        assertThat(agenda.list("alpha", null, null, null).items()).isEmpty();
        assertThat(agenda.list("alpha", "false", null, null).items()).hasSize(1);
        assertThat(agenda.list("alpha", "all", null, null).items()).hasSize(1);
        assertThat(hub.auditActions(reference)).contains("agenda.closed");
        assertThatThrownBy(() -> agenda.close("alpha", id, new Said("Something else.")))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void turnsPages() {
        placed("alpha");
        CaseReference second = placed("alpha");
        Page<AgendaItem> first = agenda.list("alpha", null, null, "1");
        assertThat(first.items()).hasSize(1);
        Page<AgendaItem> next = agenda.list("alpha", null, first.next(), "1");
        assertThat(next.items().stream().map(AgendaItem::caseReference)).containsExactly(second.value());
        assertThat(next.next()).isNull();
    }

    @Test
    void refusesWhatItCannotTake() {
        placed("alpha");
        String id = Long.toString(only(agenda.list("alpha", null, null, null)).itemId());
        assertThatThrownBy(() -> agenda.list("alpha", "maybe", null, null)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> agenda.close("alpha", id, new Said(" "))).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> agenda.close("alpha", id, new Said("x".repeat(4001))))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> agenda.close("alpha", id, new Said("bell \u0007")))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> agenda.close("beta", id, new Said("Fine."))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> agenda.close("alpha", "none", new Said("Fine.")))
                .isInstanceOf(NotFound.class);
        assertThat(only(agenda.list("alpha", null, null, null)).closedAt()).isNull();
    }

    /** A case whose removal has been overdue for a day, on the agenda of its platform. */
    private CaseReference placed(String platform) {
        CaseReference reference = hub.flagged(platform);
        hub.recipient(reference, 0, platform, Duration.ofHours(24));
        clock.advance(Duration.ofHours(48));
        hub.jdbc()
                .sql("insert into rung (case_reference, recipient_number, rung, action, addressee, ladder_version,"
                        + " climbed_at, due_at) values (?, 0, 1, 'PLATFORM_LEAD', 'Somebody', 1, ?, ?)")
                .params(reference.value(), stored(clock.instant()), stored(clock.instant()))
                .update();
        hub.jdbc()
                .sql(
                        "insert into rung_effect (case_reference, recipient_number, rung, kind, reference, summary, done_at)"
                                + " values (?, 0, 1, 'LETTER', 'rung/x', 'Letter to: Somebody', ?)")
                .params(reference.value(), stored(clock.instant()))
                .update();
        hub.jdbc()
                .sql("insert into agenda_item (platform, case_reference, recipient_number, placed_at)"
                        + " values (?, ?, 0, ?)")
                .params(platform, reference.value(), stored(clock.instant()))
                .update();
        return reference;
    }

    private static AgendaItem only(Page<AgendaItem> page) {
        assertThat(page.items()).hasSize(1);
        return page.items().get(0);
    }

    private static final class NoTables implements DecisionTables {

        @Override
        public Optional<Ruling> decide(String table, Map<String, Object> inputs) {
            return Optional.empty();
        }

        @Override
        public Optional<Ruling> decide(String table, int version, Map<String, Object> inputs) {
            return Optional.empty();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan(basePackages = "org.takedownhub.notice")
    @ComponentScan(
            basePackages = "org.takedownhub.escalation",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.(Agenda|Dossiers|AgendaController)"))
    static class Settings {}
}
