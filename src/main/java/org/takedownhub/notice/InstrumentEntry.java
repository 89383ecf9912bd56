package org.takedownhub.notice;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Instrument;

/**
 * One entry of the register of instruments, {@code instrument.dmn}. Where its clock starts, how long it gives and what
 * stops it stand in {@code removal-deadline.dmn}.
 *
 * @param label          what people call it
 * @param issuedBy       the group whose members may issue it
 * @param categories     codes of the categories it fits; empty: all
 * @param platforms      the platform instances it fits; empty: all
 * @param demands        what must be in a notice, and the section that says so
 * @param recipients     the roles it may be made out to
 * @param territory      where it wants the content gone
 * @param preNotice      how long before the first one a recipient is told of procedures and deadlines, where the law asks it
 * @param reviewWindow   how long a recipient may ask for a review; empty where nothing says so
 * @param reviewDecision how long the hub has to decide one
 * @param afterReview    how long a recipient has after a decision that upholds the notice
 * @param inForceFrom    first day, in the United Kingdom
 * @param inForceTo      last day; empty while no end is known
 * @param unverified     what nobody has checked against the law yet; empty when all was
 * @param advice         what its issuer should mind
 * @param version        of the table it was read from
 */
public record InstrumentEntry(
        Instrument instrument,
        String label,
        String issuedBy,
        List<String> categories,
        List<String> platforms,
        List<Demand> demands,
        List<String> recipients,
        Territory territory,
        Optional<Duration> preNotice,
        String declaration,
        String requirement,
        String prescribed,
        String reviewRight,
        Optional<Duration> reviewWindow,
        Optional<Duration> reviewDecision,
        Optional<Duration> afterReview,
        String consequences,
        String legalReference,
        LocalDate inForceFrom,
        Optional<LocalDate> inForceTo,
        String verifiedBy,
        Optional<LocalDate> verifiedAt,
        String unverified,
        String advice,
        int version) {

    /** How the table marks what nobody has checked against the law. */
    static final String UNVERIFIED = "[BG]";

    private static final Pattern CODE = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");

    /**
     * One thing that must be in a notice.
     *
     * @param element    code of the element, as templates name it
     * @param section    the law's words for where it says so
     * @param unverified whether nobody has checked that yet
     */
    public record Demand(String element, String section, boolean unverified) {}

    public boolean inForce(LocalDate day) {
        return !day.isBefore(inForceFrom) && inForceTo.filter(day::isAfter).isEmpty();
    }

    public boolean fits(Category category, String platform) {
        return (categories.isEmpty() || categories.contains(category.name()))
                && (platforms.isEmpty() || platforms.contains(platform));
    }

    /** A request under the platform's own terms: no law stands behind it. */
    public boolean voluntary() {
        return instrument.equals(Instrument.VOLUNTARY_REFERRAL);
    }

    /**
     * Reads one entry.
     *
     * @throws IllegalStateException an output is missing or impossible; the message names the entry and the version
     */
    static InstrumentEntry of(Map<String, Object> outputs, int entry, int version) {
        try {
            return new InstrumentEntry(
                    Instrument.valueOf(required(outputs, "instrument")),
                    required(outputs, "label"),
                    required(outputs, "issuedBy"),
                    list(outputs, "categories"),
                    list(outputs, "platforms"),
                    demands(required(outputs, "mandatory")),
                    list(outputs, "recipients"),
                    Territory.valueOf(required(outputs, "territory")),
                    period(outputs, "preNotice"),
                    text(outputs, "declaration"),
                    text(outputs, "requirement"),
                    text(outputs, "prescribed"),
                    text(outputs, "reviewRight"),
                    period(outputs, "reviewWindow"),
                    period(outputs, "reviewDecision"),
                    period(outputs, "afterReview"),
                    text(outputs, "consequences"),
                    required(outputs, "legalReference"),
                    LocalDate.parse(required(outputs, "inForceFrom")),
                    day(outputs, "inForceTo"),
                    text(outputs, "verifiedBy"),
                    day(outputs, "verifiedAt"),
                    text(outputs, "unverified"),
                    text(outputs, "advice"),
                    version);
        } catch (IllegalArgumentException | DateTimeException impossible) {
            throw new IllegalStateException(
                    "Entry %d of version %d of the table instrument cannot be used: %s"
                            .formatted(entry, version, impossible.getMessage()),
                    impossible);
        }
    }

    private static List<Demand> demands(String text) {
        return Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(InstrumentEntry::demand)
                .toList();
    }

    private static Demand demand(String text) {
        int equals = text.indexOf('=');
        String code = equals < 0 ? text : text.substring(0, equals).strip();
        String section = equals < 0 ? "" : text.substring(equals + 1).strip();
        if (!CODE.matcher(code).matches() || section.isEmpty()) {
            throw new IllegalArgumentException(
                    "mandatory must read like contentUrl = s.21(5)(a); reasons = s.21(5)(b), and not " + text);
        }
        boolean unverified = section.contains(UNVERIFIED);
        return new Demand(code, section.replace(UNVERIFIED, "").strip(), unverified);
    }

    private static List<String> list(Map<String, Object> outputs, String name) {
        String text = required(outputs, name);
        return text.equals("*")
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    private static Optional<Duration> period(Map<String, Object> outputs, String name) {
        return Optional.of(text(outputs, name)).filter(text -> !text.isEmpty()).map(Duration::parse);
    }

    private static Optional<LocalDate> day(Map<String, Object> outputs, String name) {
        return Optional.of(text(outputs, name)).filter(text -> !text.isEmpty()).map(LocalDate::parse);
    }

    private static String required(Map<String, Object> outputs, String name) {
        String text = text(outputs, name);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " must be a text");
        }
        return text;
    }

    private static String text(Map<String, Object> outputs, String name) {
        Object value = outputs.get(name);
        return value == null ? "" : value.toString().strip();
    }
}
