package org.takedownhub.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.takedownhub.StoreContext;
import org.takedownhub.clock.MutableClock;

class CaseNumbersTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final StoreContext HUB =
            StoreContext.builder(new MutableClock(NOW)).start();

    private final CaseNumbers numbers = new CaseNumbers(HUB.jdbc(), new Random(7));

    @AfterAll
    static void close() {
        HUB.close();
    }

    @Test
    void leavesGapsThatTellNothingOfCovertCases() {
        List<Long> overt = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            overt.add(numbers.next(false, NOW));
        }
        List<Long> leftOut = HUB.jdbc()
                .sql("select number from left_out_number order by number")
                .query(Long.class)
                .list();
        assertThat(leftOut).hasSizeBetween(3, 25).doesNotContainAnyElementsOf(overt);

        List<Long> covert = new ArrayList<>();
        for (int i = 0; i < leftOut.size(); i++) {
            covert.add(numbers.next(true, NOW));
        }

        assertThat(covert)
                .as("covert cases fill the gaps that are there anyway")
                .isEqualTo(leftOut);
        long next = numbers.next(true, NOW);
        assertThat(next).as("with none left, the next number").isGreaterThan(overt.get(99));
    }
}
