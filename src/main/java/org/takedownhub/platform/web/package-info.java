/** Platform webhooks and the platform list over HTTP. */
@NullMarked
package org.takedownhub.platform.web;

import org.jspecify.annotations.NullMarked;
