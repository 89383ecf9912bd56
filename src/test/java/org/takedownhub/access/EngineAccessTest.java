package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@RunningHubTest
class EngineAccessTest {

    private static final List<String> TABLES =
            List.of("act_id_user", "act_id_group", "act_id_membership", "act_ru_authorization", "act_ru_filter");

    @Autowired
    private EngineAccess access;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FilterService filters;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private Visitor visitor;

    @Autowired
    private ObjectMapper json;

    @Test
    void changesNoRowWhenTheHubStartsAgain() {
        List<Object> before = rows();
        access.afterSingletonsInstantiated();
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void withdrawsWhatIsGrantedNoMore() {
        Authorization stray = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        stray.setGroupId("auditors");
        stray.setResource(Resources.DEPLOYMENT);
        stray.setResourceId(Authorization.ANY);
        stray.addPermission(Permissions.CREATE);
        authorizations.saveAuthorization(stray);
        List<Authorization> granted = authorizations
                .createAuthorizationQuery()
                .groupIdIn("caseworkers")
                .resourceType(Resources.APPLICATION)
                .list();
        granted.forEach(grant -> authorizations.deleteAuthorization(grant.getId()));

        access.afterSingletonsInstantiated();

        assertThat(authorizations
                        .createAuthorizationQuery()
                        .groupIdIn("auditors")
                        .resourceType(Resources.DEPLOYMENT)
                        .count())
                .isZero();
        assertThat(authorizations.isUserAuthorized(
                        "anybody", List.of("caseworkers"), Permissions.ACCESS, Resources.APPLICATION, "tasklist"))
                .isTrue();
    }

    @Test
    void leavesTheMakingOfFiltersRightsAccountsAndModelsToTheProgram() {
        for (Resources resource : List.of(
                Resources.FILTER,
                Resources.AUTHORIZATION,
                Resources.DEPLOYMENT,
                Resources.TASK,
                Resources.USER,
                Resources.GROUP,
                Resources.GROUP_MEMBERSHIP)) {
            TrainingAccounts.GROUPS_BY_USER.forEach((user, groups) -> assertThat(authorizations.isUserAuthorized(
                            user, groups, Permissions.CREATE, resource, Authorization.ANY))
                    .as("%s creates %s", user, resource)
                    .isFalse());
        }
    }

    @Test
    void keepsTheEnginesAdministratorsEmptyHanded() {
        assertThat(authorizations
                        .createAuthorizationQuery()
                        .groupIdIn("camunda-admin")
                        .list())
                .extracting(Authorization::getResourceType)
                .containsOnly(Resources.GROUP.resourceType());
        assertThat(jdbc.sql("select count(*) from act_id_user where pwd_ is not null")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"caseworker1", "duty", "manager1", "operator"})
    void offersTheQueuesInTheirOrder(String user) throws Exception {
        assertThat(queues(user))
                .containsExactly(
                        "Overdue now", "Due next 4 hours", "My tasks", "To pick up", "Crisis", "Escalated", "All open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"officer", "force-north", "reviewer", "leadership", "records", "auditor"})
    void answersTheQueuesThatARoleSees(String user) throws Exception {
        assertThat(queues(user)).contains("Overdue now", "Due next 4 hours", "My tasks", "To pick up", "All open");
        for (JsonNode filter : filters(user)) {
            var list = visitor.call(
                    "GET", "/engine-rest/filter/" + filter.path("id").asText() + "/count", user);
            assertThat(list.statusCode()).as("%s %s", user, filter.path("name")).isEqualTo(200);
        }
    }

    @Test
    void sortsEveryQueueBySoonestDeadlineAndShowsTheSameFactsOnItsCards() {
        for (Filter filter : filters.createTaskFilterQuery().list()) {
            Map<String, Object> properties = filter.getProperties();
            assertThat(properties).containsEntry("refresh", true).containsEntry("showUndefinedVariable", false);
            assertThat((List<?>) properties.get("variables")).hasSizeBetween(1, 5);
            assertThat(jdbc.sql("select query_ from act_ru_filter where id_ = ?")
                            .param(filter.getId())
                            .query(String.class)
                            .single())
                    .contains("\"orderingProperties\":[{\"queryProperty\":\"DUE_DATE_\",\"direction\":\"asc\"}");
        }
    }

    private List<String> queues(String user) throws Exception {
        List<JsonNode> found = new ArrayList<>(filters(user));
        found.sort((one, other) -> Integer.compare(
                one.path("properties").path("priority").asInt(),
                other.path("properties").path("priority").asInt()));
        return found.stream().map(filter -> filter.path("name").asText()).toList();
    }

    private List<JsonNode> filters(String user) throws Exception {
        JsonNode answer = json.readTree(visitor.call("GET", "/engine-rest/filter?resourceType=Task", user)
                .body());
        return StreamSupport.stream(answer.spliterator(), false).toList();
    }

    private List<Object> rows() {
        List<Object> rows = new ArrayList<>();
        for (String table : TABLES) {
            rows.add(jdbc.sql("select * from " + table).query().listOfRows().stream()
                    .map(row -> new TreeMap<>(row).toString())
                    .sorted()
                    .toList());
        }
        return rows;
    }
}
