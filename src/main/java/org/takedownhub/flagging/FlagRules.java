package org.takedownhub.flagging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentities;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.InvalidContentUrl;
import org.takedownhub.casefile.Source;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.cases.ContentAddresses;
import org.takedownhub.flagging.InvalidFlag.Problem;

/**
 * What a flag must be, whichever way it comes in: one set of rules for the API, for batches and for the start form.
 *
 * <p>A flag that names no category is {@code OTHER}. One that names no source is from the reporting force if it names
 * one, else from the hub's own search: only signed-in people can flag, so nothing here is from the public by itself.
 */
@Component
public class FlagRules {

    public static final String URL = "url";
    public static final String REASON = "reason";
    public static final String CATEGORY = "category";
    public static final String SOURCE = "source";
    public static final String REPORTING_FORCE = "reportingForce";
    public static final String THREAT_TO_LIFE = "threatToLife";
    public static final String REPORTER_REFERENCE = "reporterReference";

    /** Every field of a flag, in the order in which people are shown them. */
    public static final List<String> FIELDS =
            List.of(URL, REASON, CATEGORY, SOURCE, REPORTING_FORCE, THREAT_TO_LIFE, REPORTER_REFERENCE);

    private static final int REASON_LENGTH = 4000;
    private static final int FORCE_LENGTH = 100;
    private static final int REFERENCE_LENGTH = 200;

    private final ContentAddresses addresses;
    private final CaseVisibility visibility;

    FlagRules(ContentAddresses addresses, CaseVisibility visibility) {
        this.addresses = addresses;
        this.visibility = visibility;
    }

    /**
     * Checks a flag.
     *
     * @param fields by name from {@link #FIELDS}, as text; an absent or blank one counts as not given
     * @throws InvalidFlag naming every field that is wrong
     */
    public NewFlag check(Map<String, String> fields) {
        return new Check(fields).result();
    }

    /** One pass over one flag, gathering what is wrong. */
    private final class Check {

        private final Map<String, String> fields;
        private final List<Problem> problems = new ArrayList<>();

        Check(Map<String, String> fields) {
            this.fields = fields;
        }

        NewFlag result() {
            String url = required(URL, ContentIdentities.MAX_URL_LENGTH, "the address of the post");
            ContentIdentity identity = url == null ? null : identity(url);
            String reason = required(REASON, REASON_LENGTH, "why this content is flagged");
            Category category = choice(CATEGORY, Category.class).orElse(Category.OTHER);
            Optional<String> force = optional(REPORTING_FORCE, FORCE_LENGTH);
            Source source = choice(SOURCE, Source.class).orElse(force.isPresent() ? Source.FORCE : Source.OWN_SEARCH);
            if (source.isCovert() && !visibility.isCovertOfficer()) {
                throw new InvalidFlag(new Problem(
                        SOURCE, "source COVERT is for members of the covert group. Take this one to them yourself."));
            }
            boolean threatToLife = yesOrNo(THREAT_TO_LIFE);
            Optional<String> reference = optional(REPORTER_REFERENCE, REFERENCE_LENGTH);
            if (!problems.isEmpty() || url == null || identity == null || reason == null) {
                throw new InvalidFlag(problems);
            }
            return new NewFlag(identity, url, reason, category, source, force, threatToLife, reference);
        }

        private @Nullable ContentIdentity identity(String url) {
            try {
                return addresses.identify(url);
            } catch (InvalidContentUrl refused) {
                wrong(URL, String.valueOf(refused.getMessage()));
                return null;
            }
        }

        private @Nullable String required(String field, int length, String meaning) {
            Optional<String> text = text(field);
            if (text.isEmpty()) {
                wrong(field, field + " is missing: give " + meaning + ".");
                return null;
            }
            return fitting(field, text.get(), length);
        }

        private Optional<String> optional(String field, int length) {
            return text(field).map(text -> fitting(field, text, length));
        }

        private @Nullable String fitting(String field, String text, int length) {
            if (text.length() > length) {
                wrong(
                        field,
                        "%s has %d characters; at most %d are taken. Shorten it."
                                .formatted(field, text.length(), length));
                return null;
            }
            boolean prose = field.equals(REASON);
            if (text.codePoints()
                            .anyMatch(
                                    c -> Character.isISOControl(c) && !(prose && (c == '\n' || c == '\r' || c == '\t')))
                    || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                wrong(field, field + " has characters that are no text. Type it again, or paste it as plain text.");
                return null;
            }
            return text;
        }

        private <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
            Optional<String> text = text(field);
            Optional<E> chosen = text.flatMap(name -> Arrays.stream(type.getEnumConstants())
                    .filter(value -> value.name().equals(name))
                    .findFirst());
            if (text.isPresent() && chosen.isEmpty()) {
                wrong(
                        field,
                        field + " must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .filter(value -> value != Source.COVERT || visibility.isCovertOfficer())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
            return chosen;
        }

        private boolean yesOrNo(String field) {
            String text =
                    text(field).map(value -> value.toLowerCase(Locale.ROOT)).orElse("false");
            if (!text.equals("true") && !text.equals("false")) {
                wrong(field, field + " must be true or false.");
            }
            return text.equals("true");
        }

        private Optional<String> text(String field) {
            return Optional.ofNullable(fields.get(field)).map(String::strip).filter(text -> !text.isEmpty());
        }

        private void wrong(String field, String detail) {
            problems.add(new Problem(field, detail));
        }
    }
}
