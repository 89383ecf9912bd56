package org.takedownhub.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.BatchPermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.takedownhub.access.Grants.Grant;
import org.takedownhub.audit.Actor;

/**
 * Brings the engine's groups, authorizations and filters to what this program says, before the first request is
 * taken. What is right already is left alone, so a second start changes no row; what we granted once and grant no more
 * is withdrawn.
 */
@Component
class EngineAccess implements SmartInitializingSingleton {

    private static final Set<Resource> MADE_BY_ENGINE =
            Set.of(Resources.TASK, Resources.HISTORIC_TASK, Resources.GROUP);
    private static final String ENGINE_ADMINISTRATORS = "camunda-admin";

    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final TaskFilters filters;
    private final Groups groups;
    private final TransactionOperations transaction;
    private final JdbcClient jdbc;
    private final boolean training;

    EngineAccess(
            IdentityService identities,
            AuthorizationService authorizations,
            TaskFilters filters,
            Groups groups,
            TransactionOperations transaction,
            JdbcClient jdbc,
            Environment environment) {
        this.identities = identities;
        this.authorizations = authorizations;
        this.filters = filters;
        this.groups = groups;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.training = environment.acceptsProfiles(Profiles.of("training"));
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> {
            waitForOtherNodes();
            closeFirstAdministratorPage();
            groups.all().forEach(group -> ensureGroup(group, "WORKFLOW"));
            if (training) {
                TrainingAccounts.GROUPS_BY_USER.forEach(this::ensureAccount);
            }
            grant(filters.provision());
        });
    }

    /** Nodes of a cluster start one after the other here: the engine's own row for that is locked until we commit. */
    private void waitForOtherNodes() {
        jdbc.sql("select value_ from act_ge_property where name_ = 'startup.lock' for update")
                .query(String.class)
                .list();
    }

    /**
     * As long as no user is in {@code camunda-admin}, Camunda's web applications send everybody to a page that makes
     * the first administrator. The one member is the program itself: it has no password, cannot sign in, and the group
     * is granted nothing.
     */
    private void closeFirstAdministratorPage() {
        ensureGroup(ENGINE_ADMINISTRATORS, "SYSTEM");
        ensureAccount(Actor.SYSTEM, List.of(ENGINE_ADMINISTRATORS));
    }

    private void ensureGroup(String id, String type) {
        if (identities.createGroupQuery().groupId(id).count() == 0) {
            var group = identities.newGroup(id);
            group.setName(id);
            group.setType(type);
            identities.saveGroup(group);
        }
    }

    /** The engine keeps no password: it is not what signs anybody in. */
    private void ensureAccount(String id, List<String> memberships) {
        if (identities.createUserQuery().userId(id).count() == 0) {
            var user = identities.newUser(id);
            user.setFirstName(id);
            user.setLastName("");
            identities.saveUser(user);
        }
        List<String> stored = identities.createGroupQuery().groupMember(id).list().stream()
                .map(group -> group.getId())
                .toList();
        memberships.stream()
                .filter(group -> !stored.contains(group))
                .forEach(group -> identities.createMembership(id, group));
        stored.stream()
                .filter(group -> !memberships.contains(group))
                .forEach(group -> identities.deleteMembership(id, group));
    }

    private void grant(Map<String, Set<Role>> filterReaders) {
        Map<Key, Set<Permission>> wanted = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            List<Grant> grants = new ArrayList<>(Grants.of(role));
            filterReaders.forEach((filter, readers) -> {
                if (readers.contains(role)) {
                    grants.add(new Grant(Resources.FILTER, filter, Set.of(Permissions.READ)));
                }
            });
            for (String group : groups.of(role)) {
                for (Grant grant : grants) {
                    wanted.computeIfAbsent(
                                    new Key(group, grant.resource().resourceType(), grant.id()),
                                    key -> new LinkedHashSet<>())
                            .addAll(grant.permissions());
                }
            }
        }
        for (Authorization stored : storedGrants()) {
            Set<Permission> permissions =
                    wanted.remove(new Key(stored.getGroupId(), stored.getResourceType(), stored.getResourceId()));
            if (permissions == null) {
                authorizations.deleteAuthorization(stored.getId());
            } else if (bits(permissions) != bits(permissions(stored))) {
                stored.setPermissions(permissions.toArray(Permission[]::new));
                authorizations.saveAuthorization(stored);
            }
        }
        wanted.forEach((key, permissions) -> {
            Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            grant.setGroupId(key.group());
            grant.setResourceType(key.resourceType());
            grant.setResourceId(key.resourceId());
            grant.setPermissions(permissions.toArray(Permission[]::new));
            authorizations.saveAuthorization(grant);
        });
    }

    /** All grants to our groups but those on single tasks and on themselves, which the engine makes itself. */
    private List<Authorization> storedGrants() {
        List<Authorization> stored = new ArrayList<>();
        for (Resource resource : Resources.values()) {
            if (!MADE_BY_ENGINE.contains(resource)) {
                stored.addAll(authorizations
                        .createAuthorizationQuery()
                        .authorizationType(Authorization.AUTH_TYPE_GRANT)
                        .resourceType(resource)
                        .groupIdIn(groups.all().toArray(String[]::new))
                        .list());
            }
        }
        return stored;
    }

    private static Set<Permission> permissions(Authorization stored) {
        Set<Permission> granted = new LinkedHashSet<>();
        for (Permission permission : permissionsOf(stored.getResourceType())) {
            if (permission.getValue() != 0
                    && permission.getValue() != Integer.MAX_VALUE
                    && stored.isPermissionGranted(permission)) {
                granted.add(permission);
            }
        }
        return granted;
    }

    /** The same permission is a constant of several enumerations; its bit is one. */
    private static int bits(Set<Permission> permissions) {
        return permissions.stream().mapToInt(Permission::getValue).reduce(0, (one, other) -> one | other);
    }

    private static Permission[] permissionsOf(int resourceType) {
        if (resourceType == Resources.PROCESS_DEFINITION.resourceType()) {
            return ProcessDefinitionPermissions.values();
        }
        return resourceType == Resources.BATCH.resourceType() ? BatchPermissions.values() : Permissions.values();
    }

    private record Key(String group, int resourceType, String resourceId) {}
}
