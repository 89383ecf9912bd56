package org.takedownhub.access;

import org.springframework.context.annotation.Profile;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;

/**
 * Signs in what the sign-in server vouches for: people by OpenID Connect, programs by an access token. No account and
 * no password is kept here; groups come from the token. Signing out here signs out there, and where the server tells that
 * somebody has signed out there (OpenID Connect Back-Channel Logout 1.0), their session here ends.
 */
@Component
@Profile("!training")
class ProductionSignIn implements SignIn {

    /** The page that offers to sign in again. */
    private static final String SIGNED_OUT_HERE = "/login?logout";

    private final AccessSettings settings;
    private final ClaimedGroups groups;
    private final InMemoryClientRegistrationRepository clients;

    ProductionSignIn(AccessSettings settings, ClaimedGroups groups, InMemoryClientRegistrationRepository clients) {
        this.settings = settings;
        this.groups = groups;
        this.clients = clients;
    }

    @Override
    public String scheme() {
        return "Bearer";
    }

    @Override
    public void forPrograms(HttpSecurity http, ProgramRefusals refusals) throws Exception {
        http.oauth2ResourceServer(server -> server.authenticationEntryPoint(refusals)
                .accessDeniedHandler(refusals)
                .jwt(jwt -> jwt.jwtAuthenticationConverter(accessToken())));
    }

    @Override
    public void forBrowsers(HttpSecurity http) throws Exception {
        http.oauth2Login(login -> login.clientRegistrationRepository(clients)
                        .defaultSuccessUrl("/")
                        .authorizationEndpoint(asked -> asked.authorizationRequestResolver(requests()))
                        .userInfoEndpoint(user -> user.oidcUserService(idToken())))
                .oidcLogout(
                        logout -> logout.clientRegistrationRepository(clients).backChannel(Customizer.withDefaults()));
    }

    /** Also with a client secret, a stolen code shall be good for nothing (RFC 9700, section 2.1.1). */
    private OAuth2AuthorizationRequestResolver requests() {
        var requests = new DefaultOAuth2AuthorizationRequestResolver(
                clients, OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return requests;
    }

    /** On to the sign-in server's own page for that, where it has one (OpenID Connect RP-Initiated Logout 1.0). */
    @Override
    public LogoutSuccessHandler signedOut() {
        var atTheServer = new OidcClientInitiatedLogoutSuccessHandler(clients);
        atTheServer.setDefaultTargetUrl(SIGNED_OUT_HERE);
        atTheServer.setPostLogoutRedirectUri("{baseUrl}" + SIGNED_OUT_HERE);
        return atTheServer;
    }

    /** The page of the sign-in server, through the first client that is registered there. */
    @Override
    public String page() {
        return "/oauth2/authorization/" + clients.iterator().next().getRegistrationId();
    }

    @Override
    public boolean encrypted() {
        return true;
    }

    private Converter<Jwt, AbstractAuthenticationToken> accessToken() {
        return token -> {
            String user = token.getClaimAsString(settings.userClaim());
            if (!SignedIn.isUsableName(user)) {
                throw new InvalidBearerTokenException(unusableName());
            }
            return new JwtAuthenticationToken(token, groups.authorities(token.getClaims()), user);
        };
    }

    private OAuth2UserService<OidcUserRequest, OidcUser> idToken() {
        OidcUserService standard = new OidcUserService();
        return request -> {
            OidcUser user = standard.loadUser(request);
            if (!SignedIn.isUsableName(user.getClaimAsString(settings.userClaim()))) {
                throw new OAuth2AuthenticationException(new OAuth2Error("invalid_token", unusableName(), null));
            }
            return new DefaultOidcUser(
                    groups.authorities(user.getClaims()), user.getIdToken(), user.getUserInfo(), settings.userClaim());
        };
    }

    private String unusableName() {
        return "The token's claim " + settings.userClaim() + " is no usable user id";
    }
}
