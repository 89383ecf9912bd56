package org.takedownhub.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Signs in what the sign-in server vouches for: people by OpenID Connect, programs by an access token. No account and
 * no password is kept here; groups come from the token.
 */
@Component
@Profile("!training")
class ProductionSignIn implements SignIn {

    private final AccessSettings settings;
    private final Groups groups;
    private final InMemoryClientRegistrationRepository clients;

    ProductionSignIn(AccessSettings settings, Groups groups, InMemoryClientRegistrationRepository clients) {
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
                .userInfoEndpoint(user -> user.oidcUserService(idToken())));
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
            return new JwtAuthenticationToken(token, authorities(token.getClaims()), user);
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
                    authorities(user.getClaims()), user.getIdToken(), user.getUserInfo(), settings.userClaim());
        };
    }

    private Set<GrantedAuthority> authorities(Map<String, Object> claims) {
        return groups.authorities(
                claims.get(settings.groupsClaim()) instanceof Collection<?> claimed ? claimed : List.of());
    }

    private String unusableName() {
        return "The token's claim " + settings.userClaim() + " is no usable user id";
    }
}
