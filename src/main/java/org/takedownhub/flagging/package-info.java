/** Content flagged: reports become cases, duplicates join theirs. */
@NullMarked
package org.takedownhub.flagging;

import org.jspecify.annotations.NullMarked;
