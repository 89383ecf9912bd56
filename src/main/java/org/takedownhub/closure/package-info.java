/** Close case: the outcome, and who is told. */
@NullMarked
package org.takedownhub.closure;

import org.jspecify.annotations.NullMarked;
