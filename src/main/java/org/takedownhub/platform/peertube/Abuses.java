package org.takedownhub.platform.peertube;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * Our reports as the server shows them to us, {@code GET /api/v1/users/me/abuses}: a hundred at a time, the newest
 * first, and older ones by their number, some in each
 * round.
 */
final class Abuses {

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 5;
    private static final int MOST_SINGLY = 20;

    private final String instance;
    private final PeerTubeApi api;

    Abuses(String instance, PeerTubeApi api) {
        this.instance = instance;
        this.api = api;
    }

    /**
     * Those of these reports that the server shows us.
     *
     * @throws PlatformUnavailable it could not be asked
     * @throws SignInRefused       the server does not let our account in
     */
    Map<Long, Wire.Abuse> find(Collection<Long> numbers) {
        Set<Long> wanted = new TreeSet<>(numbers);
        Map<Long, Wire.Abuse> found = new HashMap<>();
        for (int page = 0; wanted.size() > 1 && page < MOST_PAGES; page++) {
            List<Wire.Abuse> some =
                    read("users/me/abuses?start=" + page * PAGE + "&count=" + PAGE + "&sort=-createdAt");
            some.forEach(abuse -> keep(abuse, wanted, found));
            if (some.size() < PAGE) {
                return found;
            }
        }
        List<Long> rest = new ArrayList<>(wanted);
        Collections.shuffle(rest);
        for (Long number : rest.subList(0, Math.min(rest.size(), MOST_SINGLY))) {
            try {
                read("users/me/abuses?id=" + number + "&start=0&count=1").forEach(abuse -> keep(abuse, wanted, found));
            } catch (PlatformUnavailable e) {
                if (found.isEmpty()) {
                    throw e;
                }
                // what was read counts; the rest has its turn again
                return found;
            }
        }
        return found;
    }

    private static void keep(Wire.Abuse abuse, Set<Long> wanted, Map<Long, Wire.Abuse> found) {
        if (abuse.id() != null && wanted.remove(abuse.id())) {
            found.put(abuse.id(), abuse);
        }
    }

    private List<Wire.Abuse> read(String path) {
        Response answer = api.readSignedIn(path);
        return new ArrayList<>(Optional.of(answer)
                .filter(ok -> ok.status() == 200)
                .flatMap(ok -> Wire.read(ok, Wire.Abuses.class))
                .map(Wire.Abuses::data)
                .orElseThrow(() -> new PlatformUnavailable(
                        instance + " answered HTTP " + answer.status() + " instead of our reports", Optional.empty()))
                .stream()
                .filter(Objects::nonNull)
                .toList());
    }
}
