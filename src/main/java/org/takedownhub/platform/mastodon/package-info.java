/** Mastodon REST API. */
@NullMarked
package org.takedownhub.platform.mastodon;

import org.jspecify.annotations.NullMarked;
