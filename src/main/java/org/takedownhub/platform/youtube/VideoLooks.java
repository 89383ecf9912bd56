package org.takedownhub.platform.youtube;

import com.google.api.services.youtube.model.Video;
import com.google.api.services.youtube.model.VideoContentDetails;
import com.google.api.services.youtube.model.VideoContentDetailsRegionRestriction;
import com.google.api.services.youtube.model.VideoListResponse;
import com.google.api.services.youtube.model.VideoStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * Looks whether videos are still up, 50 at the price of one, by
 * <a href="https://developers.google.com/youtube/v3/docs/videos/list">videos.list</a>. Deleted, private and terminated
 * alike are simply not in the answer, so a miss says nothing of who did it, and counts only while a video that stays up
 * is in the same answer.
 *
 * <p>YouTube's oEmbed is not asked. It answers 401 where only embedding is off and was seen to answer 200 with the body
 * {@code Forbidden}, so it could never overrule this, and nothing it says is not here as well.
 */
final class VideoLooks {

    private static final List<String> PARTS = List.of("id", "status", "contentDetails");
    private static final String KIND = "youtube#videoListResponse";
    private static final Set<String> REJECTED_BY_YOUTUBE =
            Set.of("claim", "copyright", "duplicate", "inappropriate", "legal", "length", "termsOfUse", "trademark");

    private final YouTubeSettings settings;
    private final YouTubeApi api;

    VideoLooks(YouTubeSettings settings, YouTubeApi api) {
        this.settings = settings;
        this.api = api;
    }

    /** @param country where to look from, ISO 3166-1 alpha-2 */
    List<Look> look(List<Content> contents, String country) {
        Map<String, Look> seen = new HashMap<>();
        List<String> ids = contents.stream()
                .flatMap(content -> YouTubePlatform.videoId(content).stream())
                .distinct()
                .toList();
        Look failed = null;
        for (int from = 0; from < ids.size(); from += YouTubeApi.IDS_PER_LIST) {
            List<String> batch = ids.subList(from, Math.min(from + YouTubeApi.IDS_PER_LIST, ids.size()));
            if (failed == null) {
                failed = look(batch, country, seen);
            }
            for (String id : batch) {
                if (failed != null) {
                    seen.putIfAbsent(id, failed);
                }
            }
        }
        return contents.stream()
                .map(content -> YouTubePlatform.videoId(content)
                        .map(seen::get)
                        .orElseGet(() -> Look.unknown(
                                UnknownReason.NO_INTERFACE,
                                "YouTube's interface tells of videos only: a person looks")))
                .toList();
    }

    /** @return what is to be said of this batch and of those after it when YouTube could not be asked */
    private @Nullable Look look(List<String> batch, String country, Map<String, Look> seen) {
        Set<String> asked = new LinkedHashSet<>(batch);
        if (asked.size() < YouTubeApi.IDS_PER_LIST) {
            asked.add(settings.controlVideo());
        }
        try {
            Response answer = api.videos(PARTS, new ArrayList<>(asked));
            Optional<Map<String, Video>> videos = videos(answer);
            if (videos.isEmpty()) {
                Look unknown = unknown(answer);
                batch.forEach(id -> seen.put(id, unknown));
                return null;
            }
            boolean missing = !videos.get().keySet().containsAll(batch);
            boolean alive = !videos.get().isEmpty() || missing && controlAlive(asked);
            for (String id : batch) {
                seen.put(id, look(Optional.ofNullable(videos.get().get(id)), alive, country, answer));
            }
            return null;
        } catch (PlatformUnavailable e) {
            return Look.unanswered(e);
        } catch (SignInRefused e) {
            return Look.unknown(UnknownReason.NOT_ALLOWED, String.valueOf(e.getMessage()));
        }
    }

    /** In a batch of fifty there is no room for the control video: it is asked for by itself. */
    private boolean controlAlive(Set<String> asked) {
        if (asked.contains(settings.controlVideo())) {
            return false;
        }
        return videos(api.videos(PARTS, List.of(settings.controlVideo())))
                .filter(videos -> videos.containsKey(settings.controlVideo()))
                .isPresent();
    }

