package org.takedownhub.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.springframework.web.filter.OncePerRequestFilter;
import org.takedownhub.process.Person;

/**
 * Signs whoever is signed in here into Camunda's web applications, with the groups they have here. Camunda's own
 * container-based filter wants a user row in the engine's tables and takes the groups from there after five minutes; in
 * production both are empty.
 */
final class WebappSignIn extends OncePerRequestFilter {

    private static final String ENGINE = "default";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var person = SignedIn.person();
        if (person.isPresent()) {
            Authentications authentications = AuthenticationUtil.getAuthsFromSession(request.getSession());
            authentications.addOrReplace(authentication(person.get()));
        }
        chain.doFilter(request, response);
    }

    private static UserAuthentication authentication(Person person) {
        UserAuthentication authentication = new UserAuthentication(person.id(), ENGINE);
        authentication.setGroupIds(List.copyOf(person.groups()));
        authentication.setTenantIds(Tenants.of(person));
        authentication.setAuthorizedApps(applications(person.groups()));
        return authentication;
    }

    private static Set<String> applications(Set<String> groups) {
        Set<String> applications = new TreeSet<>(Set.of("tasklist", "welcome"));
        for (String group : groups) {
            Role.ofGroup(group).ifPresent(role -> applications.addAll(Grants.applications(role)));
        }
        return applications;
    }
}
