/** Who may do what: sign-in, roles, security chains, Tasklist's groups and filters. */
@NullMarked
package org.takedownhub.access;

import org.jspecify.annotations.NullMarked;
