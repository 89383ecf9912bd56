package org.takedownhub.platform.mastodon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
 * Looks whether posts and accounts are still up, as the public sees them. Only the API's own answer counts: 404 and 410
 * with its JSON error are a miss; a page, half an answer, 401, 403, 429 or 5xx is nobody's word. A miss is checked
 * against a post that is up in the same round: another one of the round, or a control post. Where the API shows the
 * public nothing, our account looks, and a miss counts only where the public page is missing, too: an account can block
 * ours.
 */
final class MastodonWatch {

    private static final int CANDIDATES = 5;
    private static final int MOST_SILENT = 3;

    private final MastodonApi api;
    private final MastodonTargets targets;
    private final MastodonSettings settings;
    private final MastodonServer server;
    private volatile @Nullable String control;

    MastodonWatch(MastodonApi api, MastodonTargets targets, MastodonSettings settings, MastodonServer server) {
        this.api = api;
        this.targets = targets;
        this.settings = settings;
        this.server = server;
    }

    List<Look> look(List<Content> contents) {
        List<Look> looks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int silent = 0;
        for (Content content : contents) {
            // a platform that is down would cost the whole time limit for each item of the round
            Look look = silent < MOST_SILENT
                    ? look(content, seen)
                    : Look.unknown(UnknownReason.UNREACHABLE, "The platform does not answer");
            silent += look.httpStatus().isEmpty() ? 1 : 0;
            looks.add(look);
        }
        if (looks.stream().noneMatch(look -> look.availability().isMiss())) {
            return looks;
        }
        boolean alive = looks.stream().anyMatch(Look::controlAlive) || controlAlive(seen);
        return looks.stream()
                .map(look -> look.availability().isMiss() ? besideControl(look, alive) : look)
                .toList();
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

    private Look look(Content content, Set<String> seen) {
        if (server.dialect().readsSignedIn() && api.token().isEmpty()) {
            return Look.unknown(
                    UnknownReason.NOT_ALLOWED,
                    settings.secret().setting() + " holds no access token, and this server shows the public nothing");
        }
        try {
            if (targets.isAccount(content)) {
                return confirmed(content, account(targets.read(targets.accountPath(content))));
            }
            Optional<String> id = targets.statusId(content);
            if (id.isEmpty()) {
                return Look.unknown(
                        UnknownReason.CONTRACT_CHANGED, "The platform did not say which post this address is");
            }
            seen.add(id.get());
            return confirmed(content, status(id.get(), content, targets.read(statusPath(id.get()))));
        } catch (PlatformUnavailable e) {
            return Look.unanswered(e);
        }
    }

    private Look confirmed(Content content, Look look) {
        if (!look.availability().isMiss() || !server.dialect().readsSignedIn()) {
            return look;
        }
        int status = api.readPage(targets.publicPage(content)).status();
        return status == 404 || status == 410
                ? look
                : Look.unknown(
                        UnknownReason.NOT_ALLOWED,
                        "Our account does not see it (HTTP " + look.httpStatus().orElse(0)
                                + "), but its public page answers HTTP " + status);
    }

    private Look status(String id, Content content, Response answer) {
        if (answer.status() == 200) {
            return isStatus(answer, id)
                    ? seen(Availability.AVAILABLE, answer, "the post")
                    : seen(Availability.UNKNOWN, answer, "not the post that was asked for");
        }
        if (!MastodonApi.isMissing(answer)) {
            return seen(
                    answer.status() == 451 ? Availability.GEO_BLOCKED : Availability.UNKNOWN,
                    answer,
                    "no word on the post");
        }
        String accountId = content.identities().get(MastodonPlatform.ACCOUNT_ID);
        return Entities.isId(accountId) && accountSuspended(accountId)
                ? seen(Availability.ACCOUNT_SUSPENDED, answer, "no such post, and its account is suspended")
                : seen(Availability.GONE_UNATTRIBUTED, answer, "no such post");
    }

    private boolean accountSuspended(String accountId) {
        try {
            return account(targets.read("api/v1/accounts/" + accountId)).availability()
                    == Availability.ACCOUNT_SUSPENDED;
        } catch (PlatformUnavailable e) {
            // the miss stands by itself; whose doing it was is told by a later look
            return false;
        }
    }

    private static Look account(Response answer) {
        if (answer.status() == 200) {
            return MastodonApi.entity(answer, Entities.Account.class)
                    .filter(account -> Entities.isId(account.id()))
                    .map(account -> Boolean.TRUE.equals(account.suspended())
                            ? seen(Availability.ACCOUNT_SUSPENDED, answer, "the account is suspended")
                            : seen(Availability.AVAILABLE, answer, "the account"))
                    .orElseGet(() -> seen(Availability.UNKNOWN, answer, "not an account"));
        }
        if (!MastodonApi.isMissing(answer)) {
            return seen(Availability.UNKNOWN, answer, "no word on the account");
        }
        return answer.status() == 410
                ? seen(Availability.ACCOUNT_SUSPENDED, answer, "the account is suspended")
                : seen(Availability.GONE_UNATTRIBUTED, answer, "no such account");
    }

    private static boolean isStatus(Response answer, String id) {
        return answer.status() == 200
                && MastodonApi.entity(answer, Entities.Status.class)
                        .filter(status -> status.complete() && id.equals(status.id()))
                        .isPresent();
    }

    private static Look seen(Availability availability, Response answer, String detail) {
        return new Look(
                availability,
                availability == Availability.AVAILABLE,
                OptionalInt.of(answer.status()),
                "HTTP " + answer.status() + ": " + detail,
                Optional.of(answer.bodyHash()),
                availability == Availability.UNKNOWN ? Optional.of(UnknownReason.of(answer)) : Optional.empty());
    }

    private boolean controlAlive(Set<String> besides) {
        try {
            Optional<String> fixed = settings.controlStatus();
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
        String path = "api/v1/timelines/public?local=true&limit=20";
        Response answer = api.read(path);
        if (answer.status() != 200 && api.token().isPresent()) {
            // many servers show their timeline to their own accounts only
            answer = api.readSignedIn(path);
        }
        List<String> candidates = Arrays.stream(
                        MastodonApi.entity(answer, Entities.Status[].class).orElse(new Entities.Status[0]))
                .filter(status -> status != null && status.complete() && !besides.contains(status.id()))
                .map(Entities.Status::id)
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

    private boolean isUp(String id) {
        return isStatus(targets.read(statusPath(id)), id);
    }

    static String statusPath(String id) {
        return "api/v1/statuses/" + id;
    }
}
