package org.takedownhub.casefile;

import java.util.regex.Pattern;

/**
 * {@code platform:type:id}, the identity of content however its address was spelled.
 * The id may itself hold colons; platform and type never do.
 */
public record ContentKey(String value) {

    /** Longest key the store takes, in characters. */
    public static final int MAX_LENGTH = 2100;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*:[a-z][a-z0-9-]*:\\S+");

    public ContentKey {
        if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A content key reads platform:type:id");
        }
    }

    public static ContentKey of(String platform, String type, String id) {
        return new ContentKey(platform + ":" + type + ":" + id);
    }

    /** The family of platforms the rule belongs to, such as {@code yt} or {@code ap}; {@code web} for the general rule. */
    public String platform() {
        return value.substring(0, value.indexOf(':'));
    }

    public String type() {
        return value.substring(value.indexOf(':') + 1, value.indexOf(':', value.indexOf(':') + 1));
    }

    public String id() {
        return value.substring(value.indexOf(':', value.indexOf(':') + 1) + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
