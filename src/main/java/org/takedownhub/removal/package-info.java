/** Await removal: the watch, the answers of platforms, withdrawals. */
@NullMarked
package org.takedownhub.removal;

import org.jspecify.annotations.NullMarked;
