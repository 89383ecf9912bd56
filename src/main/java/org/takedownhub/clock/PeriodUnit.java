package org.takedownhub.clock;

/** How a period is counted. */
public enum PeriodUnit {
    /** Elapsed time, whatever the clocks on the wall do. */
    CLOCK_HOURS,
    /** Whole working days in the United Kingdom. */
    WORKING_DAYS,
    /** No period is set; a length given all the same is the hub's own target for looking at it again. */
    NONE
}
