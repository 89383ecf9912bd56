/** Watching the work: where cases stand, how long steps take, what is stuck, who has what to do, and how queues flow. */
@NullMarked
package org.takedownhub.supervision;

import org.jspecify.annotations.NullMarked;
