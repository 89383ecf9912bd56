/** Answers and withdrawals over HTTP. */
@NullMarked
package org.takedownhub.removal.web;

import org.jspecify.annotations.NullMarked;
