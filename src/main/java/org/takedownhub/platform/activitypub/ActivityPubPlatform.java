package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.MediaAddresses;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;
import org.takedownhub.platform.activitypub.Readings.Missing;
import org.takedownhub.platform.activitypub.Readings.Present;
import org.takedownhub.platform.activitypub.Readings.Reading;
import org.takedownhub.platform.activitypub.Readings.Unclear;

/**
 * All of the fediverse that no other instance of the settings serves: <a href="https://www.w3.org/TR/activitypub/">
 * ActivityPub</a>, server to server, without an account anywhere. How a lost answer is dealt with, and what a receipt
 * means, is told at {@link Delivery}.
 */
final class ActivityPubPlatform implements Platform {

    private static final Set<UnknownReason> PASSING = Set.of(
            UnknownReason.TIME_OUT,
            UnknownReason.UNREACHABLE,
            UnknownReason.SERVER_ERROR,
            UnknownReason.RATE_LIMITED,
            UnknownReason.NOT_ASKED);

    private final String instance;
    private final ActivityPubSettings settings;
    private final SafeHttp http;
    private final Actor actor;
    private final Fediverse fediverse;
    private final Readings readings;
    private final FediverseWatch watch;
    private final Delivery delivery;

    ActivityPubPlatform(
            String instance, ActivityPubSettings settings, SafeHttp http, PlatformAlarms alarms, Clock clock) {
        this.instance = instance;
        this.settings = settings;
        this.http = http;
        this.actor = new Actor(settings);
        Hosts hosts = new Hosts(clock);
        this.fediverse = new Fediverse(settings, actor, http, hosts, clock);
        this.readings = new Readings(settings, fediverse);
        this.watch = new FediverseWatch(readings, clock);
        this.delivery = new Delivery(fediverse, hosts, instance, settings, alarms, clock);
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return ActivityPubPlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        return List.of(
                "reports posts, videos and accounts of any fediverse server, as " + actor.account(),
                "a receipt means queued: no server says whether its moderators see a report",
                "sees whether posts, videos and accounts are still up");
    }

    /** Whose documents the hub shows to the world. */
    Actor actor() {
        return actor;
    }

    Optional<SigningKey> key() {
        return fediverse.key();
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        Optional<SigningKey> key = fediverse.key();
        if (key.isEmpty()) {
            return new NeedsPerson(noKey() + ", or hand the notice in");
        }
        try {
            Reading reading = readings.of(notice.content());
            if (!(reading instanceof Present present)) {
                return notThere(notice, reading);
            }
            return present.document().isActor()
                    ? report(notice, key.get(), present, Optional.empty())
                    : reportItem(notice, key.get(), present);
        } catch (NothingRead e) {
            throw e.unavailable();
        }
    }

    private ReferralAnswer reportItem(Notice notice, SigningKey key, Present item) {
        Optional<URI> author = item.document().author().filter(uri -> sameHost(uri, item.uri()));
        if (author.isEmpty()) {
            return new NeedsPerson("The server does not say whose item this is: hand the notice in");
        }
        Reading account = readings.at(author.get());
        if (account instanceof Present present && present.document().isActor()) {
            return report(notice, key, present, Optional.of(item.document()));
        }
        if (account instanceof Unclear unclear && PASSING.contains(unclear.reason())) {
            throw passing(unclear);
        }
        return new NeedsPerson("The author's account could not be read (" + account.detail() + "): hand the notice in");
    }

    private ReferralAnswer report(Notice notice, SigningKey key, Present account, Optional<Document> item) {
        Document document = account.document();
        if (document.suspended()) {
            return new ContentGone("The account is suspended");
        }
        // whoever names an inbox on another host could have us call strangers
        List<URI> inboxes = Stream.of(document.sharedInbox(), document.inbox())
                .flatMap(Optional::stream)
                .map(settings::callable)
                .flatMap(Optional::stream)
                .filter(inbox -> sameHost(inbox, account.uri()))
                .distinct()
                .toList();
        Map<String, String> identities = new LinkedHashMap<>();
        item.ifPresent(found -> identities.put(Readings.URI_OF_ITEM, found.id().toString()));
        identities.put(Readings.ACTOR, document.id().toString());
        return delivery.deliver(
                Flag.of(notice, actor, document, item),
                actor.flagId(notice.idempotencyKey()),
                inboxes,
                key,
                identities);
    }

