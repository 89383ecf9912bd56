package org.takedownhub.platform.mastodon;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * Finds what the server itself calls an item: every server numbers posts and accounts in its own way, also those of
 * other servers. An address on the server holds that number; any other has to be searched for.
 */
final class MastodonTargets {

    private static final Pattern POST_OF = Pattern.compile(
            "/(?:@|users/)([A-Za-z0-9_.-]{1,100}(?:@[A-Za-z0-9.:-]{1,260})?)/(?:statuses/)?([0-9A-Za-z]{1,64})");
    private static final Pattern PIXELFED_POST = Pattern.compile("/p/[A-Za-z0-9_.-]{1,100}/([0-9]{1,20})");

    private final String instance;
    private final MastodonApi api;
    private final MastodonSettings settings;
    private final MastodonServer server;

    MastodonTargets(String instance, MastodonApi api, MastodonSettings settings, MastodonServer server) {
        this.instance = instance;
        this.api = api;
        this.settings = settings;
        this.server = server;
    }

    /** Either what to report, or why it cannot be. */
    sealed interface Target permits Found, Ended {}

    /** @param statusIds empty when the account itself is reported */
    record Found(String accountId, List<String> statusIds, Map<String, String> identities) implements Target {}

    record Ended(ReferralAnswer answer) implements Target {}

    boolean isAccount(Content content) {
        return content.key().platform().equals("ap") && content.key().type().equals("account");
    }

    String accountPath(Content content) {
        String known = content.identities().get(MastodonPlatform.ACCOUNT_ID);
        if (Entities.isId(known)) {
            return "api/v1/accounts/" + known;
        }
        String name = content.key().id();
        int at = name.lastIndexOf('@');
        boolean local =
                at > 0 && settings.hosts().contains(name.substring(at + 1).toLowerCase(Locale.ROOT));
        return "api/v1/accounts/lookup?acct=" + MastodonApi.encoded(local ? name.substring(0, at) : name);
    }

    /**
     * The server's number of a post.
     *
     * @throws PlatformUnavailable it had to be searched for, and there was no answer
     */
    Optional<String> statusId(Content content) {
        return knownStatusId(content).or(() -> firstStatus(search(content)).map(Entities.Status::id));
    }

    private Optional<String> knownStatusId(Content content) {
        return Optional.ofNullable(content.identities().get(MastodonPlatform.STATUS_ID))
                .or(() -> ownNumber(content.key()))
                .or(() -> pixelfedNumber(content.url()))
                .filter(Entities::isId);
    }

    /** {@code ap:status:host/number} on one of the server's hosts; Pleroma calls them notices. */
    private Optional<String> ownNumber(ContentKey key) {
        int slash = key.id().lastIndexOf('/');
        boolean own = key.platform().equals("ap")
                && (key.type().equals("status") || key.type().equals("notice"))
                && slash > 0
                && settings.hosts().contains(key.id().substring(0, slash).toLowerCase(Locale.ROOT));
        return own ? Optional.of(key.id().substring(slash + 1)) : Optional.empty();
    }

    /** {@code /p/user/number} on one of the server's hosts. */
    private Optional<String> pixelfedNumber(URI url) {
        Matcher post = PIXELFED_POST.matcher(String.valueOf(url.getPath()));
        return server.dialect() == Dialect.PIXELFED && isOurs(url) && post.matches()
                ? Optional.of(post.group(1))
                : Optional.empty();
    }

    private boolean isOurs(URI url) {
        return url.getRawAuthority() != null
                && settings.hosts().contains(url.getRawAuthority().toLowerCase(Locale.ROOT));
    }

