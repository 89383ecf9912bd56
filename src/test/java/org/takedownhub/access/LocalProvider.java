package org.takedownhub.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A sign-in server on this machine: OpenID Connect Core 1.0 by authorization code with PKCE, Discovery 1.0, keys that
 * are changed, and logout tokens. The protocol's messages are read and checked by Nimbus' SDK; only who is sitting at the
 * browser is told to it instead of asked.
 */
final class LocalProvider implements AutoCloseable {

    static final String CLIENT = "takedown-hub";
    static final String SECRET = "a secret of the test";

    private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

    private final HttpServer server;
    private final Map<String, AuthenticationRequest> codes = new ConcurrentHashMap<>();
    private volatile RSAKey key = newKey();
    private volatile Map<String, Object> person = Map.of();
    private volatile UnaryOperator<JWTClaimsSet> idTokens = UnaryOperator.identity();

    LocalProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, 200, configuration()));
        server.createContext("/keys", exchange -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Who sits at the browser from now on. */
    void sits(String subject, Map<String, Object> claims) {
        JWTClaimsSet.Builder all = new JWTClaimsSet.Builder().subject(subject).claim("sid", "session-of-" + subject);
        claims.forEach(all::claim);
        person = all.build().getClaims();
        idTokens = UnaryOperator.identity();
    }

    /** What an attacker makes of the ID tokens from now on, until somebody else sits down. */
    void forges(UnaryOperator<JWTClaimsSet> forgery) {
        idTokens = forgery;
    }

    /** The old key is withdrawn at once. */
    void changesItsKey() {
        key = newKey();
    }

    RSAKey key() {
        return key;
    }

    /** A signed token with whatever claims. */
    static String signed(RSAKey key, String type, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(new JOSEObjectType(type))
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Says that somebody has signed out here (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
    String logoutToken(String subject) {
        return signed(
                key,
                "logout+jwt",
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(CLIENT)
                        .issueTime(new Date())
                        .expirationTime(Date.from(Instant.now().plusSeconds(120)))
                        .jwtID(UUID.randomUUID().toString())
                        .subject(subject)
                        .claim("sid", "session-of-" + subject)
                        .claim("events", Map.of(LOGOUT, Map.of()))
                        .build());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private String configuration() {
        return """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "end_session_endpoint": "%1$s/end",
                 "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"],
                 "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                 "code_challenge_methods_supported": ["S256"], "backchannel_logout_supported": true,
                 "backchannel_logout_session_supported": true}"""
                .formatted(issuer());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        try {
            AuthenticationRequest request = AuthenticationRequest.parse(
                    URI.create(issuer()), exchange.getRequestURI().getRawQuery());
            if (!request.getClientID().getValue().equals(CLIENT)
                    || request.getCodeChallenge() == null
                    || request.getNonce() == null) {
                json(exchange, 400, "{\"error\": \"invalid_request\"}");
                return;
            }
            AuthorizationCode code = new AuthorizationCode();
            codes.put(code.getValue(), request);
            URI back = new AuthorizationSuccessResponse(
                            request.getRedirectionURI(), code, null, request.getState(), ResponseMode.QUERY)
                    .toURI();
            exchange.getResponseHeaders().add("Location", back.toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } catch (ParseException refused) {
            json(exchange, 400, "{\"error\": \"invalid_request\"}");
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        try {
            HTTPRequest sent = new HTTPRequest(HTTPRequest.Method.POST, URI.create(issuer() + "/token"));
            sent.setHeader("Authorization", exchange.getRequestHeaders().getFirst("Authorization"));
            sent.setHeader("Content-Type", "application/x-www-form-urlencoded");
            sent.setQuery(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            TokenRequest request = TokenRequest.parse(sent);
            ClientSecretBasic client = (ClientSecretBasic) request.getClientAuthentication();
            AuthorizationCodeGrant grant = (AuthorizationCodeGrant) request.getAuthorizationGrant();
            AuthenticationRequest asked =
                    codes.remove(grant.getAuthorizationCode().getValue());
            boolean good = asked != null
                    && client.getClientID().getValue().equals(CLIENT)
                    && client.getClientSecret().getValue().equals(SECRET)
                    && grant.getRedirectionURI().equals(asked.getRedirectionURI())
                    && CodeChallenge.compute(asked.getCodeChallengeMethod(), grant.getCodeVerifier())
                            .equals(asked.getCodeChallenge());
            if (!good) {
                json(exchange, 400, "{\"error\": \"invalid_grant\"}");
                return;
            }
            JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .audience(CLIENT)
                    .issueTime(new Date())
                    .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                    .claim("nonce", asked.getNonce().getValue());
            person.forEach(claims::claim);
            String idToken = signed(key, "JWT", idTokens.apply(claims.build()));
            OIDCTokens tokens = new OIDCTokens(idToken, new BearerAccessToken(300, null), null);
            json(exchange, 200, new OIDCTokenResponse(tokens).toJSONObject().toJSONString());
        } catch (ParseException refused) {
            json(exchange, 400, "{\"error\": \"invalid_request\"}");
        }
    }

    private static void json(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
