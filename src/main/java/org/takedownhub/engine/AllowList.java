package org.takedownhub.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words a kind of model may be made of: elements, their attributes, and what may stand in each. A word that is not
 * listed is refused, so that what nobody thought of stays out.
 */
final class AllowList {

    private static final int MAX_ATTRIBUTE = 1_000;
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_DRAWING_VALUE = 100;

    /** Why a value is refused, or empty. */
    interface Check extends Function<String, Optional<String>> {}

    private record Word(Map<String, Check> attributes, @Nullable Check text) {}

    private final Map<String, String> prefixes;
    private final Set<String> drawing;
    private final Map<String, Word> words = new HashMap<>();
    private final Map<String, String> advice = new HashMap<>();

    /**
     * @param prefixes how this list calls each namespace it knows; the empty namespace has no prefix
     * @param drawing  namespaces of shapes and coordinates, in which every element may stand
     */
    AllowList(Map<String, String> prefixes, Set<String> drawing) {
        this.prefixes = prefixes;
        this.drawing = drawing;
    }

    @SafeVarargs
    final AllowList elements(String names, Map<String, Check>... attributes) {
        return add(names, null, attributes);
    }

    @SafeVarargs
    final AllowList texts(String names, Check text, Map<String, Check>... attributes) {
        return add(names, text, attributes);
    }

    /** What to do instead of using these elements or attributes. */
    AllowList instead(String names, String fix) {
        words(names).forEach(name -> advice.put(name, fix));
        return this;
    }

    static Map<String, Check> each(String names, Check check) {
        Map<String, Check> attributes = new HashMap<>();
        words(names).forEach(name -> attributes.put(name, check));
        return attributes;
    }

    List<Refusal> refusals(ModelXml.Element root) {
        List<Refusal> refusals = new ArrayList<>();
        root.withDescendants().forEach(element -> {
            if (drawing.contains(element.namespace())) {
                drawn(element, refusals);
            } else {
                written(element, refusals);
            }
        });
        return refusals;
    }

    private void written(ModelXml.Element element, List<Refusal> refusals) {
        String name = nameOf(element.namespace(), element.name());
        Word word = words.get(name);
        if (word == null) {
            refusals.add(element.refusal("The element " + name + " is not allowed", adviceOn(name)));
            return;
        }
        element.attributes().forEach((key, value) -> {
            String attribute = nameOf(key);
            Check check = word.attributes.get(attribute);
            if (check == null) {
                refusals.add(element.refusal(
                        "The attribute " + attribute + " is not allowed at " + name, adviceOn(attribute)));
            } else {
                tooLong(value, MAX_ATTRIBUTE)
                        .or(() -> check.apply(value))
                        .ifPresent(reason -> refusals.add(
                                element.refusal("The attribute " + attribute + " " + reason, adviceOn(attribute))));
            }
        });
        String text = element.text();
        if (!text.isEmpty()) {
            Check check = word.text == null ? any -> Optional.of("must hold no text") : word.text;
            tooLong(text, MAX_TEXT)
                    .or(() -> check.apply(text))
                    .ifPresent(reason ->
                            refusals.add(element.refusal("The element " + name + " " + reason, adviceOn(name))));
        }
    }

    private static void drawn(ModelXml.Element element, List<Refusal> refusals) {
        boolean plain = element.text().isEmpty()
                && element.attributes().values().stream()
                        .allMatch(value -> value.length() <= MAX_DRAWING_VALUE && PlainExpression.isLiteral(value));
        if (!plain) {
            refusals.add(element.refusal("The drawing holds more than coordinates", "Draw it again in a modeler"));
        }
    }

    private String adviceOn(String name) {
        return advice.getOrDefault(name, "Remove it");
    }

    private String nameOf(String key) {
        int end = key.lastIndexOf('}');
        return end < 0 ? key : nameOf(key.substring(1, end), key.substring(end + 1));
    }

    private String nameOf(String namespace, String name) {
        if (namespace.isEmpty()) {
            return name;
        }
        String prefix = prefixes.get(namespace);
        return prefix == null ? "{" + namespace + "}" + name : prefix.isEmpty() ? name : prefix + ":" + name;
    }

    @SafeVarargs
    private AllowList add(String names, @Nullable Check text, Map<String, Check>... attributes) {
        Map<String, Check> all = new HashMap<>();
        Stream.of(attributes).forEach(all::putAll);
        words(names).forEach(name -> words.put(name, new Word(Map.copyOf(all), text)));
        return this;
    }

    private static Optional<String> tooLong(String value, int limit) {
        return value.length() > limit ? Optional.of("is longer than " + limit + " characters") : Optional.empty();
    }

    private static Stream<String> words(String names) {
        return Stream.of(names.split(" "));
    }
}
