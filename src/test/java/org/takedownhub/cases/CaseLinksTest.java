package org.takedownhub.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;
import org.takedownhub.StoreContext;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.clock.MutableClock;

class CaseLinksTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final StoreContext hub =
            StoreContext.builder(clock).with(CaseLinks.class).start();
    private final CaseLinks links = hub.bean(CaseLinks.class);
    private final CaseReference first = hub.flagged("social");
    private final CaseReference second = hub.flagged("social");

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void readsRightFromBothCases() {
        hub.inTransaction(() -> links.link(second, Relation.RETURN_OF, first, "same key"));

        assertThat(links.of(second))
                .containsExactly(new CaseLink(first, Relation.RETURN_OF, "same key", clock.instant(), "system"));
        assertThat(links.of(first))
                .containsExactly(new CaseLink(second, Relation.RETURNED_AS, "same key", clock.instant(), "system"));
    }

    @Test
    void keepsOneLinkHoweverItIsTold() {
        hub.inTransaction(() -> {
            links.link(first, Relation.SAME_MEDIA, second, "distance 12");
            links.link(second, Relation.SAME_MEDIA, first, "distance 13");
            links.link(first, Relation.COPIED_BY, second, "");
            links.link(second, Relation.COPY_OF, first, "");
        });

        assertThat(links.of(first))
                .extracting(CaseLink::relation)
                .containsExactlyInAnyOrder(Relation.COPIED_BY, Relation.SAME_MEDIA);
        assertThat(links.of(second))
                .extracting(CaseLink::detail)
                .contains("distance 12")
                .doesNotContain("distance 13");
    }

    @Test
    void logsTheLinkOnBothCases() {
        hub.inTransaction(() -> links.link(first, Relation.POSSIBLE_DUPLICATE, second, ""));

        assertThat(hub.auditActions(first)).containsOnlyOnce("case.linked");
        assertThat(hub.auditActions(second)).containsOnlyOnce("case.linked");
    }

    @Test
    void refusesACaseLinkedToItself() {
        assertThatThrownBy(() -> hub.inTransaction(() -> links.link(first, Relation.COPY_OF, first, "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linksOnlyInsideTheCallersTransaction() {
        assertThatThrownBy(() -> links.link(first, Relation.COPY_OF, second, ""))
                .isInstanceOf(IllegalTransactionStateException.class);
    }
}
