package org.takedownhub.modelling.table;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;

/**
 * What is known about the tables' columns that a DMN file cannot say: units, limits, words for codes, hints. A column
 * that stands here is known by its table and name; any other gets what its type and its values suggest.
 */
final class TableKnowledge {

    private static final String PLATFORM = "platform";
    private static final String INSTRUMENT = "instrument";
    private static final String CATEGORY = "category";

    private static final Map<String, String> PURPOSES = Map.ofEntries(
            Map.entry("removal-deadline", "How long a platform has to remove content, from when, and by which law."),
            Map.entry("escalation-ladder", "Whom the hub turns to when a platform is late, and how long each has."),
            Map.entry("referral-route", "Which instrument a referral takes, and the ways it is sent."),
            Map.entry("content-guide", "What the guide suggests for each category of content; a person decides."),
            Map.entry("approval-rule", "When a second person must approve a referral."),
            Map.entry("check-schedule", "How often the hub looks whether content is still up."),
            Map.entry("case-priority", "How urgent a new case is, and how soon somebody looks at it."),
            Map.entry("deconfliction-deadline", "How long a force has to answer, and a duty officer to decide."),
            Map.entry(
                    "formal-instrument", "Which statutory notice may follow a voluntary referral, and from which day."),
            Map.entry("ground-statement", "What a notice says about necessity and proportion, by category."),
            Map.entry("instrument", "The register of instruments: what each must contain and who may issue it."),
            Map.entry("offence-catalogue", "The offences a person can choose, and their elements."),
            Map.entry("penalty-exposure", "What a recipient that does not comply is exposed to."),
            Map.entry("review-deadline", "How long a review can be asked for, and how long a decision may take."),
            Map.entry("safeguarding-deadline", "How soon somebody at risk is referred, and to whom."));

    private static final List<String> PLATFORMS = List.of(
            "bluesky",
            "discord",
            "facebook",
            "instagram",
            "snapchat",
            "telegram",
            "threads",
            "tiktok",
            "twitch",
            "x",
            "youtube",
            "reddit");

