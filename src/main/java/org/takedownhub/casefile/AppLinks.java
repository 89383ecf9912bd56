package org.takedownhub.casefile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links that open an app instead of a page, as the address of the page (core.telegram.org/api/links for Telegram's). */
final class AppLinks {

    private static final Pattern TELEGRAM =
            Pattern.compile("tg:(?://)?(resolve|privatepost|join)/?\\?([^#]*)(?:#.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DISCORD =
            Pattern.compile("discord://(?:-|discord\\.com)?/(channels/[^?#]*).*", Pattern.CASE_INSENSITIVE);

    private AppLinks() {}

    static Optional<String> asWebAddress(String text) {
        Matcher discord = DISCORD.matcher(text);
        if (discord.matches()) {
            return Optional.of("https://discord.com/" + discord.group(1));
        }
        Matcher telegram = TELEGRAM.matcher(text);
        return telegram.matches()
                ? telegram(UrlText.lowerCase(telegram.group(1)), telegram.group(2))
                : Optional.empty();
    }

    private static Optional<String> telegram(String action, String query) {
        return switch (action) {
            case "join" -> value(query, "invite").map(invite -> "https://t.me/joinchat/" + invite);
            case "privatepost" -> value(query, "channel").flatMap(channel -> value(query, "post")
                    .map(post -> "https://t.me/c/" + channel + "/" + post + comment(query)));
            default -> value(query, "domain")
                    .map(domain -> "https://t.me/" + domain
                            + value(query, "post")
                                    .map(post -> "/" + post + comment(query))
                                    .orElse(""));
        };
    }

    private static String comment(String query) {
        return value(query, "comment").map(comment -> "?comment=" + comment).orElse("");
    }

    /** Only what a name, a number or an invitation is made of, so that a value cannot change the path. */
    private static Optional<String> value(String query, String name) {
        Matcher found = Pattern.compile("(?:^|&)" + name + "=([A-Za-z0-9_-]{1,64})(?:&|$)")
                .matcher(query);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
