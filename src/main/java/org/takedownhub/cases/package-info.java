/** The case store: rows, search, state and what every step reads of a case. */
@NullMarked
package org.takedownhub.cases;

import org.jspecify.annotations.NullMarked;
