package org.takedownhub.platform.mastodon;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.SafeHttp;

/**
 * The entities of the <a href="https://docs.joinmastodon.org/entities/">Mastodon API</a>, as far as the hub reads or
 * writes them. What is read comes from outside: any part may be missing, and an id is used only when it looks like one.
 */
final class Entities {

    /** Numbers (Mastodon), or letters and digits (GoToSocial, Pleroma): nothing that changes the path it is put into. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{1,64}");

    private static final int LONGEST_URI = 2000;

    private Entities() {}

    static boolean isId(@Nullable String id) {
        return id != null && ID.matcher(id).matches();
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Status(
            @Nullable String id,
            @Nullable String uri,
            @Nullable Account account,
            @Nullable List<Attachment> mediaAttachments) {

        boolean complete() {
            return isId(id) && uri != null && uri.length() <= LONGEST_URI && account != null && isId(account.id());
        }
    }

    /** A picture, or a video with a picture of itself as its preview. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attachment(@Nullable String type, @Nullable String url, @Nullable String previewUrl) {}

    /** Where the media of a post are. Of a video its preview as well: that is a picture, and can be compared as one. */
    static Stream<@Nullable String> mediaOf(SafeHttp.Response post) {
        return MastodonApi.entity(post, Status.class).map(Status::mediaAttachments).orElse(List.of()).stream()
                .filter(Objects::nonNull)
                .flatMap(attachment -> "image".equals(attachment.type())
                        ? Stream.of(attachment.url())
                        : Stream.of(attachment.previewUrl(), attachment.url()));
    }

    record Account(@Nullable String id, @Nullable Boolean suspended) {}

    record Search(@Nullable List<Status> statuses) {}

    record Rule(@Nullable String id) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Instance(@Nullable String version, @Nullable String sourceUrl, @Nullable List<Rule> rules) {}

    /** What is decided about it only GoToSocial tells the one who reported. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Report(
            @Nullable String id,
            @Nullable String createdAt,
            @Nullable Boolean actionTaken,
            @Nullable String actionTakenAt,
            @Nullable String actionTakenComment) {}

    /**
     * What a report is made of. On Mastodon {@code ruleIds} go together with the category {@code violation} only; an
     * empty category is left out.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ReportForm(
            String accountId,
            List<String> statusIds,
            String comment,
            String category,
            List<String> ruleIds,
            boolean forward) {}

    /** Pixelfed's own report call. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record PixelfedReportForm(String reportType, String objectType, String objectId) {}

    /** Pixelfed's own answer to a report, taken or not. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record PixelfedAnswer(@Nullable String msg, @Nullable Integer code, @Nullable String errorCode) {}

    record Failure(@Nullable String error) {}

    record Event(@Nullable String event, @Nullable Subject object) {}

    /** A report, an account or a status, depending on the event. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Subject(
            @Nullable String id,
            @Nullable String uri,
            @Nullable String updatedAt,
            @Nullable Boolean actionTaken,
            @Nullable List<Status> statuses) {}
}
