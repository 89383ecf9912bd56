package org.takedownhub.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who signs in and how. OpenID Connect has no standard claim for what somebody may do, so where it stands and how it is
 * written there is a setting; a dot leads into a claim that is an object ({@code realm_access.roles}).
 *
 * @param groupsClaim       the claim of an access or ID token that lists the groups: a list of texts, or one text
 * @param groupValues       which group a value of that claim stands for; without any, values are the groups themselves.
 *                          Several values may stand for one group. {@code deconfliction} stands for the deconfliction
 *                          officers of the person's force
 * @param forceClaim        the claim that names a person's force, for the value {@code deconfliction}; empty: none does
 * @param forceValues       which force a value of that claim stands for; without any, values are the forces themselves
 * @param userClaim         the claim that becomes the user id in the log and in Tasklist. It must be unique and never
 *                          be given to somebody else later; of the standard claims only {@code sub} promises that
 *                          (OpenID Connect Core 1.0, section 5.7)
 * @param forces            the forces whose deconfliction officers sign in, as the ending of their group:
 *                          {@code north} stands for {@code deconfliction-north}
 * @param attemptsPerUser   wrong passwords from one source address for one user name within {@code attemptWindow}
 * @param attemptsPerSource wrong passwords from one source address for any user name within {@code attemptWindow}
 */
@ConfigurationProperties("takedown.access")
record AccessSettings(
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Map<String, String> groupValues,
        @DefaultValue("") String forceClaim,
        @DefaultValue Map<String, String> forceValues,
        @DefaultValue("sub") String userClaim,
        @DefaultValue List<String> forces,
        @DefaultValue("10") int attemptsPerUser,
        @DefaultValue("100") int attemptsPerSource,
        @DefaultValue("PT1M") Duration attemptWindow) {

    AccessSettings {
        forces = List.copyOf(forces);
        groupValues = Map.copyOf(groupValues);
        forceValues = Map.copyOf(forceValues);
        for (String force : forces) {
            if (!force.matches("[a-z0-9][a-z0-9-]{0,39}")) {
                throw new IllegalArgumentException("takedown.access.forces: '" + force
                        + "' is not a force; use 1 to 40 lower-case letters, digits and hyphens");
            }
        }
        for (String force : forceValues.values()) {
            if (!forces.contains(force)) {
                throw new IllegalArgumentException(
                        "takedown.access.force-values: '" + force + "' is none of takedown.access.forces");
            }
        }
        if (attemptsPerUser < 1 || attemptsPerSource < 1 || attemptWindow.isNegative() || attemptWindow.isZero()) {
            throw new IllegalArgumentException("takedown.access: attempts and their window must be positive");
        }
    }
}
