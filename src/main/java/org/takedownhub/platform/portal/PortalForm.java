package org.takedownhub.platform.portal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Packet;

/**
 * A portal's form, read from {@code portal/<family of content keys>.json}.
 *
 * @param address        where it is
 * @param addressChecked false: general knowledge, to be checked before anybody relies on it
 */
record PortalForm(String name, String address, boolean addressChecked, List<FormField> fields, List<String> checklist) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Room for {@code (12 of 34) } before each part. */
    private static final int MARK = 12;

    enum Value {
        URL,
        CATEGORY,
        TEXT,
        REFERENCE
    }

    enum Overflow {
        SPLIT,
        REFUSE
    }

    /** @param words what the platform calls each of our categories; for the field that takes the category */
    record FormField(
            String name,
            Value value,
            Optional<Integer> limit,
            Optional<Overflow> overflow,
            Optional<Map<Category, String>> words,
            boolean checked) {

        private String text(Content content, Category category, String explanation) {
            return switch (value) {
                case URL -> content.url().toString();
                case CATEGORY -> words.orElseGet(() -> new EnumMap<>(Category.class))
                        .getOrDefault(category, category.name());
                case TEXT -> explanation;
                case REFERENCE -> content.reference().value();
            };
        }
    }

    /** The form of a family of content keys; empty where we know none. */
    static Optional<PortalForm> of(String family) {
        try (@Nullable
                InputStream file = family.matches("[a-z]{1,12}")
                        ? PortalForm.class.getResourceAsStream("/portal/" + family + ".json")
                        : null) {
            return file == null ? Optional.empty() : Optional.of(JSON.readValue(file, PortalForm.class));
        } catch (IOException e) {
            throw new IllegalStateException("The file portal/" + family + ".json cannot be read", e);
        }
    }

    Packet filled(Optional<String> portalUrl, Content content, Category category, String explanation) {
        List<Packet.Field> filled = new ArrayList<>();
        Optional<String> refusal = Optional.empty();
        for (FormField field : fields) {
            String text = field.text(content, category, explanation);
            int limit = field.limit().orElse(Integer.MAX_VALUE);
            if (text.length() > limit && field.overflow().orElse(Overflow.REFUSE) == Overflow.REFUSE) {
                refusal = Optional.of("the field \"%s\" takes %d characters, and what belongs there has %d"
                        .formatted(field.name(), limit, text.length()));
            }
            boolean split = text.length() > limit && field.overflow().orElse(Overflow.REFUSE) == Overflow.SPLIT;
            filled.add(new Packet.Field(
                    field.name(), split ? parts(text, limit) : List.of(text), field.limit(), field.checked()));
        }
        String where =
                portalUrl.orElse(address + (addressChecked ? "" : " (not checked; ask if it is another one now)"));
        return new Packet(name, where, filled, checklist, refusal);
    }

    /** All of the text, at most so many characters at once, broken between words where there are any. */
    static List<String> parts(String text, int limit) {
        List<String> pieces = new ArrayList<>();
        String rest = text;
        while (rest.length() > limit - MARK) {
            int space = rest.lastIndexOf(' ', limit - MARK);
            int cut = space > 0 ? space : rest.offsetByCodePoints(0, rest.codePointCount(0, limit - MARK - 1));
            pieces.add(rest.substring(0, cut));
            rest = rest.substring(space > 0 ? cut + 1 : cut);
        }
        pieces.add(rest);
        List<String> marked = new ArrayList<>();
        for (String piece : pieces) {
            marked.add("(%d of %d) %s".formatted(marked.size() + 1, pieces.size(), piece));
        }
        return marked;
    }
}
