package org.takedownhub.process;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Category;
import org.takedownhub.ground.GroundTables;

/** The decision tables behind the ground register. */
@Component
class DecidedGrounds implements GroundTables {

    private final DecisionTables tables;

    DecidedGrounds(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public Catalogued offence(String code) {
        DecisionTables.Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_OFFENCE_CATALOGUE, Map.of("offence", code))
                .orElseThrow(() -> new IllegalStateException("The offence catalogue does not have " + code));
        return new Catalogued(
                ruling.text("title"), ruling.text("elements"), ruling.text("legalReference"), ruling.version());
    }

    @Override
    public Statement statement(Category category) {
        DecisionTables.Ruling ruling = tables.decide(
                        TakedownProcess.DECISION_GROUND_STATEMENT,
                        Map.of(TakedownProcess.CATEGORY.name(), category.name()))
                .orElseThrow(() -> new IllegalStateException("There is no ground statement for " + category));
        return new Statement(
                ruling.text("necessity"),
                ruling.text("proportionality"),
                ruling.text("platformRule"),
                ruling.text("alternatives"),
                ruling.version());
    }
}
