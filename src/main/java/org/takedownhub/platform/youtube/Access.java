package org.takedownhub.platform.youtube;

import com.google.api.client.auth.oauth2.TokenResponse;
import com.google.api.client.auth.oauth2.TokenResponseException;
import com.google.api.client.googleapis.auth.oauth2.GoogleRefreshTokenRequest;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.Secret;

/**
 * The access token of our channel: fetched with the refresh token (RFC 6749 section 6), kept until shortly before it
 * expires.
 */
final class Access {

    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final long SHORTEST_LIFE = 120;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4000}");

    private final YouTubeSettings settings;
    private final SafeTransport transport;
    private final Clock clock;
    private @Nullable Token token;

    Access(YouTubeSettings settings, SafeHttp http, Clock clock) {
        this.settings = settings;
        this.transport = new SafeTransport(http);
        this.clock = clock;
    }

    /**
     * A token that has still some time to live.
     *
     * @throws SignInRefused       there are no credentials, or Google refuses them
     * @throws PlatformUnavailable Google could not be asked
     */
    synchronized String token() {
        Token known = token;
        if (known == null || !clock.instant().isBefore(known.until())) {
            known = fetched();
            token = known;
        }
        return known.value();
    }

    /** Google refused this token: the next one is a new one. */
    synchronized void drop(String refused) {
        if (token != null && token.value().equals(refused)) {
            token = null;
        }
    }

    private Token fetched() {
        String refreshToken = value(settings.refreshToken());
        String clientSecret = value(settings.clientSecret());
        try {
            TokenResponse answer = new GoogleRefreshTokenRequest(
                            transport,
                            GsonFactory.getDefaultInstance(),
                            refreshToken,
                            settings.clientId(),
                            clientSecret)
                    .setTokenServerUrl(new GenericUrl(settings.tokenUrl()))
                    .setRequestInitializer(YouTubeApi::quiet)
                    .execute();
            String value = answer.getAccessToken();
            if (value == null || !TOKEN.matcher(value).matches()) {
                throw unavailable("Google's sign-in answered without an access token");
            }
            long seconds = Optional.ofNullable(answer.getExpiresInSeconds()).orElse(0L);
            return new Token(
                    value,
                    clock.instant()
                            .plusSeconds(Math.max(seconds, SHORTEST_LIFE))
                            .minus(MARGIN));
        } catch (TokenResponseException e) {
            throw refusal(e);
        } catch (NoAnswer e) {
            // a token may have been made; nobody misses it
            throw new PlatformUnavailable("Google's sign-in did not answer", e);
        } catch (IOException | IllegalArgumentException e) {
            throw unavailable("Google's sign-in answered with something that is no token");
        }
    }

    /** RFC 6749 section 5.2: 400 or 401 with an error code. Whatever else came, came from something in between. */
    private RuntimeException refusal(TokenResponseException answer) {
        int status = answer.getStatusCode();
        String error = answer.getDetails() == null
                ? ""
                : Optional.ofNullable(answer.getDetails().getError()).orElse("");
        return switch (error) {
            case "invalid_grant" -> new SignInRefused("Google does not accept the refresh token any more: mend "
                    + settings.refreshToken().setting());
            case "invalid_client", "unauthorized_client" -> new SignInRefused(
                    "Google does not accept the OAuth client: mend "
                            + settings.clientSecret().setting() + " or identifier");
            default -> unavailable("Google's sign-in answered HTTP " + status);
        };
    }

    private static PlatformUnavailable unavailable(String message) {
        return new PlatformUnavailable(message, Optional.empty());
    }

    private static String value(Secret secret) {
        try {
            return secret.value()
                    .filter(text -> TOKEN.matcher(text).matches())
                    .orElseThrow(
                            () -> new SignInRefused(secret.setting() + " names a place that holds no secret: mend it"));
        } catch (UncheckedIOException e) {
            throw new SignInRefused(secret.setting() + " names a file that cannot be read: mend it");
        }
    }

    private record Token(String value, Instant until) {

        @Override
        public String toString() {
            return "a token until " + until;
        }
    }
}
