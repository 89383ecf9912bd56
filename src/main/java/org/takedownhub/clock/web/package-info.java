/** The officer's deadline calculator over HTTP. */
@NullMarked
package org.takedownhub.clock.web;

import org.jspecify.annotations.NullMarked;
