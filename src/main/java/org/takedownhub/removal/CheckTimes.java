package org.takedownhub.removal;

import java.time.Duration;

/** How often content is looked at, before the clock's speed is applied. */
@FunctionalInterface
interface CheckTimes {

    Times at(Phase phase, String platform);

    enum Phase {
        NO_DEADLINE,
        BEFORE_DEADLINE,
        OVERDUE
    }

    /**
     * @param shortest between two looks
     * @param longest  between two looks, also at a platform that does not answer
     * @param share    between these two: this part of the time since sending or until the deadline, whichever is less
     */
    record Times(Duration shortest, Duration longest, double share) {

        public Times {
            if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
                throw new IllegalArgumentException(
                        "The shortest time between two looks must be longer than zero and not above the longest");
            }
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException("The share must be at least 0 and less than 1");
            }
        }

        /** What holds where the managers' table says nothing usable: the watch never stands still for its sake. */
        static Times usual(Phase phase) {
            return phase == Phase.OVERDUE
                    ? new Times(Duration.ofMinutes(15), Duration.ofMinutes(30), 0)
                    : new Times(Duration.ofMinutes(1), Duration.ofMinutes(30), 0.05);
        }
    }
}
