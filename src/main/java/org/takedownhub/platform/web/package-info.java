/** Platform webhooks, the platform list and the key of an address over HTTP. */
@NullMarked
package org.takedownhub.platform.web;

import org.jspecify.annotations.NullMarked;
