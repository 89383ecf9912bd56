package org.takedownhub.platform.youtube;

import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.youtube.model.VideoAbuseReportReason;
import com.google.api.services.youtube.model.VideoAbuseReportReasonListResponse;
import com.google.api.services.youtube.model.VideoAbuseReportSecondaryReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.takedownhub.audit.Instants;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * The reasons that YouTube offers for a report. Their ids are published nowhere but in
 * {@code videoAbuseReportReasons.list}; the list is kept for all nodes with the version it came in (RFC 9110 section
 * 8.8.3) and asked for again after some hours, which then mostly is a 304.
 */
final class Reasons {

    private static final Duration KEPT = Duration.ofHours(6);
    private static final int LONGEST = 60_000;
    private static final int LONGEST_ETAG = 300;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String instance;
    private final YouTubeSettings settings;
    private final YouTubeApi api;
    private final JdbcClient jdbc;
    private final Clock clock;

    Reasons(String instance, YouTubeSettings settings, YouTubeApi api, JdbcClient jdbc, Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.api = api;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param secondary the finer reasons below it; may be empty */
    record Offer(String id, String label, List<Finer> secondary) {

        @Override
        public String toString() {
            String finer = secondary.isEmpty()
                    ? ""
                    : secondary.stream()
                            .map(reason -> id + "/" + reason.id() + " " + reason.label())
                            .collect(Collectors.joining(", ", " (", ")"));
            return id + " " + label + finer;
        }
    }

    record Finer(String id, String label) {}

    /** What is on offer. */
    record Offers(List<Offer> all) {

        boolean include(YouTubeSettings.Reason reason) {
            return all.stream()
                    .filter(offer -> offer.id().equals(reason.reasonId()))
                    .anyMatch(offer -> reason.secondaryReasonId().isEmpty()
                            || offer.secondary().stream().anyMatch(finer -> finer.id()
                                    .equals(reason.secondaryReasonId().get())));
        }

        @Override
        public String toString() {
            return all.stream().map(Offer::toString).collect(Collectors.joining("; "));
        }
    }

    /**
     * What is on offer, as of the last hours.
     *
     * @throws PlatformUnavailable YouTube could not be asked
     * @throws SignInRefused       Google does not let us in
     */
    Offers current() {
        Optional<Kept> kept = kept();
        Instant oldest = clock.instant().minus(KEPT);
        return kept.filter(known -> known.readAt().isAfter(oldest))
                .map(Kept::offers)
                .orElseGet(() -> asked(kept));
    }

    /** What was on offer when it was last asked for. */
    Optional<Offers> lastKnown() {
        return kept().map(Kept::offers);
    }

    /** YouTube refused a reason of the list: it is asked for anew before the next report. */
    void forget() {
        jdbc.sql("delete from youtube_reasons where platform = ?")
                .params(instance)
                .update();
    }

    private Offers asked(Optional<Kept> kept) {
        Response answer = api.reasons(kept.flatMap(Kept::etag));
        if (answer.status() == 304 && kept.isPresent()) {
            jdbc.sql("update youtube_reasons set read_at = ? where platform = ?")
                    .params(stored(clock.instant()), instance)
                    .update();
            return kept.get().offers();
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw new SignInRefused("YouTube does not let our channel see the reasons for reports (HTTP "
                    + answer.status()
                    + YouTubeApi.failure(answer).map(reason -> ", " + reason).orElse("") + "): mend "
                    + settings.refreshToken().setting() + ", scope youtube.force-ssl");
        }
        VideoAbuseReportReasonListResponse list = answer.status() == 200
                ? YouTubeApi.entity(answer, VideoAbuseReportReasonListResponse.class)
                        .orElse(null)
                : null;
        Offers offers = list == null ? null : offers(list);
        if (list == null || offers == null) {
            throw new PlatformUnavailable(
                    "YouTube answered HTTP " + answer.status() + " instead of the reasons for reports",
                    answer.retryAfter(clock.instant()));
        }
        keep(Optional.ofNullable(list.getEtag()).filter(etag -> etag.length() <= LONGEST_ETAG), offers);
        return offers;
    }

    private static @Nullable Offers offers(VideoAbuseReportReasonListResponse list) {
        List<VideoAbuseReportReason> items = list.getItems();
        boolean complete = items != null
                && !items.isEmpty()
                && items.stream()
                        .allMatch(item -> item != null
                                && item.getId() != null
                                && ID.matcher(item.getId()).matches()
                                && item.getSnippet() != null
                                && item.getSnippet().getLabel() != null);
        return complete ? new Offers(items.stream().map(Reasons::offer).toList()) : null;
    }

    private static Offer offer(VideoAbuseReportReason item) {
        List<VideoAbuseReportSecondaryReason> finer =
                Optional.ofNullable(item.getSnippet().getSecondaryReasons()).orElse(List.of());
        return new Offer(
                item.getId(),
                item.getSnippet().getLabel(),
                finer.stream()
                        .filter(reason -> reason != null && reason.getId() != null)
                        .map(reason -> new Finer(reason.getId(), Objects.requireNonNullElse(reason.getLabel(), "")))
                        .toList());
    }

    private void keep(Optional<String> etag, Offers offers) {
        String text;
        try {
            text = JSON.writeValueAsString(offers.all());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Reasons of text are always JSON", e);
        }
        if (text.length() > LONGEST) {
            throw new PlatformUnavailable("YouTube's list of reasons is longer than it can be", Optional.empty());
        }
        if (!update(etag, text)) {
            try {
                jdbc.sql("insert into youtube_reasons (etag, reasons, read_at, platform) values (?, ?, ?, ?)")
                        .params(etag.orElse(null), text, stored(clock.instant()), instance)
                        .update();
            } catch (DuplicateKeyException e) {
                update(etag, text);
            }
        }
    }

    private boolean update(Optional<String> etag, String text) {
        return jdbc.sql("update youtube_reasons set etag = ?, reasons = ?, read_at = ? where platform = ?")
                        .params(etag.orElse(null), text, stored(clock.instant()), instance)
                        .update()
                > 0;
    }

    private Optional<Kept> kept() {
        return jdbc.sql("select etag, reasons, read_at from youtube_reasons where platform = ?")
                .params(instance)
                .query((row, number) -> new Kept(
                        Optional.ofNullable(row.getString("etag")),
                        read(row.getString("reasons")),
                        Instants.required(row, "read_at")))
                .optional();
    }

    private static Offers read(String text) {
        try {
            return new Offers(Arrays.stream(JSON.readValue(text, Offer[].class)).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The kept reasons of YouTube cannot be read", e);
        }
    }

    private record Kept(Optional<String> etag, Offers offers, Instant readAt) {}
}
