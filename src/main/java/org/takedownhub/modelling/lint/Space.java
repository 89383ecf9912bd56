package org.takedownhub.modelling.lint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.takedownhub.modelling.lint.Cells.Interval;
import org.takedownhub.modelling.lint.Cells.Test;
import org.takedownhub.modelling.lint.Cells.Value;

/**
 * Everything a table can be asked, cut into pieces within which no rule changes its mind. What the rules leave open and
 * where two of them meet is then counted, not guessed.
 */
final class Space {

    /** Beyond, a table is said to be too large to be proven rather than a manager kept waiting. */
    private static final int MOST_STEPS = 200_000;

    /** A single value, or all values between two neighbours ({@code null}: without limit). */
    private record Piece(@Nullable Value low, @Nullable Value high, boolean point) {

        String inWords() {
            if (point) {
                return low == null ? "" : low.inWords();
            }
            if (low != null && low.value() instanceof String || high != null && high.value() instanceof String) {
                return "any other value";
            }
            if (low == null && high == null) {
                return "any value";
            }
            return low == null
                    ? "less than " + high.inWords()
                    : high == null
                            ? "more than " + low.inWords()
                            : "between " + low.inWords() + " and " + high.inWords();
        }
    }

    /** One column: its pieces, and for each the rules that let it through. */
    private record Column(String title, List<Piece> pieces, List<BitSet> rules) {}

    /** Thrown when a table takes too long. */
    static final class TooLarge extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private final List<Column> columns = new ArrayList<>();
    private final int rules;
    private int steps;

    /** @param rules how many there are */
    Space(int rules) {
        this.rules = rules;
    }

    /**
     * Adds a column.
     *
     * @param tests  of the rules, in their order
     * @param values all values there are; empty when there is no end of them
     * @param whole  whether only whole numbers come
     */
    void column(String title, List<Test> tests, Optional<List<Value>> values, boolean whole) {
        List<Piece> pieces = values.isPresent()
                ? values.get().stream()
                        .map(value -> new Piece(value, value, true))
                        .toList()
                : cut(tests, whole);
        List<BitSet> through = new ArrayList<>();
        for (Piece piece : pieces) {
            BitSet passed = new BitSet(rules);
            for (int rule = 0; rule < tests.size(); rule++) {
                passed.set(rule, passes(tests.get(rule), piece));
            }
            through.add(passed);
        }
        columns.add(new Column(title, pieces, through));
    }

    /** Whether a rule can never apply, because one of its cells lets nothing through. */
    boolean isImpossible(int rule) {
        return columns.stream().anyMatch(column -> column.rules.stream().noneMatch(passed -> passed.get(rule)));
    }

    /** Whether two rules apply to the same case. */
    boolean meet(int one, int other) {
        return columns.stream()
                .allMatch(column -> column.rules.stream().anyMatch(passed -> passed.get(one) && passed.get(other)));
    }

    /** Cases that no rule applies to, in words, a few at most. */
    List<String> gaps(int most) throws TooLarge {
        BitSet all = new BitSet(rules);
        all.set(0, rules);
        List<String> found = new ArrayList<>();
        steps = 0;
        search(0, all, null, new ArrayList<>(), found, most, new HashMap<>());
        return found;
    }

    /** Whether the rules before it apply wherever this one does. */
    boolean isCoveredByEarlier(int rule) throws TooLarge {
        BitSet earlier = new BitSet(rules);
        earlier.set(0, rule);
        List<String> found = new ArrayList<>();
        steps = 0;
        search(0, earlier, rule, new ArrayList<>(), found, 1, new HashMap<>());
        return found.isEmpty();
    }

    /**
     * Goes through the pieces of one column after the other with the rules that are left.
     *
     * @param within only where this rule applies
     * @param closed per column, sets of rules that were seen to leave nothing open from there on
     */
    private void search(
            int at,
            BitSet left,
            @Nullable Integer within,
            List<String> way,
            List<String> found,
            int most,
            Map<Integer, Set<BitSet>> closed)
            throws TooLarge {
        if (found.size() >= most) {
            return;
        }
        if (++steps > MOST_STEPS) {
            throw new TooLarge();
        }
        if (left.isEmpty() || at == columns.size()) {
            if (left.isEmpty()) {
                found.add(way.isEmpty() ? "every case" : String.join(", ", way));
            }
            return;
        }
        if (closed.computeIfAbsent(at, none -> new HashSet<>()).contains(left)) {
            return;
        }
        Column column = columns.get(at);
        Set<BitSet> tried = new HashSet<>();
        int before = found.size();
        for (int piece = 0; piece < column.pieces.size(); piece++) {
            if (within != null && !column.rules.get(piece).get(within)) {
                continue;
            }
            BitSet rest = (BitSet) left.clone();
            rest.and(column.rules.get(piece));
            if (tried.add(rest)) {
                way.add(column.title + " " + column.pieces.get(piece).inWords());
                search(at + 1, rest, within, way, found, most, closed);
                way.remove(way.size() - 1);
            }
        }
        if (found.size() == before) {
            closed.get(at).add(left);
        }
    }

    private static List<Piece> cut(List<Test> tests, boolean whole) {
        TreeSet<Value> ends = new TreeSet<>(Value::compareTo);
        for (Test test : tests) {
            for (Interval interval : test.intervals()) {
                if (interval.low() != null) {
                    ends.add(interval.low());
                }
                if (interval.high() != null) {
                    ends.add(interval.high());
                }
            }
        }
        List<Piece> pieces = new ArrayList<>();
        Value last = null;
        for (Value end : ends) {
            if (!(whole && last != null && neighbours(last, end))) {
                pieces.add(new Piece(last, end, false));
            }
            pieces.add(new Piece(end, end, true));
            last = end;
        }
        pieces.add(new Piece(last, null, false));
        return pieces;
    }

    private static boolean neighbours(Value one, Value next) {
        return one.value() instanceof BigDecimal low
                && next.value() instanceof BigDecimal high
                && high.subtract(low).compareTo(BigDecimal.ONE) <= 0;
    }

    private static boolean passes(Test test, Piece piece) {
        if (test.any()) {
            return true;
        }
        return test.negated() != test.intervals().stream().anyMatch(interval -> holds(interval, piece));
    }

    private static boolean holds(Interval interval, Piece piece) {
        if (interval.isEmpty()) {
            return false;
        }
        boolean above = interval.low() == null
                || piece.low() != null
                        && reaches(piece.low().compareTo(interval.low()), !piece.point() || interval.lowIncluded());
        boolean below = interval.high() == null
                || piece.high() != null
                        && reaches(interval.high().compareTo(piece.high()), !piece.point() || interval.highIncluded());
        return above && below;
    }

    private static boolean reaches(int order, boolean included) {
        return order > 0 || order == 0 && included;
    }
}
