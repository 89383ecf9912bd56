package org.takedownhub.identity;

import java.net.URI;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.ContentKey;

/**
 * What is behind the address of one case.
 *
 * @param tries how often it was asked before
 */
record Question(CaseReference reference, Kind kind, URI url, int tries) {

    enum Kind {
        /** An address that only says where to ask. */
        SHORT_LINK,
        /** An account of the AT Protocol by its changeable name. */
        AT_HANDLE,
        /** A fediverse post as another server shows it. */
        REMOTE_VIEW
    }

    /** What there is to ask about content, if the network can tell more than its address. */
    static Optional<Kind> about(ContentIdentity identity) {
        if (!identity.weak()) {
            return Optional.empty();
        }
        return switch (identity.key().platform()) {
            case "short" -> Optional.of(Kind.SHORT_LINK);
            case "at" -> Optional.of(Kind.AT_HANDLE);
            case "ap" -> Optional.of(Kind.REMOTE_VIEW).filter(kind -> isRemote(identity));
            default -> Optional.empty();
        };
    }

    private static boolean isRemote(ContentIdentity identity) {
        return identity.key().type().equals("status")
                && identity.accountKey()
                        .filter(account -> !home(new ContentKey(account)).equals(identity.host()))
                        .isPresent();
    }

    /** The server of a fediverse account, from {@code ap:account:name@server}. */
    static String home(ContentKey account) {
        return account.id().substring(account.id().lastIndexOf('@') + 1);
    }
}
