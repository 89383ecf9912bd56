package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Uncertain;

/**
 * Hands a report to an inbox.
 *
 * <p><b>Sent or not?</b> The activity's id is made from the notice's idempotency key, and a server drops an activity whose
 * id it has seen (ActivityPub section 5.2, "MUST"). So when no answer comes, or one that leaves it open (408, 5xx), the
 * same bytes are sent <em>once</em> more: a receiver that keeps to the standard has one report either way, and one that
 * does not (Mastodon makes a second report of it) has two with the same id and words, never a report that nobody knows
 * of. What is still open after that is {@link Uncertain}: without an end to the repeating, a Mastodon server whose answers
 * get lost would be flooded. 400, 401 and 403 certainly had no effect: the signature is looked at before the activity
 * (PeerTube answers 403 to one it cannot read), and the other kind of signature may follow.
 *
 * <p><b>What an answer means.</b> 2xx says that the activity is queued. Whether moderators see it, or a block of our
 * domain drops it in silence, nobody tells the sender: only the look whether the item is still up does.
 */
final class Delivery {

    private static final String CONTRACT = "contract";
    private static final int LONGEST_WORDS = 200;
    /** These two inboxes may differ: a server without a shared inbox at the address it names. */
    private static final Set<Integer> NO_INBOX_HERE = Set.of(404, 405, 410);

    private final Fediverse fediverse;
    private final Hosts hosts;
    private final String instance;
    private final ActivityPubSettings settings;
    private final PlatformAlarms alarms;
    private final Clock clock;
    /** One alarm for all of them: strangers must not be able to raise as many as they have names. */
    private volatile @Nullable String strangeHost;

    Delivery(
            Fediverse fediverse,
            Hosts hosts,
            String instance,
            ActivityPubSettings settings,
            PlatformAlarms alarms,
            Clock clock) {
        this.fediverse = fediverse;
        this.hosts = hosts;
        this.instance = instance;
        this.settings = settings;
        this.alarms = alarms;
        this.clock = clock;
    }

    /**
     * @param flagId     the activity's id
     * @param inboxes    where to, the shared one first; all on the same host
     * @param identities what the item is called there
     * @throws PlatformUnavailable it certainly was not taken
     */
    ReferralAnswer deliver(byte[] flag, URI flagId, List<URI> inboxes, SigningKey key, Map<String, String> identities) {
        String found = "names no inbox that reports could go to";
        for (URI inbox : inboxes) {
            Sent sent = send(inbox, flag, key);
            if (sent.open() || !NO_INBOX_HERE.contains(sent.status())) {
                return answer(sent, flagId, inbox, identities);
            }
            found = "has no inbox where it says (HTTP " + sent.status() + ")";
        }
        return new NeedsPerson("The server " + found + ": hand the notice in");
    }

    /**
     * @param response empty when none came
     * @param open     an earlier try of the same bytes may have been taken
     */
    private record Sent(Optional<Response> response, boolean open) {
        int status() {
            return response.map(Response::status).orElse(0);
        }
    }

    private Sent send(URI inbox, byte[] flag, SigningKey key) {
        String host = HttpSignatures.authority(inbox);
        Sent sent = new Sent(Optional.empty(), false);
        for (SignatureKind kind : fediverse.kinds(host)) {
            sent = sendTwice(kind, key, inbox, flag);
            if (isSuccess(sent.status())) {
                fediverse.took(host, kind);
            }
            if (!Fediverse.REFUSED_SIGNATURES.contains(sent.status())
                    || sent.response().filter(Delivery::isPage).isPresent()) {
                return sent;
            }
        }
        return sent;
    }

    private Sent sendTwice(SignatureKind kind, SigningKey key, URI inbox, byte[] flag) {
        Sent first = sendOnce(kind, key, inbox, flag, false);
        boolean open = first.response().isEmpty()
                || first.status() == 408
                || first.status() >= 500 && !saysWhenToComeBack(first);
        return open ? sendOnce(kind, key, inbox, flag, true) : first;
    }

