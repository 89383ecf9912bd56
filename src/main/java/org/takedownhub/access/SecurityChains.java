package org.takedownhub.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.oauth2.resource.servlet.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.takedownhub.api.SecurityProblems;

/**
 * Four doors and a wall: the engine's REST API, our API, mailed links, browsers; everything else is refused. Who may pass is in the
 * {@link AccessTable} alone.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

    private static final String OUR_PAGES =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    /** The model desk draws diagrams with styles in their elements, and its symbols are a font in the style sheet. */
    private static final String MODEL_DESK = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private static final RequestMatcher ENGINE_REST = path("/engine-rest/**");
    private static final RequestMatcher API = new OrRequestMatcher(
            path("/api/v1/**"),
            path("/ap/**"),
            path("/.well-known/webfinger"),
            path("/actuator/**"),
            path("/v3/api-docs/**"),
            path("/v3/api-docs.yaml"),
            path("/swagger-ui.html"),
            path("/swagger-ui/**"));
    private static final RequestMatcher CAMUNDA = path("/camunda/**");
    private static final RequestMatcher CAMUNDA_API = path("/camunda/api/**");
    private static final RequestMatcher CAMUNDA_LOGOUT =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/*/logout");
    private static final RequestMatcher DESK = path("/manager/**");
    private static final RequestMatcher DRAWN = new OrRequestMatcher(DESK, path("/swagger-ui/**"));
    private static final RequestMatcher LINKS = path("/deconfliction/*");
    private static final RequestMatcher BROWSERS = new OrRequestMatcher(
            CAMUNDA,
            path("/cases/**"),
            path("/platforms/**"),
            path("/deconfliction/**"),
            path("/notices/**"),
            DESK,
            path("/login/**"),
            path("/logout"),
            // where a sign-in server tells that somebody has signed out there
            path("/logout/connect/back-channel/**"),
            path("/oauth2/**"),
            path("/assets/**"),
            path("/accessibility"),
            path("/hub/**"),
            path("/favicon.ico"),
            path("/"));

    private final SignIn signIn;
    private final ProgramRefusals refusals;

    SecurityChains(SignIn signIn, SecurityProblems problems) {
        this.signIn = signIn;
        this.refusals = new ProgramRefusals(problems, signIn.scheme(), signIn.page());
    }

    /** Static, because it runs before any other bean is made, this class included. */
    @Bean
    @Profile("!training")
    static ProductionSettings productionSettings(Environment environment) {
        return new ProductionSettings(environment);
    }

    /** Servers that follow RFC 9068 mark access tokens as such; Spring Security takes unmarked ones alone by itself. */
    @Bean
    @Profile("!training")
    static JwkSetUriJwtDecoderBuilderCustomizer markedAccessTokens() {
        return decoder -> decoder.jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)));
    }

    @Bean
    @Order(1)
    SecurityFilterChain engineRest(HttpSecurity http, ObjectProvider<IdentityService> identities) throws Exception {
        http.securityMatcher(ENGINE_REST)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new FromOtherSite()))
                .addFilterAfter(new EngineSignIn(identities), AuthorizationFilter.class);
        signIn.forPrograms(http, refusals);
        answerWithProblems(http);
        headers(http);
        return admit(http, AccessTable.engine("/engine-rest"));
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http) throws Exception {
        http.securityMatcher(API)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new FromOtherSite())
                        .ignoringRequestMatchers(path("/api/v1/platforms/*/events"), path("/ap/actors/*/inbox")));
        signIn.forPrograms(http, refusals);
        answerWithProblems(http);
        headers(http);
        return admit(http, AccessTable.API);
    }

    /**
     * Mailed links. They need no session, so that a page that was open for an hour, or was served by another node, can
     * still be sent; what proves that a form is ours lies in a cookie of its own.
     */
    @Bean
    @Order(3)
    SecurityFilterChain links(HttpSecurity http, AccessSettings settings, Clock clock) throws Exception {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("hub-link");
        tokens.setCookiePath("/deconfliction");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict").secure(signIn.encrypted()));
        // The token is made before the page is written, because no cookie can follow afterwards.
        XorCsrfTokenRequestAttributeHandler atOnce = new XorCsrfTokenRequestAttributeHandler();
        atOnce.setCsrfRequestAttributeName(null);
        http.securityMatcher(LINKS)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens).csrfTokenRequestHandler(atOnce))
                .exceptionHandling(handling -> handling.accessDeniedHandler(SecurityChains::askOnceMore))
                .addFilterBefore(new LinkAttempts(new Attempts(clock, settings)), CsrfFilter.class);
        headers(http);
        return admit(http, AccessTable.LINKS);
    }

    @Bean
    @Order(4)
    SecurityFilterChain browsers(HttpSecurity http) throws Exception {
        http.securityMatcher(BROWSERS)
                // Camunda's applications bring a CSRF filter of their own
                .csrf(csrf -> csrf.ignoringRequestMatchers(CAMUNDA_API, path("/camunda/app/**")))
                .logout(logout -> logout.logoutRequestMatcher(new OrRequestMatcher(
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/logout"),
                                CAMUNDA_LOGOUT))
                        .logoutSuccessHandler(signedOut(signIn.signedOut())))
                .exceptionHandling(handling -> handling.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(signIn.page()),
                                new NegatedRequestMatcher(CAMUNDA_API))
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), CAMUNDA_API));
        signIn.forBrowsers(http);
        headers(http);
        return admit(http, AccessTable.BROWSERS);
    }

    @Bean
    @Order(5)
    SecurityFilterChain nothingElse(HttpSecurity http) throws Exception {
        http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        headers(http);
        return admit(http, List.of());
    }

    /** Runs after Spring Security, which has order -100, and before the filters of the web applications. */
    @Bean
    FilterRegistrationBean<WebappSignIn> webappSignIn() {
        var registration = new FilterRegistrationBean<>(new WebappSignIn());
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(201);
        return registration;
    }

    @Bean
    ServletContextInitializer sessionCookie() {
        return context -> {
            SessionCookieConfig cookie = context.getSessionCookieConfig();
            cookie.setHttpOnly(true);
            cookie.setSecure(signIn.encrypted());
            cookie.setAttribute("SameSite", "Lax");
        };
    }

    private SecurityFilterChain admit(HttpSecurity http, List<Rule> rules) throws Exception {
        http.authorizeHttpRequests(requests -> {
            requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
            rules.forEach(rule -> requests.requestMatchers(rule.matcher()).access(rule.who()));
            requests.anyRequest().denyAll();
        });
        return http.build();
    }

    private void answerWithProblems(HttpSecurity http) throws Exception {
        http.exceptionHandling(
                handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
    }

    private void headers(HttpSecurity http) throws Exception {
        http.headers(headers -> {
            headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                    .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                    .contentTypeOptions(Customizer.withDefaults())
                    .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                            DRAWN, new ContentSecurityPolicyHeaderWriter(MODEL_DESK)))
                    .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                            new NegatedRequestMatcher(new OrRequestMatcher(DRAWN, CAMUNDA)),
                            new ContentSecurityPolicyHeaderWriter(OUR_PAGES)));
            if (signIn.encrypted()) {
                headers.httpStrictTransportSecurity(hsts -> hsts.requestMatcher(AnyRequestMatcher.INSTANCE)
                        .includeSubDomains(false)
                        .maxAgeInSeconds(31_536_000));
            } else {
                headers.httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable);
            }
        });
    }

    private static LogoutSuccessHandler signedOut(LogoutSuccessHandler onPages) {
        return (request, response, who) -> {
            if (CAMUNDA_LOGOUT.matches(request)) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                onPages.onLogoutSuccess(request, response, who);
            }
        };
    }

    /** A form without our token, for want of a cookie: the page says so and keeps nothing. */
    private static void askOnceMore(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, request.getRequestURI() + "?lost");
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}
