package org.takedownhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    @Test
    void findsItsPlaceAgain() {
        assertThat(Cursor.read(Cursor.of("42"), NUMBER).map(MatchResult::group)).contains("42");
    }

    @Test
    void beginsWithoutACursor() {
        assertThat(Cursor.read(null, NUMBER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "NDIn", "MSBvciAxPTE", "====", "A"})
    void refusesAForeignCursor(String cursor) {
        assertThatThrownBy(() -> Cursor.read(cursor, NUMBER)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void hasAPageOfFiftyUnlessAsked() {
        assertThat(Cursor.limit(null)).isEqualTo(50);
        assertThat(Cursor.limit("200")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "ten", "1e2", "99999999999"})
    void refusesAnImpossibleLimit(String limit) {
        assertThatThrownBy(() -> Cursor.limit(limit)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void pointsAtTheLastItemShownWhileThereAreMore() {
        Page<Integer> page = Page.of(List.of(1, 2, 3), 2, Function.identity(), String::valueOf);

        assertThat(page.items()).containsExactly(1, 2);
        assertThat(page.next()).isEqualTo(Cursor.of("2"));
    }

    @Test
    void endsWithTheLastPage() {
        assertThat(Page.of(List.of(1, 2), 2, Function.identity(), String::valueOf)
                        .next())
                .isNull();
    }
}
