package org.takedownhub.access;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who signs in and how.
 *
 * @param groupsClaim       the claim of an access or ID token that lists the groups (OpenID Connect has no standard one)
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
        @DefaultValue("sub") String userClaim,
        @DefaultValue List<String> forces,
        @DefaultValue("10") int attemptsPerUser,
        @DefaultValue("100") int attemptsPerSource,
        @DefaultValue("PT1M") Duration attemptWindow) {

    AccessSettings {
        forces = List.copyOf(forces);
        for (String force : forces) {
            if (!force.matches("[a-z0-9][a-z0-9-]{0,39}")) {
                throw new IllegalArgumentException("takedown.access.forces: '" + force
                        + "' is not a force; use 1 to 40 lower-case letters, digits and hyphens");
            }
        }
        if (attemptsPerUser < 1 || attemptsPerSource < 1 || attemptWindow.isNegative() || attemptWindow.isZero()) {
            throw new IllegalArgumentException("takedown.access: attempts and their window must be positive");
        }
    }
}
