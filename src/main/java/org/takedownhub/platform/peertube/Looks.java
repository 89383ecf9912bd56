package org.takedownhub.platform.peertube;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Looks whether videos are still up, as the public sees them ({@code GET /api/v1/videos/{uuid}}). A blocked video
 * answers 401 like a private one, so that this alone says nothing: what the server tells us about our own report on it,
 * does. A miss is checked against a video that is up in the same round.
 */
final class Looks {

    private static final int CANDIDATES = 5;
    private static final int MOST_SILENT = 3;

    private final PeerTubeSettings settings;
    private final PeerTubeApi api;
    private final Abuses abuses;
    private volatile @Nullable String control;

    Looks(PeerTubeSettings settings, PeerTubeApi api, Abuses abuses) {
        this.settings = settings;
        this.api = api;
        this.abuses = abuses;
    }

    /** @param report the number of our report, where it may tell what the answer alone does not */
    private record Seen(Look look, Optional<Long> report) {}

    List<Look> look(List<Content> contents) {
        List<Seen> round = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        int silent = 0;
        for (Content content : contents) {
            // a platform that is down would cost the whole time limit for each item of the round
            Seen seen = silent < MOST_SILENT
                    ? look(content, asked)
                    : unknown(UnknownReason.UNREACHABLE, "The platform does not answer");
            silent += Reports.video(content).isPresent()
                            && seen.look().httpStatus().isEmpty()
                    ? 1
                    : 0;
            round.add(seen);
        }
        Map<Long, Wire.Abuse> reports =
                reports(round.stream().flatMap(seen -> seen.report().stream()).toList());
        List<Look> looks = round.stream().map(seen -> told(seen, reports)).toList();
        if (looks.stream().noneMatch(look -> look.availability().isMiss())) {
            return looks;
        }
        boolean alive = looks.stream().anyMatch(Look::controlAlive) || controlAlive(asked);
        return looks.stream()
                .map(look -> look.availability().isMiss() ? besideControl(look, alive) : look)
                .toList();
    }

    private Seen look(Content content, Set<String> asked) {
        Optional<String> video = Reports.video(content);
        if (video.isEmpty()) {
            return unknown(UnknownReason.NO_INTERFACE, "The API shows videos, and this is no address of one");
        }
        asked.add(video.get());
        try {
            return seen(video.get(), content, api.read(path(video.get())));
        } catch (PlatformUnavailable e) {
            return alone(Look.unanswered(e));
        }
    }

    private static Seen unknown(UnknownReason reason, String detail) {
        return new Seen(Look.unknown(reason, detail), Optional.empty());
    }

    private static Seen seen(String video, Content content, Response answer) {
        int status = answer.status();
        if (status == 200) {
            return alone(
                    isVideo(answer, video)
                            ? look(Availability.AVAILABLE, answer, "the video")
                            : look(Availability.UNKNOWN, answer, "not the video that was asked for"));
        }
        if (status == 451) {
            return alone(look(Availability.GEO_BLOCKED, answer, "unavailable for legal reasons"));
        }
        Optional<Wire.Problem> problem = Wire.problem(answer);
        if (problem.isEmpty()) {
            return alone(look(Availability.UNKNOWN, answer, "no word on the video"));
        }
        Optional<Long> report = Wire.number(content.identities().get(PeerTubePlatform.ABUSE_ID));
        if (status == 404) {
            return new Seen(look(Availability.GONE_UNATTRIBUTED, answer, "no such video"), report);
        }
        boolean locked = "video_requires_password".equals(problem.get().code());
        if ((status == 401 || status == 403) && locked) {
            return alone(look(Availability.RESTRICTED, answer, "behind a password"));
        }
        boolean hidden = (status == 401 || status == 403) && problem.get().code() == null;
        return new Seen(
                look(Availability.UNKNOWN, answer, hidden ? "private, internal or blocked" : "no word on the video"),
                hidden ? report : Optional.empty());
    }