    /** Whose post an address on this server says it is; who it really is, only the server knows. */
    Optional<String> authorInAddress(Content content) {
        Matcher post = POST_OF.matcher(String.valueOf(content.url().getPath()));
        return isOurs(content.url()) && post.matches()
                ? Optional.of(post.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** The page that the public sees; GoToSocial knows no shorter address of a post than this. */
    URI publicPage(Content content) {
        Matcher post = POST_OF.matcher(String.valueOf(content.url().getPath()));
        return server.dialect() == Dialect.GOTOSOCIAL && isOurs(content.url()) && post.matches()
                ? content.url().resolve("/@" + post.group(1) + "/statuses/" + post.group(2))
                : content.url();
    }

    /** Reads what a look is about: as the public does, where the server shows the public anything. */
    Response read(String path) {
        return server.dialect().readsSignedIn() ? api.readSignedIn(path) : api.read(path);
    }

    private Response search(Content content) {
        String uri = content.identities()
                .getOrDefault(MastodonPlatform.URI, content.url().toString());
        return api.readSignedIn("api/v2/search?type=statuses&resolve=true&limit=1&q=" + MastodonApi.encoded(uri));
    }

    private Optional<Entities.Status> firstStatus(Response answer) {
        if (answer.status() != 200) {
            throw notRead(answer, "the search (scope read:search)");
        }
        return MastodonApi.entity(answer, Entities.Search.class)
                .map(Entities.Search::statuses)
                .orElseThrow(() -> notRead(answer, "the search"))
                .stream()
                .filter(status -> status != null && status.complete())
                .findFirst();
    }

    /** @throws PlatformUnavailable the server could not be asked */
    Target find(Content content) {
        if (isAccount(content)) {
            return account(content);
        }
        Map<String, String> known = content.identities();
        if (Entities.isId(known.get(MastodonPlatform.STATUS_ID))
                && Entities.isId(known.get(MastodonPlatform.ACCOUNT_ID))) {
            return found(known.get(MastodonPlatform.ACCOUNT_ID), known.get(MastodonPlatform.STATUS_ID), known);
        }
        Optional<String> number = knownStatusId(content);
        boolean missing = false;
        if (number.isPresent()) {
            Response answer = read(MastodonWatch.statusPath(number.get()));
            if (answer.status() == 200) {
                return found(MastodonApi.entity(answer, Entities.Status.class)
                        .filter(status -> status.complete() && number.get().equals(status.id()))
                        .orElseThrow(() -> notRead(answer, "the post")));
            }
            // what our account does not see is not gone for that: it may be blocked
            missing = MastodonApi.isMissing(answer) && !server.dialect().readsSignedIn();
            if (!MastodonApi.isMissing(answer) && answer.status() != 401 && answer.status() != 403) {
                throw notRead(answer, "the post");
            }
        }
        // our account may see what the public does not: a post for followers, a server that shows the public nothing
        return searched(content, missing);
    }

    private Target searched(Content content, boolean missing) {
        Response answer = search(content);
        if (isRefused(answer)) {
            return credentials("search (scope read:search)");
        }
        Optional<Entities.Status> status = firstStatus(answer);
        if (status.isPresent()) {
            return found(status.get());
        }
        return new Ended(
                missing
                        ? new ContentGone("The platform says that there is no such post")
                        : new NeedsPerson(instance + " does not show this post to our account: look there whether it is"
                                + " still up, and hand the notice in"));
    }

    private Target account(Content content) {
        Response answer = api.readSignedIn(accountPath(content));
        if (answer.status() == 200) {
            String id = MastodonApi.entity(answer, Entities.Account.class)
                    .map(Entities.Account::id)
                    .filter(Entities::isId)
                    .orElseThrow(() -> notRead(answer, "the account"));
            return new Found(id, List.of(), Map.of(MastodonPlatform.ACCOUNT_ID, id));
        }
        if (MastodonApi.isMissing(answer)) {
            return new Ended(new ContentGone("The platform says that there is no such account"));
        }
        if (isRefused(answer)) {
            return credentials("read accounts (scope read:accounts)");
        }
        throw notRead(answer, "the account");
    }

    private Ended credentials(String what) {
        return new Ended(new NeedsPerson("The platform does not let our account " + what + ": mend "
                + settings.secret().setting() + ", or hand the notice in"));
    }

    private static boolean isRefused(Response answer) {
        return (answer.status() == 401 || answer.status() == 403)
                && MastodonApi.failure(answer).isPresent();
    }

    private PlatformUnavailable notRead(Response answer, String what) {
        return new PlatformUnavailable(
                instance + " answered HTTP " + answer.status() + " instead of " + what, api.retryAfter(answer));
    }

    private static Found found(Entities.Status status) {
        return found(
                String.valueOf(
                        status.account() == null ? null : status.account().id()),
                String.valueOf(status.id()),
                Map.of(MastodonPlatform.URI, String.valueOf(status.uri())));
    }

    private static Found found(String accountId, String statusId, Map<String, String> known) {
        Map<String, String> identities = new HashMap<>(known);
        identities.put(MastodonPlatform.ACCOUNT_ID, accountId);
        identities.put(MastodonPlatform.STATUS_ID, statusId);
        return new Found(accountId, List.of(statusId), identities);
    }
}
