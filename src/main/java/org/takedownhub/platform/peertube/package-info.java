/** PeerTube REST API. */
@NullMarked
package org.takedownhub.platform.peertube;

import org.jspecify.annotations.NullMarked;
