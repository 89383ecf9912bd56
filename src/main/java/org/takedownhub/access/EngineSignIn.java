package org.takedownhub.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine who calls its REST API, so that it checks its authorizations and writes its operation log. */
final class EngineSignIn extends OncePerRequestFilter {

    private final ObjectProvider<IdentityService> identities;

    /** @param identities taken late, because the chains are built before the engine is */
    EngineSignIn(ObjectProvider<IdentityService> identities) {
        this.identities = identities;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        IdentityService identity = identities.getObject();
        var person = SignedIn.person();
        if (person.isEmpty()) {
            // Without this the engine would take the caller for the program itself and check nothing.
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        identity.setAuthentication(person.get().id(), List.copyOf(person.get().groups()), Tenants.of(person.get()));
        try {
            chain.doFilter(request, response);
        } finally {
            identity.clearAuthentication();
        }
    }
}
