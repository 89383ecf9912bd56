package org.takedownhub.modelling.lint;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Source;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.process.TakedownProcess;

/** How the program uses its tables, as far as tables themselves do not tell. */
final class KnownTables {

    /** Tables that may have no answer, with what the program takes that for. All others must have one for every case. */
    private static final Map<String, String> MAY_ANSWER_NOTHING = Map.of(
            TakedownProcess.DECISION_INSTRUMENT, "the register is read from its first entry to the first gap",
            TakedownProcess.DECISION_ESCALATION_LADDER, "the ladder ends where it has no further rung",
            TakedownProcess.DECISION_FORMAL_INSTRUMENT, "no formal instrument fits the case",
            TakedownProcess.DECISION_PENALTY_EXPOSURE, "the dossier says that nothing is known");

    /** Tables that are asked about some values of a variable only. */
    private static final Map<String, Map<String, List<String>>> ASKED_ONLY = Map.of(
            TakedownProcess.DECISION_REFERRAL_ROUTE,
            // Lawful content is not referred, and who cannot tell asks a second person first.
            Map.of(TakedownProcess.VERDICT.name(), List.of(Verdict.UNLAWFUL.name(), Verdict.BREACHES_TERMS.name())));

    private static final Map<String, List<String>> VALUES = Map.of(
            TakedownProcess.CATEGORY.name(), names(Category.values()),
            TakedownProcess.VERDICT.name(), names(Verdict.values()),
            TakedownProcess.SOURCE.name(), names(Source.values()),
            TakedownProcess.CHANNEL.name(), names(Channel.values()));

    private KnownTables() {}

    static boolean mayAnswerNothing(String table) {
        return MAY_ANSWER_NOTHING.containsKey(table);
    }

    /**
     * All values that an input can have, in this order of trust: what the program says, what the draft's register of
     * instruments says, what the draft's forms offer, what the column itself lists. Empty for free text.
     */
    static Optional<List<String>> values(String table, TableFile.Input input, SetUnderLint set) {
        List<String> asked = ASKED_ONLY.getOrDefault(table, Map.of()).get(input.variable());
        if (asked != null) {
            return Optional.of(asked);
        }
        return ofProgram(table, input.variable(), set)
                .or(() -> offered(input.variable(), set))
                .or(() -> Optional.of(input.allowed()))
                .filter(values -> !values.isEmpty());
    }

    /** What an output must be one of; empty where anything goes. */
    static Optional<List<String>> outputs(String table, TableFile.Output output, SetUnderLint set) {
        return output.allowed().isEmpty()
                ? ofProgram(table, output.name(), set)
                        .filter(values -> !output.name().equals("category"))
                : Optional.of(output.allowed());
    }

    private static Optional<List<String>> ofProgram(String table, String variable, SetUnderLint set) {
        boolean register = table.equals(TakedownProcess.DECISION_INSTRUMENT);
        if (variable.equals(TakedownProcess.INSTRUMENT.name())) {
            return register ? Optional.empty() : Optional.of(instruments(set));
        }
        return Optional.ofNullable(VALUES.get(variable));
    }

    private static List<String> instruments(SetUnderLint set) {
        Set<String> names = new LinkedHashSet<>();
        Instrument.SHIPPED.forEach(instrument -> names.add(instrument.name()));
        TableFile register = set.tables().get(TakedownProcess.DECISION_INSTRUMENT + ".dmn");
        if (register != null) {
            register.values(TakedownProcess.INSTRUMENT.name()).forEach(names::add);
        }
        return List.copyOf(names);
    }

    private static Optional<List<String>> offered(String key, SetUnderLint set) {
        Set<String> values = new LinkedHashSet<>();
        set.forms().values().forEach(form -> FormFileRules.components(form)
                .filter(component -> component.path("key").asText().equals(key))
                .flatMap(FormFileRules::options)
                .forEach(values::add));
        return values.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(values));
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
