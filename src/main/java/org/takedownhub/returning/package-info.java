/** Watch for return: removed content that comes back opens a case of its own. */
@NullMarked
package org.takedownhub.returning;

import org.jspecify.annotations.NullMarked;
