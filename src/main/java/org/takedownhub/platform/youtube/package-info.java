/** YouTube Data API v3. */
@NullMarked
package org.takedownhub.platform.youtube;

import org.jspecify.annotations.NullMarked;
