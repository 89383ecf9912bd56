package org.takedownhub.platform;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
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
 * @param contactUrl    where the owner of a site finds out who calls there, part of the user agent; none: that of all
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
        @DefaultValue Map<String, String> options,
        @Nullable URI contactUrl) {

    @ConstructorBinding
    public PlatformSettings {
        if (contactUrl != null && !contactUrl.toString().matches("https?://[!-~&&[^()]]{1,200}")) {
            throw new IllegalArgumentException("A contact-url must be a plain http or https address");
        }
    }

    public PlatformSettings(
            String kind,
            boolean enabled,
            @Nullable URI baseUrl,
            List<String> hosts,
            @Nullable String identifier,
            @Nullable String secret,
            @Nullable String webhookSecret,
            @Nullable String labeler,
            @Nullable URI labelerUrl,
            Duration timeout,
            int workers,
            Map<String, String> options) {
        this(
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
                options,
                null);
    }

    /** The same entry, whose calls say where their caller is to be reached, unless it says so itself. */
    PlatformSettings calledFrom(@Nullable URI usual) {
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
                options,
                contactUrl == null ? usual : contactUrl);
    }
}
