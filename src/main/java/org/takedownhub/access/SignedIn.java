package org.takedownhub.access;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Actor;
import org.takedownhub.process.Person;

/** Whoever is signed in on this thread: the person who acts, or the system where nobody is. */
@Component
class SignedIn implements Actor {

    static Optional<Person> person() {
        return person(SecurityContextHolder.getContext().getAuthentication());
    }

    static Optional<Person> person(@Nullable Authentication authentication) {
        if (authentication == null
                || !authentication.isAuthenticated()
                || authentication instanceof AnonymousAuthenticationToken) {
            return Optional.empty();
        }
        Set<String> groups = authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(group -> Role.ofGroup(group).isPresent())
                .collect(Collectors.toUnmodifiableSet());
        return Optional.of(new Person(authentication.getName(), groups));
    }

    /** A person must never be able to sign the log as the system, nor as nobody. */
    static boolean isUsableName(@Nullable String name) {
        return name != null && !name.isBlank() && name.length() <= 255 && !name.equalsIgnoreCase(SYSTEM);
    }

    @Override
    public Set<String> groups() {
        return person().map(Person::groups).orElse(Set.of());
    }

    @Override
    public String current() {
        return person().map(Person::id).orElse(SYSTEM);
    }
}
