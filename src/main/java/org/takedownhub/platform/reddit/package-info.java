/** Reddit's API, for clients that Reddit has approved. */
@NullMarked
package org.takedownhub.platform.reddit;

import org.jspecify.annotations.NullMarked;
