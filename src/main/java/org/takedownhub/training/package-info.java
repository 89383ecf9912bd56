/** The training platform: a small social network that answers the Mastodon API. */
@NullMarked
package org.takedownhub.training;

import org.jspecify.annotations.NullMarked;
