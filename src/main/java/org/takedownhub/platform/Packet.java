package org.takedownhub.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person enters at a platform's portal, field by field. Nothing in it is ever cut: what is too long for a field
 * stands there in parts, or the packet says why it cannot be handed in.
 *
 * @param platform  the platform's name
 * @param address   where the portal is, as text; empty when nobody knows
 * @param checklist what to do and to mind, in its order
 * @param refusal   why the packet must not be handed in as it is
 */
public record Packet(
        String platform, String address, List<Field> fields, List<String> checklist, Optional<String> refusal) {

    /**
     * One field of the portal's form.
     *
     * @param parts   the text to paste; several when it does not fit at once, each to go into a report of its own
     * @param limit   characters that the field takes
     * @param checked false when name and limit are general knowledge that nobody has checked at the portal
     */
    public record Field(String name, List<String> parts, Optional<Integer> limit, boolean checked) {}

    /** The fields as plain text. */
    public String fieldsInWords() {
        return fields.stream().map(Packet::inWords).collect(Collectors.joining("\n\n"));
    }

    /** The checklist as numbered plain text. */
    public String checklistInWords() {
        List<String> lines = new ArrayList<>();
        refusal.ifPresent(why -> lines.add("DO NOT HAND THIS IN: " + why));
        for (String step : checklist) {
            lines.add((lines.size() + 1 - (refusal.isPresent() ? 1 : 0)) + ". " + step);
        }
        return String.join("\n", lines);
    }

    private static String inWords(Field field) {
        String limit = field.limit()
                .map(length -> " (at most " + length + " characters"
                        + (field.checked() ? ")" : ", not checked with the platform)"))
                .orElse(field.checked() ? "" : " (not checked with the platform)");
        if (field.parts().size() == 1) {
            return field.name() + limit + ":\n" + field.parts().get(0);
        }
        List<String> parts = new ArrayList<>();
        for (int part = 1; part <= field.parts().size(); part++) {
            parts.add("%s, part %d of %d%s:%n%s"
                    .formatted(
                            field.name(),
                            part,
                            field.parts().size(),
                            limit,
                            field.parts().get(part - 1)));
        }
        return String.join("\n\n", parts);
    }
}