    private Sent sendOnce(SignatureKind kind, SigningKey key, URI inbox, byte[] flag, boolean again) {
        try {
            return new Sent(Optional.of(fediverse.post(kind, key, inbox, flag)), again);
        } catch (NoAnswer e) {
            return new Sent(Optional.empty(), again);
        } catch (NothingRead e) {
            if (again) {
                return new Sent(Optional.empty(), true);
            }
            throw e.unavailable();
        }
    }

    private boolean saysWhenToComeBack(Sent sent) {
        return sent.status() == 503
                && sent.response()
                        .flatMap(response -> response.retryAfter(clock.instant()))
                        .isPresent();
    }

    private ReferralAnswer answer(Sent sent, URI flagId, URI inbox, Map<String, String> identities) {
        if (sent.response().isEmpty()) {
            return uncertain(flagId, "it did not answer, twice");
        }
        Response response = sent.response().get();
        int status = response.status();
        if (isSuccess(status)) {
            if (isPage(response)) {
                return strange(flagId, inbox, "with a page");
            }
            asDocumented(inbox);
            return new Receipt(flagId.toString(), clock.instant(), identities);
        }
        if (sent.open()) {
            return uncertain(flagId, "it answered HTTP " + status + " when it was sent again");
        }
        if (status == 429) {
            throw fediverse.busy(HttpSignatures.authority(inbox), response).unavailable();
        }
        if (saysWhenToComeBack(sent)) {
            hosts.busy(HttpSignatures.authority(inbox), response.retryAfter(clock.instant()));
            throw PlatformUnavailable.ofOneHost(
                    inbox.getHost() + " answered 503: come back later", response.retryAfter(clock.instant()));
        }
        if (status < 400) {
            return strange(flagId, inbox, "HTTP " + status);
        }
        if (isPage(response)) {
            throw PlatformUnavailable.ofOneHost(
                    "Something in front of " + inbox.getHost() + " answered HTTP " + status + " with a page",
                    response.retryAfter(clock.instant()));
        }
        return switch (status) {
            case 401 -> new NeedsPerson(inbox.getHost() + " does not accept our signature (HTTP 401: " + words(response)
                    + "). It has to be able to fetch our actor: check options.public-url and "
                    + settings.secret().setting() + ", or hand the notice in");
            case 403 -> new NeedsPerson(inbox.getHost() + " takes no reports from our actor (HTTP 403: "
                    + words(response) + "): it blocks it, or cannot fetch it. Hand the notice in");
            default -> new PlatformRefusal(
                    inbox.getHost() + " refuses the report with HTTP " + status + ": " + words(response));
        };
    }

    private Uncertain strange(URI flagId, URI inbox, String answer) {
        strangeHost = inbox.getHost();
        alarms.raise(
                instance,
                CONTRACT,
                inbox.getHost() + " answered a report " + answer + ", which no inbox of ActivityPub does: ask its"
                        + " moderators whether reports arrive, and see what stands in front of it");
        return uncertain(flagId, "it answered " + answer + ", which no inbox does");
    }

    private void asDocumented(URI inbox) {
        String strange = strangeHost;
        if (strange == null || strange.equals(inbox.getHost())) {
            strangeHost = null;
            alarms.clear(instance, CONTRACT);
        }
    }

    private static Uncertain uncertain(URI flagId, String why) {
        return new Uncertain("Nobody knows whether the server took the report: " + why
                + ". Its moderators would have it under " + flagId);
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static boolean isPage(Response response) {
        return response.body().length > 0
                && response.header("content-type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains("html");
    }

    /** A server's words go into what a caseworker reads: one line, and not too long. */
    private static String words(Response response) {
        String text = new String(response.body(), StandardCharsets.UTF_8)
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return text.length() <= LONGEST_WORDS ? text : text.substring(0, LONGEST_WORDS) + "…";
    }
}
