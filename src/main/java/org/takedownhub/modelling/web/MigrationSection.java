package org.takedownhub.modelling.web;

import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeState;
import org.takedownhub.modelling.migration.Migration;
import org.takedownhub.modelling.migration.Migration.CaseState;
import org.takedownhub.modelling.migration.Migrations;
import org.takedownhub.pages.Moments;

/** Moving open cases to what a request has published, and what came of earlier moves. */
@Component
class MigrationSection implements ChangeSection {

    private final MigrationTargets targets;
    private final Migrations migrations;

    MigrationSection(MigrationTargets targets, Migrations migrations) {
        this.targets = targets;
        this.migrations = migrations;
    }

    /** @param live whether cases can be moved to these models now */
    public record Shown(boolean live, List<Row> rows) {}

    public record Row(String id, String when, String who, String state, String moved, int stayed) {}

    @Override
    public String id() {
        return "migration";
    }

    @Override
    public String title() {
        return "Moving open cases";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public boolean shows(ChangeRequest request) {
        return request.state() == ChangeState.PUBLISHED;
    }

    @Override
    public Shown data(ChangeRequest request) {
        return new Shown(
                targets.live(request).isPresent(),
                migrations.of(request.reference().number()).stream()
                        .map(MigrationSection::row)
                        .toList());
    }

    private static Row row(Migration migration) {
        return new Row(
                migration.id(),
                Moments.words(migration.createdAt()),
                migration.createdBy(),
                state(migration.state()),
                migration.count(CaseState.MIGRATED) + " of " + migration.all(),
                migration.count(CaseState.FAILED));
    }

    static String state(Migration.State state) {
        return switch (state) {
            case RUNNING -> "Under way";
            case DONE -> "Done";
            case CANCELLED -> "Stopped";
        };
    }
}