    /** Empty when the answer is not a whole list as documented. */
    static Optional<Map<String, Video>> videos(Response answer) {
        if (answer.status() != 200) {
            return Optional.empty();
        }
        return YouTubeApi.entity(answer, VideoListResponse.class)
                .filter(list -> KIND.equals(list.getKind()) && list.getItems() != null)
                .map(VideoListResponse::getItems)
                .filter(items -> items.stream()
                        .allMatch(item -> item != null
                                && item.getId() != null
                                && YouTubeSettings.VIDEO_ID
                                        .matcher(item.getId())
                                        .matches()))
                .map(items -> {
                    Map<String, Video> videos = new HashMap<>();
                    items.forEach(item -> videos.put(item.getId(), item));
                    return videos;
                });
    }

    private static Look unknown(Response answer) {
        String reason =
                YouTubeApi.failure(answer).map(text -> " (" + text + ")").orElse("");
        return new Look(
                Availability.UNKNOWN,
                false,
                OptionalInt.of(answer.status()),
                "HTTP " + answer.status() + ": no list of videos" + reason,
                Optional.of(answer.bodyHash()));
    }

    private static Look look(Optional<Video> video, boolean alive, String country, Response answer) {
        Finding finding = video.map(found -> finding(found, country))
                .orElseGet(() -> new Finding(Availability.GONE_UNATTRIBUTED, "not among YouTube's videos"));
        return new Look(
                finding.availability(),
                alive,
                OptionalInt.of(answer.status()),
                "videos.list: " + finding.detail(),
                Optional.of(answer.bodyHash()));
    }

    private static Finding finding(Video video, String country) {
        VideoStatus status = video.getStatus();
        VideoContentDetails details = video.getContentDetails();
        if (status == null || details == null || status.getUploadStatus() == null) {
            return new Finding(Availability.UNKNOWN, "without the parts that were asked for");
        }
        return switch (status.getUploadStatus()) {
            case "deleted" -> new Finding(Availability.DELETED_BY_AUTHOR, "uploadStatus deleted");
            case "rejected" -> rejected(String.valueOf(status.getRejectionReason()));
            case "failed" -> new Finding(Availability.GONE_UNATTRIBUTED, "uploadStatus failed");
            case "processed", "uploaded" -> ofOneThatIsThere(status, details, country);
            default -> new Finding(Availability.UNKNOWN, "an uploadStatus that is not documented");
        };
    }

    private static Finding rejected(String reason) {
        if (REJECTED_BY_YOUTUBE.contains(reason)) {
            return new Finding(Availability.REMOVED_BY_PLATFORM, "rejected: " + reason);
        }
        return switch (reason) {
            case "uploaderAccountSuspended" -> new Finding(Availability.ACCOUNT_SUSPENDED, "rejected: " + reason);
            case "uploaderAccountClosed" -> new Finding(Availability.ACCOUNT_DEACTIVATED, "rejected: " + reason);
            default -> new Finding(Availability.UNKNOWN, "a rejectionReason that is not documented");
        };
    }

    private static Finding ofOneThatIsThere(VideoStatus status, VideoContentDetails details, String country) {
        String privacy = String.valueOf(status.getPrivacyStatus());
        if (!Set.of("public", "unlisted", "private").contains(privacy)) {
            return new Finding(Availability.UNKNOWN, "a privacyStatus that is not documented");
        }
        Optional<String> blocked = blocked(details.getRegionRestriction(), country);
        if (blocked.isPresent()) {
            return new Finding(Availability.GEO_BLOCKED, blocked.get());
        }
        if (privacy.equals("private")) {
            return new Finding(Availability.RESTRICTED, "private");
        }
        String rating = details.getContentRating() == null
                ? null
                : details.getContentRating().getYtRating();
        if ("ytAgeRestricted".equals(rating)) {
            return new Finding(Availability.RESTRICTED, "age-restricted");
        }
        return new Finding(Availability.AVAILABLE, "uploadStatus " + status.getUploadStatus());
    }

    /** An object with either list: an empty {@code allowed} blocks everywhere, an empty {@code blocked} nowhere. */
    private static Optional<String> blocked(
            @Nullable VideoContentDetailsRegionRestriction restriction, String country) {
        if (restriction == null) {
            return Optional.empty();
        }
        List<String> allowed = restriction.getAllowed();
        if (allowed != null && !allowed.contains(country)) {
            return Optional.of(allowed.isEmpty() ? "blocked in every country" : "not allowed in " + country);
        }
        List<String> blocked = restriction.getBlocked();
        return blocked != null && blocked.contains(country) ? Optional.of("blocked in " + country) : Optional.empty();
    }

    private record Finding(Availability availability, String detail) {}
}
