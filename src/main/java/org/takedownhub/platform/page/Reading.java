package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/** What an answer says, in the words of a look. */
final class Reading {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Reading() {}

    static Look seen(Availability availability, Response answer, String detail) {
        return new Look(
                availability,
                availability == Availability.AVAILABLE || availability.provesRemoval(),
                OptionalInt.of(answer.status()),
                "HTTP " + answer.status() + ": " + detail,
                Optional.of(answer.bodyHash()));
    }

    static Look up(Response answer, String detail) {
        return seen(Availability.AVAILABLE, answer, detail);
    }

    static Look missing(Response answer, String detail) {
        return seen(Availability.GONE_UNATTRIBUTED, answer, detail);
    }

    static Look unknown(UnknownReason reason, Response answer, String detail) {
        return unknown(
                reason,
                OptionalInt.of(answer.status()),
                "HTTP " + answer.status() + ": " + detail,
                Optional.of(answer.bodyHash()));
    }

    static Look unknown(UnknownReason reason, OptionalInt status, String detail, Optional<String> hash) {
        return new Look(Availability.UNKNOWN, false, status, detail, hash, Optional.of(reason));
    }

    /** An answer that is no word on the item, whatever was asked: its walls first, then its status. */
    static Look noWord(Response answer, Round round) {
        Optional<Wall> wall = Wall.in(answer);
        if (wall.isPresent()) {
            return unknown(wall.get().reason(), answer, wall.get().words()).comingBack(answer.retryAfter(round.now()));
        }
        if (answer.status() == 451) {
            // RFC 7725: refused for legal reasons, mostly in the visitor's country
            return seen(Availability.GEO_BLOCKED, answer, "blocked for legal reasons");
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            return unknown(UnknownReason.OTHER_PAGE, answer, "leads elsewhere");
        }
        if (answer.status() == 200 && answer.body().length == 0) {
            return unknown(UnknownReason.EMPTY_ANSWER, answer, "nothing in it");
        }
        return unknown(UnknownReason.of(answer.status()), answer, "no word on the item")
                .comingBack(
                        UnknownReason.of(answer.status()) == UnknownReason.RATE_LIMITED || answer.status() == 503
                                ? answer.retryAfter(round.now())
                                : Optional.empty());
    }

    /** The answer as one JSON object; missing where it is anything else. */
    static JsonNode object(Response answer) {
        try {
            JsonNode node = JSON.readTree(answer.body());
            return node != null && node.isObject() ? node : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
