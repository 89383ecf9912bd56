/** Escalate: the ladder and what each rung sends or files. */
@NullMarked
package org.takedownhub.escalation;

import org.jspecify.annotations.NullMarked;
