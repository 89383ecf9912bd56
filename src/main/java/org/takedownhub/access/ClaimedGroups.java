package org.takedownhub.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * Reads from the claims of a token which of our groups somebody is in. What nobody listed gives nothing, above all the
 * engine's own {@code camunda-admin}, which would open everything; it is logged once, for the operator who wonders.
 */
@Component
@Profile("!training")
class ClaimedGroups {

    /** As a value: the deconfliction officers of the person's own force. */
    private static final String OWN_FORCE = "deconfliction";

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedGroups.class);
    private static final int MOST_LOGGED = 1000;

    private final AccessSettings settings;
    private final Groups groups;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    ClaimedGroups(AccessSettings settings, Groups groups) {
        this.settings = settings;
        this.groups = groups;
        for (String group : settings.groupValues().values()) {
            if (!group.equals(OWN_FORCE) && !groups.all().contains(group)) {
                throw new IllegalArgumentException("takedown.access.group-values: '" + group
                        + "' is no group of the hub; use " + OWN_FORCE + " or one of " + groups.all());
            }
        }
    }

    /** The authorities that the claims of a token give; none when they name no group of ours. */
    Set<GrantedAuthority> authorities(Map<String, Object> claims) {
        Set<String> memberships = new LinkedHashSet<>();
        for (String value : texts(claim(claims, settings.groupsClaim()))) {
            Optional<String> group = group(value, claims).filter(groups.all()::contains);
            group.ifPresentOrElse(memberships::add, () -> unknown(value));
        }
        return groups.authorities(memberships);
    }

    private Optional<String> group(String value, Map<String, Object> claims) {
        Optional<String> group = settings.groupValues().isEmpty()
                ? Optional.of(value)
                : Optional.ofNullable(settings.groupValues().get(value));
        return group.flatMap(
                name -> name.equals(OWN_FORCE) ? force(claims).map(Role::deconflictionGroup) : Optional.of(name));
    }

    /** Somebody of two forces answers for none: the hub cannot tell for which. */
    private Optional<String> force(Map<String, Object> claims) {
        if (settings.forceClaim().isEmpty()) {
            return Optional.empty();
        }
        List<String> named = texts(claim(claims, settings.forceClaim()));
        if (named.size() != 1) {
            return Optional.empty();
        }
        return settings.forceValues().isEmpty()
                ? Optional.of(named.get(0))
                : Optional.ofNullable(settings.forceValues().get(named.get(0)));
    }

    private void unknown(String value) {
        if (logged.size() < MOST_LOGGED && logged.add(value)) {
            LOG.info(
                    "The sign-in server names '{}' in the claim {}, which gives nothing here",
                    value.replaceAll("[^\\p{Graph} ]", "?"),
                    settings.groupsClaim());
        }
    }

    /** A claim by its own name, else by the path that its dots make; {@code null} when there is none. */
    private static @Nullable Object claim(Map<String, Object> claims, String path) {
        Object whole = claims.get(path);
        if (whole != null) {
            return whole;
        }
        Object inside = claims;
        for (String name : path.split("\\.")) {
            inside = inside instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return inside;
    }

    private static List<String> texts(@Nullable Object claim) {
        if (claim instanceof String text) {
            return List.of(text);
        }
        return claim instanceof Collection<?> several
                ? several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
