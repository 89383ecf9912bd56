package org.takedownhub.pages;

import java.util.List;

/**
 * What is wrong with a form that was sent, in the order of its fields. In a page's model it is the attribute
 * {@code errors}: the layout then begins the title with "Error:" and the page with a summary that links to each field.
 */
public record FormErrors(List<FormError> all) {

    public static final FormErrors NONE = new FormErrors(List.of());

    /** @param field the id of the input the reader is led to */
    public record FormError(String field, String text) {}

    public FormErrors {
        all = List.copyOf(all);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public boolean has(String field) {
        return all.stream().anyMatch(error -> error.field().equals(field));
    }

    /** Empty where the field is in order. */
    public String of(String field) {
        return all.stream()
                .filter(error -> error.field().equals(field))
                .map(FormError::text)
                .findFirst()
                .orElse("");
    }
}
