package org.takedownhub.flagging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.takedownhub.flagging.FlagRecords.Stored;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.InvalidInput.Problem;
import org.takedownhub.process.Person;
import org.takedownhub.process.StartForm;
import org.takedownhub.process.TakedownProcess;

/** The form {@code flag-content}, with which a person flags content in Tasklist. */
@Component
class FlagStartForm implements StartForm {

    private static final List<String> FIELDS = List.of(
            FlagRules.URL,
            FlagRules.REASON,
            FlagRules.CATEGORY,
            FlagRules.SOURCE,
            FlagRules.REPORTING_FORCE,
            FlagRules.THREAT_TO_LIFE);

    private final FlagRules rules;
    private final FlagRecords records;

    FlagStartForm(FlagRules rules, FlagRecords records) {
        this.rules = rules;
        this.records = records;
    }

    @Override
    public String processDefinitionKey() {
        return TakedownProcess.KEY;
    }

    @Override
    public Set<String> fields() {
        return Set.copyOf(FIELDS);
    }

    @Override
    public Start accept(Person person, Map<String, Object> submitted) {
        Stored stored = store(checked(submitted), person);
        return new Start(stored.flagged().caseReference(), stored.flagged().duplicate(), stored.variables());
    }

    private NewFlag checked(Map<String, Object> submitted) {
        Set<String> unknown = new TreeSet<>(submitted.keySet());
        FIELDS.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new InvalidInput(unknown.stream()
                    .map(field -> new Problem(
                            field, "is no field of this form. The fields are " + String.join(", ", FIELDS) + "."))
                    .toList());
        }
        try {
            return rules.check(texts(submitted));
        } catch (InvalidFlag refused) {
            throw new InvalidInput(refused.problems().stream()
                    // The door puts the field before the detail itself.
                    .map(problem -> new Problem(
                            problem.field(),
                            problem.detail().replaceFirst("^" + Pattern.quote(problem.field()) + ":? ", "")))
                    .toList());
        }
    }

    /** The engine's transaction cannot be started again from here, so the person is asked to. */
    private Stored store(NewFlag flag, Person person) {
        try {
            return records.store(flag, person.id());
        } catch (DuplicateKeyException faster) {
            throw new InvalidInput(
                    FlagRules.URL,
                    "Somebody flagged this content a moment ago. Send the form again to join their case.");
        }
    }

    private static Map<String, String> texts(Map<String, Object> submitted) {
        Map<String, String> texts = new HashMap<>();
        submitted.forEach((field, value) -> {
            boolean fits = field.equals(FlagRules.THREAT_TO_LIFE)
                    ? value instanceof Boolean || value instanceof String
                    : value instanceof String;
            if (value != null && !fits) {
                throw new InvalidInput(field, field + " has a value of the wrong type.");
            }
            if (value != null) {
                texts.put(field, value.toString());
            }
        });
        return texts;
    }
}
