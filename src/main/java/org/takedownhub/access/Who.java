package org.takedownhub.access;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Whom a row of the {@link AccessTable} admits. */
sealed interface Who extends AuthorizationManager<RequestAuthorizationContext> {

    Who ANYONE = new Anyone();
    Who ANYONE_SIGNED_IN = new AnyoneSignedIn();
    Who NOBODY = new Members(Set.of());

    static Who members(Role first, Role... others) {
        return new Members(EnumSet.of(first, others));
    }

    boolean admits(boolean signedIn, Set<Role> roles);

    @Override
    default AuthorizationDecision check(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
        var person = SignedIn.person(authentication.get());
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        person.ifPresent(
                someone -> someone.groups().forEach(group -> Role.ofGroup(group).ifPresent(roles::add)));
        return new AuthorizationDecision(admits(person.isPresent(), roles));
    }

    record Anyone() implements Who {
        @Override
        public boolean admits(boolean signedIn, Set<Role> roles) {
            return true;
        }
    }

    /** Whoever has a role here: the sign-in server knows people who have none. */
    record AnyoneSignedIn() implements Who {
        @Override
        public boolean admits(boolean signedIn, Set<Role> roles) {
            return signedIn && !roles.isEmpty();
        }
    }

    record Members(Set<Role> of) implements Who {
        @Override
        public boolean admits(boolean signedIn, Set<Role> roles) {
            return signedIn && roles.stream().anyMatch(of::contains);
        }

        /** Who is in either. */
        Members and(Role... more) {
            EnumSet<Role> both = EnumSet.noneOf(Role.class);
            both.addAll(of);
            both.addAll(Set.of(more));
            return new Members(both);
        }
    }
}
