package org.takedownhub.removal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.page.Recorded.Truth;
import org.takedownhub.removal.RemovalRule.Finding;

/** How often a recogniser's word agreed with the truth, over recorded cases. */
final class ConfusionTable {

    /**
     * One case played out.
     *
     * @param look   what the first look showed
     * @param proven what the looks added up to
     */
    record Played(String recogniser, String name, Truth truth, Look look, Optional<Finding> proven) {

        boolean saidGone() {
            return look.availability().provesRemoval() || look.availability().isMiss() && look.controlAlive();
        }

        boolean provedGone() {
            return proven.filter(found -> found.outcome() == Outcome.REMOVED).isPresent();
        }

        boolean saidUp() {
            return look.availability() == Availability.AVAILABLE;
        }

        boolean saidLimited() {
            return look.availability() == Availability.GEO_BLOCKED || look.availability() == Availability.RESTRICTED;
        }

        String inWords() {
            return "%s, \"%s\": it was %s, the look said %s%s (%s)%s"
                    .formatted(
                            recogniser,
                            name,
                            truth,
                            look.availability(),
                            look.unknownReason()
                                    .map(reason -> "(" + reason + ")")
                                    .orElse(""),
                            look.detail(),
                            proven.map(found -> ", and it counted as " + found.outcome() + " " + found.scope())
                                    .orElse(""));
        }
    }

    private final List<Played> all = new ArrayList<>();

    void add(Played played) {
        all.add(played);
    }

    List<Played> all() {
        return List.copyOf(all);
    }

    /** Removal proved, though the item was there. */
    List<Played> provedGoneWhenThere() {
        return all.stream()
                .filter(played -> played.truth().isThere() && played.provedGone())
                .toList();
    }

    /** The platform's own word, enough by itself, though the item was there. */
    List<Played> typedGoneWhenThere() {
        return all.stream()
                .filter(played ->
                        played.truth().isThere() && played.look().availability().provesRemoval())
                .toList();
    }

    List<Played> saidUpWhenGone() {
        return all.stream()
                .filter(played -> played.truth() == Truth.GONE && played.saidUp())
                .toList();
    }

    long gone() {
        return all.stream().filter(played -> played.truth() == Truth.GONE).count();
    }

    String inWords() {
        StringBuilder text = new StringBuilder(
                """
                How often each recogniser was right, over recorded cases (src/test/resources/verdicts).

                "There": up, blocked in our country, or behind a gate. "Proved gone": what the hub acts on, a typed answer or
                misses that confirm each other. "Limited": blocked in our country, or restricted. A single miss that another look
                takes back is no error. "Cannot tell" goes to a
                person after takedown.removal.unknown-after.

                """);
        text.append(
                String.format(Locale.ROOT, "%-24s| %-61s | %-42s%n", "", "the item was there", "the item was gone"));
        text.append(String.format(
                Locale.ROOT,
                "%-24s| %4s %6s %7s %11s %13s %12s  | %4s %10s %8s %12s %5s%n",
                "recogniser",
                "n",
                "up",
                "limited",
                "cannot tell",
                "missed once",
                "PROVED GONE",
                "n",
                "said gone",
                "proved",
                "cannot tell",
                "UP"));
        all.stream()
                .map(Played::recogniser)
                .distinct()
                .forEach(name ->
                        text.append(row(name, played -> played.recogniser().equals(name))));
        text.append(row("all", played -> true)).append('\n');
        text.append("Errors and single misses:\n");
        all.stream()
                .filter(played -> played.truth().isThere() ? played.saidGone() : played.saidUp())
                .forEach(played -> text.append("- ").append(played.inWords()).append('\n'));
        text.append("\nEvery case:\n");
        all.forEach(played -> text.append("- ").append(played.inWords()).append('\n'));
        return text.toString();
    }

    private String row(String name, Predicate<Played> which) {
        List<Played> there = all.stream()
                .filter(which.and(played -> played.truth().isThere()))
                .toList();
        List<Played> gone = all.stream()
                .filter(which.and(played -> played.truth() == Truth.GONE))
                .toList();
        return String.format(
                Locale.ROOT,
                "%-24s| %4d %6d %7d %11d %13d %12d  | %4d %10d %8d %12d %5d%n",
                name,
                there.size(),
                count(there, Played::saidUp),
                count(there, Played::saidLimited),
                count(there, played -> played.look().leavesOpen()),
                count(there, Played::saidGone),
                count(there, Played::provedGone),
                gone.size(),
                count(gone, Played::saidGone),
                count(gone, Played::provedGone),
                count(gone, played -> played.look().leavesOpen()),
                count(gone, Played::saidUp));
    }

    private static long count(List<Played> played, Predicate<Played> which) {
        return played.stream().filter(which).count();
    }
}
