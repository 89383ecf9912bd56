package org.takedownhub.platform.cloudflare;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.PlatformReply;
import org.takedownhub.platform.PlatformReply.Kind;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * What Cloudflare says to our reports: what it decided ({@code abuse-reports/submitted/{id}}), whether it handed the
 * report on to the host ({@code abuse-reports/{id}}), and what it did ({@code …/mitigations}). Not every account sees all
 * three; what is not there says nothing.
 */
final class Replies {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");
    private static final Duration DEDUPE = Duration.ofDays(7);
    private static final int MOST_CANDIDATES = 5;

    private final CloudflareApi api;
    private final Clock clock;

    Replies(CloudflareApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    static boolean isId(@Nullable String text) {
        return text != null && ID.matcher(text).matches();
    }

    /** Everything that Cloudflare said to one report. */
    List<PlatformReply> to(String id) {
        if (!isId(id)) {
            return List.of();
        }
        List<PlatformReply> replies = new ArrayList<>();
        own(id).map(this::decision).ifPresent(replies::add);
        Optional<Wire.Summary> summary = read(
                        "abuse-reports/" + id, new TypeReference<Wire.Envelope<Wire.Details>>() {})
                .map(Wire.Details::mitigationSummary);
        if (summary.isPresent()) {
            if (Boolean.TRUE.equals(summary.get().externalHostNotified())) {
                replies.add(new PlatformReply(
                        Kind.ACKNOWLEDGED,
                        "Cloudflare has passed the report on to the site's host",
                        clock.instant(),
                        "host-notified"));
            }
            replies.addAll(mitigations(id));
        }
        return replies;
    }

    private List<PlatformReply> mitigations(String id) {
        return read("abuse-reports/" + id + "/mitigations", new TypeReference<Wire.Envelope<Wire.Mitigations>>() {})
                .map(Wire.Mitigations::mitigations)
                .orElse(List.of())
                .stream()
                .filter(mitigation -> mitigation != null && isId(mitigation.id()))
                .map(this::reply)
                .toList();
    }

    private PlatformReply reply(Wire.Mitigation mitigation) {
        String type = word(mitigation.type());
        String status = word(mitigation.status());
        Kind kind =
                switch (status) {
                    case "active" -> Kind.ACTION_TAKEN;
                    case "pending", "in_review" -> Kind.ACKNOWLEDGED;
                    default -> Kind.MESSAGE;
                };
        return new PlatformReply(
                kind,
                "Cloudflare's measure \"" + type + "\" is " + status,
                instant(mitigation.effectiveDate())
                        .filter(at -> kind == Kind.ACTION_TAKEN)
                        .orElseGet(clock::instant),
                "mitigation:" + mitigation.id() + ":" + status);
    }

    private PlatformReply decision(Wire.OwnReport report) {
        String status = word(report.status());
        return switch (status) {
            case "submitted" -> new PlatformReply(
                    Kind.ACKNOWLEDGED,
                    "Cloudflare has the report",
                    instant(report.cdate()).orElseGet(clock::instant),
                    "status:submitted");
            case "accepted" -> new PlatformReply(
                    Kind.ACKNOWLEDGED, "Cloudflare has accepted the report", clock.instant(), "status:accepted");
            case "denied" -> denied(word(report.denialReason()));
            default -> new PlatformReply(
                    Kind.MESSAGE,
                    "Cloudflare gives the report a status that is not documented: " + status,
                    clock.instant(),
                    "status:" + status);
        };
    }

    /** A denial is not always a "no": some ask for another way, and one says that there is nothing left to do. */
    private PlatformReply denied(String reason) {
        Kind kind =
                switch (reason) {
                    case "no_abuse_found", "unable_to_confirm" -> Kind.NO_ACTION;
                    case "not_on_cloudflare" -> Kind.UNDELIVERABLE;
                    case "content_removed" -> Kind.ACTION_TAKEN;
                    case "duplicate_report" -> Kind.ACKNOWLEDGED;
                    default -> Kind.MESSAGE;
                };
        return new PlatformReply(
                kind,
                "Cloudflare has denied the report: " + reason.replace('_', ' '),
                clock.instant(),
                "status:denied:" + reason);
    }

    /** Our own report of the last seven days about this very address, if Cloudflare shows it. */
    Optional<Wire.OwnReport> earlier(Notice notice) {
        try {
            Instant from = clock.instant().minus(DEDUPE);
            String path = "abuse-reports/submitted?per_page=50&created_after=" + from + "&domain="
                    + notice.content().url().getHost();
            return read(path, new TypeReference<Wire.Envelope<Wire.OwnReports>>() {})
                    .map(Wire.OwnReports::reports)
                    .orElse(List.of())
                    .stream()
                    .filter(report -> report != null && isId(report.id()))
                    .limit(MOST_CANDIDATES)
                    .flatMap(report -> own(String.valueOf(report.id())).stream())
                    .filter(report -> report.urls() != null
                            && report.urls().contains(notice.content().url().toString()))
                    .findFirst();
        } catch (PlatformUnavailable e) {
            // it is a duplicate all the same, only its number is not known
            return Optional.empty();
        }
    }

    private Optional<Wire.OwnReport> own(String id) {
        return read("abuse-reports/submitted/" + id, new TypeReference<Wire.Envelope<Wire.OwnReport>>() {})
                .filter(report -> id.equals(report.id()));
    }

    private <T> Optional<T> read(String path, TypeReference<Wire.Envelope<T>> type) {
        Response answer = api.readOfAccount(path);
        if (answer.status() >= 500) {
            throw new PlatformUnavailable("Cloudflare answered HTTP " + answer.status(), Optional.empty());
        }
        return CloudflareApi.result(answer, type);
    }

    static Optional<Instant> instant(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String word(@Nullable String text) {
        return text != null && WORD.matcher(text).matches() ? text : "unknown";
    }
}
