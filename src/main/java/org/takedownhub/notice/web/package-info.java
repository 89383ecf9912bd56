/** Instruments, words and documents of notices, and the directory of contacts, over HTTP. */
@NullMarked
package org.takedownhub.notice.web;

import org.jspecify.annotations.NullMarked;
