/** Platforms without an API: a prepared packet that a person hands in. */
@NullMarked
package org.takedownhub.platform.portal;

import org.jspecify.annotations.NullMarked;
