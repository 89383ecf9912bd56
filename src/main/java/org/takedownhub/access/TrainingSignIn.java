package org.takedownhub.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs the training accounts in: by HTTP Basic, or by the form at {@code /login}. Spring Security takes the one bean
 * that checks passwords by itself; named once more in a chain, it would count each wrong password twice.
 */
@Component
@Profile("training")
class TrainingSignIn implements SignIn, AuthenticationProvider {

    private final TrainingPassword password;
    private final Groups groups;
    private final Attempts attempts;

    TrainingSignIn(TrainingPassword password, Groups groups, AccessSettings settings, Clock clock) {
        this.password = password;
        this.groups = groups;
        this.attempts = new Attempts(clock, settings);
    }

    @Override
    public String scheme() {
        return "Basic";
    }

    @Override
    public void forPrograms(HttpSecurity http, ProgramRefusals refusals) throws Exception {
        http.httpBasic(basic -> basic.authenticationEntryPoint(refusals));
    }

    @Override
    public void forBrowsers(HttpSecurity http) throws Exception {
        http.formLogin(
                form -> form.loginPage(page()).defaultSuccessUrl("/").failureHandler(TrainingSignIn::backToForm));
    }

    @Override
    public String page() {
        return "/login";
    }

    @Override
    public boolean encrypted() {
        return false;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String source = presented.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "unknown";
        String user = presented.getName();
        attempts.check(source, user);
        List<String> memberships = TrainingAccounts.GROUPS_BY_USER.get(user);
        if (!password.matches(String.valueOf(presented.getCredentials())) || memberships == null) {
            attempts.failed(source, user);
            throw new BadCredentialsException("Unknown user name or wrong password");
        }
        var signedIn = UsernamePasswordAuthenticationToken.authenticated(user, null, groups.authorities(memberships));
        signedIn.setDetails(presented.getDetails());
        return signedIn;
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }

    private static void backToForm(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        String why = refused instanceof TooManyAttempts ? "wait" : "wrong";
        response.sendRedirect(request.getContextPath() + "/login?" + why);
    }
}