    private static final Map<String, Known> COLUMNS = Map.ofEntries(
            // removal-deadline
            Map.entry("removal-deadline.policyCode", text("A short name in small letters, such as voluntary-urgent.")),
            Map.entry(
                    "removal-deadline.startEvent",
                    choices("ISSUED", "GIVEN", "RECEIVED", "ACKNOWLEDGED", "DAY_AFTER_GIVEN")),
            Map.entry(
                    "removal-deadline.period",
                    period(Duration.ofHours(1), Duration.ofDays(30))
                            .hint("Give days where it is counted in working days.")),
            Map.entry("removal-deadline.unit", choices("CLOCK_HOURS", "WORKING_DAYS", "NONE")),
            Map.entry("removal-deadline.pauseRule", choices("NONE", "RESTART", "ISSUER_MAY_EXTEND")),
            Map.entry(
                    "removal-deadline.reminderShare",
                    share("0", "0.95")
                            .hint("The platform is reminded after this part of the time; 0 for no reminder.")),
            Map.entry(
                    "removal-deadline.unverified",
                    text("What of it nobody has read in the law itself; empty when all of it was.")
                            .optional()),
            // escalation-ladder
            Map.entry(
                    "escalation-ladder.rung",
                    number("1", "20").hint("1 is the first. A rung without a row ends the ladder.")),
            Map.entry(
                    "escalation-ladder.action",
                    choices(
                            "PLATFORM_CONTACT",
                            "PLATFORM_LEAD",
                            "CONTENT_MANAGER",
                            "FORMAL_INSTRUMENT",
                            "REGULATOR",
                            "PENALTY_FILE",
                            "MEETING_AGENDA")),
            Map.entry("escalation-ladder.addressee", text("Whom it goes to, in words.")),
            Map.entry("escalation-ladder.waitFor", period(Duration.ofMinutes(5), Duration.ofDays(14))),
            // referral-route, formal-instrument
            Map.entry(
                    "referral-route.channels", ordered("API", "MAIL", "PORTAL").hint("The first that can be used is.")),
            Map.entry(
                    "formal-instrument.channels",
                    ordered("API", "MAIL", "PORTAL").hint("The first that can be used is.")),
            Map.entry("formal-instrument.askedOn", date().hint("The row holds from this day on, in London.")),
            Map.entry("formal-instrument.unverified", text("").optional()),
            // content-guide
            Map.entry("content-guide.suggestedVerdict", enums(Verdict.values())),
            Map.entry(
                    "content-guide.suggestedOffence",
                    text("A code of the offence catalogue; empty for none.").optional()),
            Map.entry("content-guide.question", text("What the caseworker should ask first.")),
            // approval-rule
            Map.entry("approval-rule.artisticContext", choices("NONE", "MUSIC", "ART", "NEWS", "SATIRE", "OTHER")),
            Map.entry("approval-rule.source", enums(Source.values())),
            Map.entry("approval-rule.approvalRequired", yesNo().hint("Yes: a second person decides.")),
            // check-schedule
            Map.entry("check-schedule.phase", choices("NO_DEADLINE", "BEFORE_DEADLINE", "OVERDUE")),
            Map.entry(
                    "check-schedule.shortest",
                    period(Duration.ofMinutes(1), Duration.ofHours(24))
                            .hint("Between two looks, however little time has passed or is left.")),
            Map.entry(
                    "check-schedule.longest",
                    period(Duration.ofMinutes(1), Duration.ofDays(7))
                            .hint("Between two looks, also at a platform that does not answer.")),
            Map.entry(
                    "check-schedule.share",
                    share("0", "0.5")
                            .hint("In between: this part of the time since sending or until the deadline,"
                                    + " whichever is less; 0 for always the shortest.")),
            // others
            Map.entry("case-priority.casePriority", number("0", "100").hint("50 is normal.")),
            Map.entry("case-priority.verifyWithin", period(Duration.ofMinutes(5), Duration.ofDays(7))),
            Map.entry("deconfliction-deadline.answerWithin", period(Duration.ofMinutes(15), Duration.ofDays(14))),
            Map.entry("deconfliction-deadline.decideWithin", period(Duration.ofMinutes(5), Duration.ofDays(2))),
            Map.entry("deconfliction-deadline.preserveWithin", period(Duration.ofMinutes(5), Duration.ofDays(2))),
            Map.entry("safeguarding-deadline.within", period(Duration.ofMinutes(15), Duration.ofDays(7))),
            Map.entry("review-deadline.reviewKind", choices("REVIEW", "COMPLAINT")),
            Map.entry("review-deadline.windowFrom", choices("ISSUED", "GIVEN", "RECEIVED", "ACKNOWLEDGED")),
            Map.entry(
                    "review-deadline.requestWindow",
                    period(Duration.ofHours(1), Duration.ofDays(365)).orWord("NONE")),
            Map.entry("review-deadline.decisionPeriod", period(Duration.ofHours(1), Duration.ofDays(90))),
            Map.entry("review-deadline.reminderShare", share("0", "0.95")),
            Map.entry(
                    "review-deadline.afterReviewPeriod",
                    period(Duration.ofHours(1), Duration.ofDays(30)).orWord("NONE")),
            Map.entry("instrument.entry", number("1", "100").hint("Without a gap.")),
            Map.entry("instrument.instrument", text("Capital letters, digits and underscores.")),
            Map.entry("instrument.issuedBy", choices("caseworkers", "authorised-officers")),
            Map.entry(
                    "instrument.preNotice",
                    period(Duration.ofHours(1), Duration.ofDays(30)).optional()),
            Map.entry(
                    "instrument.reviewWindow",
                    period(Duration.ofHours(1), Duration.ofDays(365)).optional()),
            Map.entry(
                    "instrument.reviewDecision",
                    period(Duration.ofHours(1), Duration.ofDays(90)).optional()),
            Map.entry(
                    "instrument.afterReview",
                    period(Duration.ofHours(1), Duration.ofDays(30)).optional()),
            Map.entry("instrument.inForceFrom", date()),
            Map.entry("instrument.inForceTo", date().optional().hint("The last day; empty while there is none.")),
            Map.entry("instrument.verifiedAt", date().optional()));

    /** What columns of these names are wherever they stand. */
    private static final Map<String, Known> EVERYWHERE = Map.of(
            INSTRUMENT,
            open(Instrument.SHIPPED.stream().map(Instrument::name).toList()),
            CATEGORY,
            enums(Category.values()),
            "verdict",
            enums(Verdict.values()),
            PLATFORM,
            open(PLATFORMS),
            "offence",
            open(List.of()),
            "legalReference",
            new Known(CellType.LEGAL_REFERENCE));

    private TableKnowledge() {}

    static String purpose(String table) {
        return PURPOSES.getOrDefault(table, "");
    }

    /**
     * @param allowed the file's own list of values; empty where it has none
     * @param texts   of the column's cells
     */
    static Column column(
            String table,
            String name,
            String label,
            boolean input,
            String typeRef,
            List<String> allowed,
            List<String> texts) {
        boolean isText = typeRef.isEmpty() || typeRef.equals("string");
        @Nullable Known special = COLUMNS.get(table + "." + name);
        Known known = special != null
                ? special
                : isText && EVERYWHERE.containsKey(name)
                        ? EVERYWHERE.get(name)
                        : suggested(label, input, typeRef, allowed);
        List<Choice> choices = known.type == CellType.CHOICE || known.type == CellType.ORDERED_CHOICES
                ? choices(
                        known,
                        allowed,
                        name.equals(PLATFORM) || known.open || known.choices.isEmpty() ? texts : List.of())
                : List.of();
        boolean optional = input
                || known.optional
                || special == null && isText && texts.stream().anyMatch(text -> text.isEmpty() || text.equals("\"\""));
        return new Column(
                name,
                label.replaceAll("\\s*\\((?:ISO 8601|YYYY-MM-DD)[^)]*\\)", ""),
                input,
                known.type,
                typeRef,
                choices,
                known.open,
                optional,
                known.noPeriod,
                Optional.ofNullable(known.shortest),
                Optional.ofNullable(known.longest),
                Optional.ofNullable(known.least),
                Optional.ofNullable(known.most),
                known.hint);
    }

