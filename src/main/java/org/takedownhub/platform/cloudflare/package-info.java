/** Cloudflare's abuse reports: for sites that it serves without hosting them. */
@NullMarked
package org.takedownhub.platform.cloudflare;

import org.jspecify.annotations.NullMarked;
