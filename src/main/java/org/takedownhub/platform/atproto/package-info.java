/** AT Protocol: reports through the PDS, labels and repository status as removal signals. */
@NullMarked
package org.takedownhub.platform.atproto;

import org.jspecify.annotations.NullMarked;