    private static Seen alone(Look look) {
        return new Seen(look, Optional.empty());
    }

    /** What the server says of our reports; nothing where it does not say. */
    private Map<Long, Wire.Abuse> reports(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        try {
            return abuses.find(numbers);
        } catch (PlatformUnavailable | SignInRefused e) {
            // the answers stand by themselves, as what they are worth alone
            return Map.of();
        }
    }

    private static Look told(Seen seen, Map<Long, Wire.Abuse> reports) {
        Look look = seen.look();
        Wire.AbuseVideo video = seen.report()
                .map(reports::get)
                .map(Wire.Abuse::video)
                .filter(said -> said.deleted() != null && said.blacklisted() != null)
                .orElse(null);
        if (video == null) {
            return look;
        }
        if (Boolean.TRUE.equals(video.blacklisted())) {
            return as(Availability.REMOVED_BY_PLATFORM, look, "blocked by the server's moderators");
        }
        if (Boolean.TRUE.equals(video.deleted())) {
            return as(Availability.GONE_UNATTRIBUTED, look, "deleted, nobody says by whom");
        }
        return look.availability().isMiss()
                // the server contradicts itself
                ? as(Availability.UNKNOWN, look, "not found, but our report says that it is there")
                : as(Availability.RESTRICTED, look, "private or internal, not blocked");
    }

    private static Look as(Availability availability, Look look, String detail) {
        return new Look(
                availability,
                look.controlAlive(),
                look.httpStatus(),
                "HTTP " + look.httpStatus().orElse(0) + ": " + detail,
                look.evidenceHash(),
                availability == Availability.UNKNOWN ? Optional.of(UnknownReason.CONTRACT_CHANGED) : Optional.empty());
    }

    private static Look besideControl(Look look, boolean alive) {
        return new Look(
                look.availability(),
                alive,
                look.httpStatus(),
                look.detail(),
                look.evidenceHash(),
                look.unknownReason());
    }

    private static Look look(Availability availability, Response answer, String detail) {
        return new Look(
                availability,
                availability == Availability.AVAILABLE,
                OptionalInt.of(answer.status()),
                "HTTP " + answer.status() + ": " + detail,
                Optional.of(answer.bodyHash()),
                availability == Availability.UNKNOWN ? Optional.of(reason(answer)) : Optional.empty());
    }

    private static UnknownReason reason(Response answer) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return UnknownReason.OTHER_PAGE;
        }
        return answer.status() == 200 && answer.body().length == 0
                ? UnknownReason.EMPTY_ANSWER
                : UnknownReason.of(answer.status());
    }

    static boolean isVideo(Response answer, String uuid) {
        return answer.status() == 200
                && Wire.read(answer, Wire.Video.class)
                        .filter(video -> uuid.equalsIgnoreCase(video.uuid()))
                        .isPresent();
    }

    private boolean controlAlive(Set<String> besides) {
        try {
            Optional<String> fixed = settings.controlVideo();
            if (fixed.isPresent()) {
                return isUp(fixed.get());
            }
            String known = control;
            return known != null && !besides.contains(known) && isUp(known) || findControl(besides);
        } catch (PlatformUnavailable e) {
            return false;
        }
    }

    private boolean findControl(Set<String> besides) {
        control = null;
        Response answer = api.read("videos?isLocal=true&start=0&count=20&sort=-views");
        List<String> candidates = Wire.read(answer, Wire.Videos.class).map(Wire.Videos::data).orElse(List.of()).stream()
                .filter(Objects::nonNull)
                .map(Wire.Video::uuid)
                .filter(Wire::isUuid)
                .filter(uuid -> !besides.contains(uuid))
                .limit(CANDIDATES)
                .toList();
        for (String candidate : candidates) {
            if (isUp(candidate)) {
                control = candidate;
                return true;
            }
        }
        return false;
    }

    private boolean isUp(String uuid) {
        return isVideo(api.read(path(uuid)), uuid);
    }

    static String path(String uuid) {
        return "videos/" + uuid;
    }
}
