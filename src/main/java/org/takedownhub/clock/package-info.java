/** Deadline policies, working-day calendars and the clock ledger. */
@NullMarked
package org.takedownhub.clock;

import org.jspecify.annotations.NullMarked;
