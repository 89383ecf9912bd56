/** The log: append-only, hash-chained, written in the transaction of what it describes. */
@NullMarked
package org.takedownhub.audit;

import org.jspecify.annotations.NullMarked;
