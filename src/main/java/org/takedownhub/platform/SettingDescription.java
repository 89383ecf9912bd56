package org.takedownhub.platform;

/**
 * One setting of a kind of platform, for whoever sets an instance up.
 *
 * @param name        as it stands below {@code takedown.platforms.<instance>}, such as {@code base-url} or
 *                    {@code options.forward}
 * @param description what it is, in a sentence an operator reads
 * @param mandatory   whether there is no instance without it
 * @param secret      whether its value is a handle to a secret: {@code env:NAME} or {@code file:PATH}
 * @param example     a value that could stand there; empty where none helps
 */
public record SettingDescription(String name, String description, boolean mandatory, boolean secret, String example) {

    public static SettingDescription mandatory(String name, String description, String example) {
        return new SettingDescription(name, description, true, false, example);
    }

    public static SettingDescription optional(String name, String description, String example) {
        return new SettingDescription(name, description, false, false, example);
    }

    /** A handle to a secret. */
    public static SettingDescription secret(String name, String description, boolean mandatory) {
        return new SettingDescription(name, description, mandatory, true, "");
    }
}
