package org.takedownhub.modelling.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.modelling.ModelFile;

/** What people call a file: the name of the process or decision in it. */
final class ModelTitles {

    private static final Pattern NAMED =
            Pattern.compile("<(?:\\w+:)?(?:process|decision) [^>]*?\\bname=\"([^\"]{1,100})\"");

    private ModelTitles() {}

    static String of(ModelFile file) {
        return switch (file.kind()) {
            case PROCESS, DECISION -> {
                Matcher matcher = NAMED.matcher(file.text());
                yield matcher.find() ? matcher.group(1) : file.name();
            }
            case FORM -> words(file.id()) + " (form)";
            case TEST_CASES -> words(file.id()) + " (test cases)";
        };
    }

    private static String words(String id) {
        String words = id.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
