package org.takedownhub.platform;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry below {@code takedown.platforms.<instance>}.
 *
 * @param kind          which connector: {@code mastodon}, {@code atproto}, {@code portal} …
 * @param enabled       false: listed, but its content is handled by hand
 * @param baseUrl       where its API is; an operator's word, so it may lie inside our network
 * @param hosts         the content hosts it serves, with {@code :port} where that is not the scheme's own
 * @param identifier    the account we report with (AT Protocol: handle)
 * @param secret        {@code env:NAME} or {@code file:PATH}, never the secret itself
 * @param webhookSecret the same for the signature of webhooks
 * @param labeler       AT Protocol: DID of the moderation service
 * @param labelerUrl    AT Protocol: address of the moderation service
 * @param timeout       longest time one call may take from connecting to the last byte
 * @param workers       how many calls may be under way at once
 * @param options       what else a kind needs, documented in its own settings record
 */
public record PlatformSettings(
        @NotBlank String kind,
        @DefaultValue("true") boolean enabled,
        @Nullable URI baseUrl,
        @DefaultValue List<String> hosts,
        @Nullable String identifier,
        @Nullable String secret,
        @Nullable String webhookSecret,
        @Nullable String labeler,
        @Nullable URI labelerUrl,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("2") int workers,
        @DefaultValue Map<String, String> options) {

    private static final String CONTACT = "contact-url";

    /** The same entry, whose calls say where their caller is to be reached. */
    PlatformSettings calledFrom(@Nullable URI contactUrl) {
        if (contactUrl == null) {
            return this;
        }
        Map<String, String> more = new HashMap<>(options);
        more.putIfAbsent(CONTACT, contactUrl.toString());
        return new PlatformSettings(
                kind,
                enabled,
                baseUrl,
                hosts,
                identifier,
                secret,
                webhookSecret,
                labeler,
                labelerUrl,
                timeout,
                workers,
                more);
    }

    /** Without where the caller is to be reached, which no kind has to know as an option of its own. */
    @Override
    public Map<String, String> options() {
        Map<String, String> known = new HashMap<>(options);
        known.remove(CONTACT);
        return Map.copyOf(known);
    }

    /** Where the caller is to be reached, for the user agent. */
    Optional<String> contactUrl() {
        return Optional.ofNullable(options.get(CONTACT));
    }
}
