/** Captures of content, their hashes and their failures. */
@NullMarked
package org.takedownhub.evidence;

import org.jspecify.annotations.NullMarked;
