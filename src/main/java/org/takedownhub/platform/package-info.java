/** The port to social-media platforms, and the safe HTTP client that connectors use. */
@NullMarked
package org.takedownhub.platform;

import org.jspecify.annotations.NullMarked;
