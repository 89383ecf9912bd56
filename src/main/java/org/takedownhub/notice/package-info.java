/** Notices, recipients, submissions and letters: what was asked of whom. */
@NullMarked
package org.takedownhub.notice;

import org.jspecify.annotations.NullMarked;