    private static Known suggested(String label, boolean input, String typeRef, List<String> allowed) {
        if (typeRef.equals("boolean")) {
            return yesNo();
        }
        if (List.of("integer", "long", "double", "number", "decimal").contains(typeRef)) {
            return new Known(CellType.NUMBER);
        }
        if (!allowed.isEmpty()) {
            return new Known(CellType.CHOICE);
        }
        if (label.contains("ISO 8601")) {
            return new Known(CellType.PERIOD);
        }
        if (label.contains("YYYY-MM-DD")) {
            return date();
        }
        return input ? open(List.of()) : new Known(CellType.TEXT);
    }

    private static List<Choice> choices(Known known, List<String> allowed, List<String> texts) {
        Set<String> values = new LinkedHashSet<>(allowed.isEmpty() ? known.choices : allowed);
        texts.forEach(text -> values.addAll(CellText.values(text)));
        values.remove("");
        List<Choice> choices = new ArrayList<>();
        values.forEach(value -> choices.add(new Choice(value, words(value))));
        return choices;
    }

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("DSA_NOTICE", "DSA notice"),
            Map.entry("TCO_ORDER", "TCO removal order"),
            Map.entry("API", "API"),
            Map.entry("MAIL", "Mail"),
            Map.entry("PORTAL", "By hand at the platform's portal"),
            Map.entry("CLOCK_HOURS", "Clock hours"),
            Map.entry("DAY_AFTER_GIVEN", "Day after it was given"),
            Map.entry("ISSUER_MAY_EXTEND", "The issuer may give more time"),
            Map.entry("RESTART", "Stops, then starts afresh"),
            Map.entry("NO_DEADLINE", "No deadline runs"),
            Map.entry("BEFORE_DEADLINE", "Before the deadline"),
            Map.entry("OVERDUE", "Overdue"),
            Map.entry("REGULATOR", "Tell the regulator"),
            Map.entry("MEETING_AGENDA", "Put on the agenda of the next meeting"),
            Map.entry("PLATFORM_CONTACT", "Write to the platform's contact"),
            Map.entry("PLATFORM_LEAD", "Write to the platform's lead"),
            Map.entry("CONTENT_MANAGER", "Write to the content manager"),
            Map.entry("FORMAL_INSTRUMENT", "Propose a formal instrument"),
            Map.entry("PENALTY_FILE", "Prepare the file for a penalty"));

    /** {@code WEAPONS_SALE} as {@code Weapons sale}; codes with digits and names in small letters stay. */
    private static String words(String value) {
        String known = WORDS.get(value);
        if (known != null) {
            return known;
        }
        if (!value.matches("[A-Z][A-Z_]+")) {
            return value;
        }
        return value.charAt(0) + value.substring(1).toLowerCase(Locale.UK).replace('_', ' ');
    }

    private static Known choices(String... values) {
        Known known = new Known(CellType.CHOICE);
        known.choices = List.of(values);
        return known;
    }

    private static Known enums(Enum<?>... values) {
        return choices(Stream.of(values).map(Enum::name).toArray(String[]::new));
    }

    private static Known open(Collection<String> values) {
        Known known = choices(values.toArray(String[]::new));
        known.open = true;
        return known;
    }

    private static Known ordered(String... values) {
        Known known = new Known(CellType.ORDERED_CHOICES);
        known.choices = Arrays.asList(values);
        return known;
    }

    private static Known yesNo() {
        return new Known(CellType.YES_NO);
    }

    private static Known date() {
        return new Known(CellType.DATE);
    }

    private static Known text(String hint) {
        return new Known(CellType.TEXT).hint(hint);
    }

    private static Known period(Duration shortest, Duration longest) {
        Known known = new Known(CellType.PERIOD);
        known.shortest = shortest;
        known.longest = longest;
        return known;
    }

    private static Known number(String least, String most) {
        Known known = new Known(CellType.NUMBER);
        known.least = new BigDecimal(least);
        known.most = new BigDecimal(most);
        return known;
    }

    private static Known share(String least, String most) {
        Known known = new Known(CellType.SHARE);
        known.least = new BigDecimal(least);
        known.most = new BigDecimal(most);
        return known;
    }

    /** Filled in while this class is made, never after. */
    private static final class Known {

        private final CellType type;
        private List<String> choices = List.of();
        private boolean open;
        private boolean optional;
        private String noPeriod = "";
        private String hint = "";
        private @Nullable Duration shortest;
        private @Nullable Duration longest;
        private @Nullable BigDecimal least;
        private @Nullable BigDecimal most;

        Known(CellType type) {
            this.type = type;
        }

        Known optional() {
            optional = true;
            return this;
        }

        Known hint(String text) {
            hint = text;
            return this;
        }

        Known orWord(String word) {
            noPeriod = word;
            return this;
        }
    }
}
