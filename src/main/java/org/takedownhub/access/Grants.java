package org.takedownhub.access;

import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.CREATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.DELETE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.MIGRATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_TASK;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.RETRY_JOB;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.SUSPEND;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.SUSPEND_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.TASK_ASSIGN;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.TASK_WORK;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.UPDATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.UPDATE_INSTANCE_VARIABLE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.UPDATE_TASK_VARIABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;

/**
 * What each role may do inside the engine, whichever door it comes through. A task needs no row here: the engine lets
 * its candidate groups and its assignee read and work on it. Nobody may create a filter, an authorization or a user:
 * that is left to the program itself.
 */
final class Grants {

    private static final String TAKEDOWN = "takedown";
    private static final String TASKLIST = "tasklist";
    private static final String COCKPIT = "cockpit";

    private Grants() {}

    /** @param id {@code *} stands for all */
    record Grant(Resource resource, String id, Set<Permission> permissions) {}

    /** The web applications of the engine that a role uses. */
    static Set<String> applications(Role role) {
        return of(role).stream()
                .filter(grant -> grant.resource() == Resources.APPLICATION)
                .map(Grant::id)
                .collect(Collectors.toSet());
    }

    static List<Grant> of(Role role) {
        List<Grant> common =
                List.of(new Grant(Resources.APPLICATION, TASKLIST, Set.of(Permissions.ACCESS)), definitions(READ));
        return Stream.of(common, special(role)).flatMap(List::stream).toList();
    }

    private static List<Grant> special(Role role) {
        return switch (role) {
            case CASEWORKERS, DUTY_OFFICERS -> join(
                    starting(), List.of(definitions(READ, READ_INSTANCE, READ_HISTORY)));
            case AUTHORISED_OFFICERS -> List.of(definitions(READ, READ_INSTANCE, READ_HISTORY));
            case DECONFLICTION_OFFICERS -> starting();
            case MANAGERS -> join(
                    starting(),
                    supervising(),
                    List.of(definitions(READ, READ_INSTANCE, READ_HISTORY, READ_TASK, TASK_ASSIGN)));
            case OPERATORS -> join(
                    supervising(),
                    List.of(definitions(
                            READ,
                            READ_INSTANCE,
                            READ_HISTORY,
                            READ_TASK,
                            TASK_WORK,
                            UPDATE_INSTANCE,
                            UPDATE_INSTANCE_VARIABLE,
                            UPDATE_TASK_VARIABLE,
                            DELETE_INSTANCE,
                            MIGRATE_INSTANCE,
                            RETRY_JOB,
                            SUSPEND,
                            SUSPEND_INSTANCE)));
            case REVIEW_OFFICERS, LEADERSHIP, RECORDS_MANAGERS, AUDITORS, COVERT_OFFICERS -> List.of();
        };
    }

    private static List<Grant> starting() {
        return List.of(
                new Grant(Resources.PROCESS_DEFINITION, TAKEDOWN, Set.of(READ, CREATE_INSTANCE)),
                new Grant(Resources.PROCESS_INSTANCE, Authorization.ANY, Set.of(Permissions.CREATE)));
    }

    private static List<Grant> supervising() {
        return List.of(
                new Grant(Resources.APPLICATION, COCKPIT, Set.of(Permissions.ACCESS)),
                new Grant(
                        Resources.DECISION_DEFINITION,
                        Authorization.ANY,
                        Set.of(Permissions.READ, Permissions.READ_HISTORY, Permissions.CREATE_INSTANCE)),
                new Grant(Resources.DECISION_REQUIREMENTS_DEFINITION, Authorization.ANY, Set.of(Permissions.READ)),
                new Grant(Resources.DEPLOYMENT, Authorization.ANY, Set.of(Permissions.READ)),
                new Grant(Resources.BATCH, Authorization.ANY, Set.of(Permissions.READ)));
    }

    private static Grant definitions(Permission... permissions) {
        return new Grant(Resources.PROCESS_DEFINITION, Authorization.ANY, Set.of(permissions));
    }

    @SafeVarargs
    private static List<Grant> join(List<Grant>... grants) {
        List<Grant> all = new ArrayList<>();
        for (List<Grant> some : grants) {
            all.addAll(some);
        }
        return all;
    }
}
