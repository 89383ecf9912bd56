/** Any server of the fediverse: reports as signed ActivityPub {@code Flag} activities, in the name of an actor of our own. */
@NullMarked
package org.takedownhub.platform.activitypub;

import org.jspecify.annotations.NullMarked;
