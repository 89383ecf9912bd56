package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ClaimedGroupsTest {

    @Test
    void takesTheGroupsAsTheyAreWhereNobodySaysOtherwise() {
        ClaimedGroups groups = groups("groups", Map.of(), "", Map.of());
        assertThat(of(groups, Map.of("groups", List.of("caseworkers", "deconfliction-north", "covert-officers"))))
                .containsExactlyInAnyOrder("caseworkers", "deconfliction-north", "covert-officers");
        assertThat(of(groups, Map.of("groups", "caseworkers"))).containsExactly("caseworkers");
    }

    @Test
    void givesNothingForWhatNobodyListed(CapturedOutput log) {
        ClaimedGroups groups = groups("groups", Map.of("Desk", "caseworkers"), "", Map.of());
        for (Object claim : List.of(
                List.of("camunda-admin", "caseworkers", "desk", "Desk "), List.of(1, true), Map.of("Desk", true), 7)) {
            assertThat(of(groups, Map.of("groups", claim))).as("%s", claim).isEmpty();
            assertThat(of(groups, Map.of("groups", claim))).as("%s", claim).isEmpty();
        }
        assertThat(of(groups, Map.of())).isEmpty();
        assertThat(log.getOut()).containsOnlyOnce("'camunda-admin'");
    }

    @Test
    void readsValuesAsTheSignInServerWritesThem() {
        ClaimedGroups groups = groups(
                "resource_access.hub.roles", Map.of("Desk", "caseworkers", "Senior desk", "caseworkers"), "", Map.of());
        Map<String, Object> claims =
                Map.of("resource_access", Map.of("hub", Map.of("roles", List.of("Senior desk", "Desk"))));
        assertThat(of(groups, claims)).containsExactly("caseworkers");
        assertThat(of(groups, Map.of("resource_access.hub.roles", List.of("Desk"))))
                .as("a claim whose own name has dots")
                .containsExactly("caseworkers");
    }

    @Test
    void takesALiaisonsForceFromItsOwnClaim() {
        ClaimedGroups groups = groups("groups", Map.of("Liaison", "deconfliction"), "force", Map.of("42", "north"));
        assertThat(of(groups, Map.of("groups", List.of("Liaison"), "force", "42")))
                .containsExactly("deconfliction-north");
        for (Object force : List.of("43", "north", List.of("42", "43"), 42)) {
            assertThat(of(groups, Map.of("groups", List.of("Liaison"), "force", force)))
                    .as("%s", force)
                    .isEmpty();
        }
        assertThat(of(groups, Map.of("groups", List.of("Liaison")))).isEmpty();
    }

    @Test
    void refusesToStartWithAGroupThatDoesNotExist() {
        assertThatThrownBy(() -> groups("groups", Map.of("Desk", "caseworker"), "", Map.of()))
                .hasMessageContaining("'caseworker' is no group of the hub");
        assertThatThrownBy(() -> groups("groups", Map.of(), "force", Map.of("42", "west")))
                .hasMessageContaining("'west' is none of takedown.access.forces");
    }

    private static Set<String> of(ClaimedGroups groups, Map<String, Object> claims) {
        return groups.authorities(claims).stream()
                .map(authority -> authority.getAuthority())
                .collect(Collectors.toSet());
    }

    private static ClaimedGroups groups(
            String claim, Map<String, String> values, String forceClaim, Map<String, String> forceValues) {
        AccessSettings settings = new AccessSettings(
                claim, values, forceClaim, forceValues, "sub", List.of("north"), 10, 100, Duration.ofMinutes(1));
        return new ClaimedGroups(settings, new Groups(settings));
    }
}
