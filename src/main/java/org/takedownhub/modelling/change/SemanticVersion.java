package org.takedownhub.modelling.change;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major, minor, patch, as Semantic Versioning 2.0.0 counts them. */
record SemanticVersion(int major, int minor, int patch) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6})");

    /** How much a change asks of open cases. */
    enum Step {
        /** Steps that cases wait at have moved: open cases need the mapping. */
        MAJOR,
        /** A process looks different. */
        MINOR,
        /** Tables, forms or words. */
        PATCH
    }

    static Optional<SemanticVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new SemanticVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    SemanticVersion next(Step step) {
        return switch (step) {
            case MAJOR -> new SemanticVersion(major + 1, 0, 0);
            case MINOR -> new SemanticVersion(major, minor + 1, 0);
            case PATCH -> new SemanticVersion(major, minor, patch + 1);
        };
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
