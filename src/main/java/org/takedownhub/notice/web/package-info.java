/** Instruments, words and documents of notices, over HTTP. */
@NullMarked
package org.takedownhub.notice.web;

import org.jspecify.annotations.NullMarked;
