/** Reads public pages and interfaces: whether content is still up where no connector's own API tells. */
@NullMarked
package org.takedownhub.platform.page;

import org.jspecify.annotations.NullMarked;
