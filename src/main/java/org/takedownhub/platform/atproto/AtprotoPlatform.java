package org.takedownhub.platform.atproto;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.MediaAddresses;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp;

/**
 * Bluesky and other services of the AT Protocol. Reports go through our account's PDS to a moderation service; that
 * service's labels, the account's status and the record at its author's PDS say what became of the content. Written
 * against the lexicons of August 2026.
 */
final class AtprotoPlatform implements Platform {

    private final AtprotoSettings settings;
    private final Clock clock;
    private final Xrpc xrpc;
    private final Session session;
    private final Identities identities;
    private final Repositories repositories;
    private final Looks looks;
    private final Reports reports;

    AtprotoPlatform(AtprotoSettings settings, SafeHttp http, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.xrpc = new Xrpc(http, clock);
        this.session = new Session(xrpc, settings, clock);
        this.identities = new Identities(xrpc, settings);
        this.repositories = new Repositories(xrpc, settings, identities);
        this.looks = new Looks(xrpc, settings, identities, repositories, clock);
        this.reports = new Reports(
                xrpc,
                settings,
                session,
                identities,
                repositories,
                new ModerationService(identities, repositories, settings, clock));
    }

    @Override
    public String instance() {
        return settings.instance();
    }

    @Override
    public String kind() {
        return AtprotoPlatformFactory.KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        return List.of(
                "reports records and accounts to " + settings.labeler(),
                "sees takedowns by that service's labels, deletions by the author, and suspended accounts",
                "cannot withdraw a report, and is not told of a decision not to act");
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        return reports.refer(notice);
    }

    @Override
    public List<Look> look(List<Content> contents) {
        return looks.at(contents);
    }

    @Override
    public Capture capture(Content content) {
        try {
            Subject subject = identities.subject(content);
            Xrpc.Answer answer = repositories.current(subject);
            boolean served = subject.isAccount()
                    ? answer.ok() && !Repositories.isInactive(answer)
                    : Repositories.isRecord(answer, subject);
            if (!served) {
                throw new PlatformUnavailable("The content is not served (" + answer.refusal() + ")", Optional.empty());
            }
            return new Capture(
                    subject.isAccount() ? "GET com.atproto.repo.describeRepo" : "GET com.atproto.repo.getRecord",
                    answer.status(),
                    answer.response().header("content-type").orElse("application/json"),
                    answer.response().body(),
                    named(subject, answer),
                    subject.isAccount() ? List.of() : MediaAddresses.of(repositories.media(subject, answer)));
        } catch (UnresolvedIdentity e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, String> named(Subject subject, Xrpc.Answer answer) {
        Map<String, String> identities = new HashMap<>();
        identities.put("did", subject.repository());
        identities.put("uri", subject.uri());
        if (Repositories.isRecord(answer, subject)) {
            identities.put("cid", answer.json().path("cid").asText());
        }
        return identities;
    }

    @Override
    public void checkConnection() {
        checkAccount();
        checkLabeler();
    }

    private void checkAccount() {
        try {
            Xrpc.Answer answer = session.with(authorization ->
                    xrpc.query(settings.pds(), "com.atproto.server.getSession", new Xrpc.Parameters(), authorization));
            if (!answer.ok() || !answer.json().path("did").isTextual()) {
                throw new PlatformUnavailable(
                        "The PDS does not know our session: check " + settings.nameOf("base-url") + " ("
                                + answer.refusal() + ")",
                        Optional.empty());
            }
        } catch (SignInRefused e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /** The labels of some other service would be empty for ever, and everything would seem to be up. */
    private void checkLabeler() {
        try {
            URI published = identities
                    .service(settings.labeler(), "#atproto_labeler")
                    .orElseThrow(() -> new UnresolvedIdentity("it is no moderation service"));
            if (!Identities.sameOrigin(published, settings.labelerUrl())) {
                throw new PlatformUnavailable(
                        "The moderation service is at another address than " + settings.nameOf("labeler-url")
                                + " says: " + published,
                        Optional.empty());
            }
        } catch (UnresolvedIdentity e) {
            throw new PlatformUnavailable("Check " + settings.nameOf("labeler") + ": " + e.getMessage(), e);
        }
        Labels.of(List.of(settings.labeler()), xrpc, settings, clock.instant());
    }
}
