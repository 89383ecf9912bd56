/** Abuse mail: notices to the contacts that RDAP names, and the answers that come back by IMAP. */
@NullMarked
package org.takedownhub.platform.mail;

import org.jspecify.annotations.NullMarked;
