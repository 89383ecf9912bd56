package org.takedownhub.supervision;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.process.Person;

/**
 * The people of whom the hub can tell which groups they are in: those who have signed in here, as they were when they
 * last did, and the accounts that training makes. The sign-in server stays the truth: whoever has lost a group since is
 * refused at the door.
 */
@Component
public class KnownPeople {

    private static final Logger LOG = LoggerFactory.getLogger(KnownPeople.class);
    private static final Duration WRITTEN_EVERY = Duration.ofHours(1);
    private static final Duration RECENT = Duration.ofDays(90);
    private static final int LONGEST_NAME = 255;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    KnownPeople(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Programs send their password with every call, so what has been written lately is not written again. */
    @EventListener
    void signedIn(AuthenticationSuccessEvent event) {
        Authentication who = event.getAuthentication();
        String name = who.getName();
        Set<String> groups = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority.matches("[a-z0-9-]+"))
                .collect(Collectors.toCollection(TreeSet::new));
        Instant now = clock.instant();
        Written last = written.get(name);
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || name.equals(Actor.SYSTEM)
                || last != null
                        && last.groups().equals(groups)
                        && last.at().plus(WRITTEN_EVERY).isAfter(now)) {
            return;
        }
        try {
            write(name, String.join(",", groups), now);
            written.put(name, new Written(groups, now));
        } catch (DataAccessException broken) {
            // Nobody is kept out because this could not be noted; the next sign-in notes it.
            LOG.warn("Could not note that {} has signed in", name.replaceAll("[^\\p{Graph} ]", "?"), broken);
        }
    }

    private void write(String name, String groups, Instant now) {
        if (update(name, groups, now) == 0) {
            try {
                jdbc.sql("insert into person_seen (person, memberships, seen_at) values (?, ?, ?)")
                        .params(name, groups, stored(now))
                        .update();
            } catch (DuplicateKeyException anotherNodeWasFaster) {
                update(name, groups, now);
            }
        }
    }

    private int update(String name, String groups, Instant now) {
        return jdbc.sql("update person_seen set memberships = ?, seen_at = ? where person = ?")
                .params(groups, stored(now), name)
                .update();
    }

    /** Empty for somebody whose groups the hub does not know. */
    Optional<Person> find(String name) {
        return Optional.ofNullable(all().get(name)).map(groups -> new Person(name, groups));
    }

    /** People who signed in during the last 90 days, and training accounts, with their groups. */
    public List<Person> recent() {
        return all().entrySet().stream()
                .map(known -> new Person(known.getKey(), known.getValue()))
                .toList();
    }

    private Map<String, Set<String>> all() {
        Map<String, Set<String>> people = new LinkedHashMap<>();
        jdbc.sql("select user_id_, group_id_ from act_id_membership where user_id_ <> '" + Actor.SYSTEM
                        + "' order by 1")
                .query(row -> {
                    people.computeIfAbsent(row.getString(1), name -> new TreeSet<>())
                            .add(row.getString(2));
                });
        jdbc.sql("select person, memberships from person_seen where seen_at >= ? order by person")
                .params(stored(clock.instant().minus(RECENT)))
                .query(row -> {
                    String groups = row.getString(2);
                    people.put(
                            row.getString(1),
                            groups.isEmpty()
                                    ? Set.of()
                                    : Arrays.stream(groups.split(",")).collect(Collectors.toCollection(TreeSet::new)));
                });
        return people;
    }

    private record Written(Set<String> groups, Instant at) {}
}