    private boolean sameHost(URI one, URI other) {
        return settings.callable(one)
                .filter(uri -> uri.resolve("/").equals(other.resolve("/")))
                .isPresent();
    }

    private ReferralAnswer notThere(Notice notice, Reading reading) {
        if (reading instanceof Missing missing) {
            return missing.said() || look(List.of(notice.content())).get(0).controlAlive()
                    ? new ContentGone("The server says that it is not there: " + missing.detail())
                    : new NeedsPerson("The server answers HTTP "
                            + missing.response().status()
                            + ", and nothing else on it could be seen: look there whether it is still up");
        }
        Unclear unclear = (Unclear) reading;
        if (PASSING.contains(unclear.reason())) {
            throw passing(unclear);
        }
        return new NeedsPerson(
                switch (unclear.reason()) {
                    case NO_INTERFACE -> "This address does not speak ActivityPub: hand the notice in";
                    case NOT_ALLOWED -> "The server does not let our actor read this: hand the notice in";
                    default -> "The server does not show this item (" + unclear.detail() + "): hand the notice in";
                });
    }

    private PlatformUnavailable passing(Unclear unclear) {
        return PlatformUnavailable.ofOneHost(
                "The server answered "
                        + unclear.status().stream()
                                .mapToObj(status -> "HTTP " + status)
                                .findFirst()
                                .orElse("nothing")
                        + " instead of the item",
                Optional.empty());
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return watch.look(contents);
    }

    @Override
    public Capture capture(Content content) {
        Reading reading;
        try {
            reading = readings.of(content);
        } catch (NothingRead e) {
            throw e.unavailable();
        }
        if (!(reading instanceof Present present)) {
            throw PlatformUnavailable.ofOneHost("There is nothing to keep: " + reading.detail(), Optional.empty());
        }
        Document document = present.document();
        Map<String, String> identities = new LinkedHashMap<>();
        if (document.isActor()) {
            identities.put(Readings.ACTOR, document.id().toString());
        } else {
            identities.put(Readings.URI_OF_ITEM, document.id().toString());
            document.author()
                    .filter(author -> sameHost(author, present.uri()))
                    .ifPresent(author -> identities.put(Readings.ACTOR, author.toString()));
        }
        return new Capture(
                "GET " + present.uri(),
                present.response().status(),
                present.response().header("content-type").orElse(Actor.ACTIVITY_JSON),
                present.response().body(),
                identities,
                MediaAddresses.of(Document.media(present.response())));
    }

    /** Fetches our own actor as strangers do: nobody believes our signatures when that does not work. */
    @Override
    public void checkConnection() {
        SigningKey key = fediverse.key().orElseThrow(() -> new PlatformUnavailable(noKey(), Optional.empty()));
        Response answer = http.read(Request.get(actor.id(), Map.of("Accept", Fediverse.ACCEPT)));
        boolean ours = answer.status() == 200
                && Document.of(answer)
                        .filter(document -> document.id().equals(actor.id()))
                        .isPresent()
                && Document.json(answer)
                        .map(document ->
                                document.path("publicKey").path("publicKeyPem").asText())
                        .flatMap(ActivityPubPlatform::publicKey)
                        .filter(key.publicKey()::equals)
                        .isPresent();
        if (!ours) {
            throw new PlatformUnavailable(
                    actor.id() + " answers HTTP " + answer.status()
                            + " and not with our actor and its key: mend takedown.platforms." + instance
                            + ".options.public-url, or what stands in front of the hub. The actor of a new entry is shown once"
                            + " its settings are in force",
                    Optional.empty());
        }
    }

    private static Optional<PublicKey> publicKey(String pem) {
        String lines = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "");
        try {
            return Optional.of(KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(lines))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String noKey() {
        return settings.secret().setting()
                + " names a place that holds no RSA private key of at least 2048 bits in PEM (PKCS #8): mend it";
    }
}
