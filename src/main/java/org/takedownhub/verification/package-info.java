/** Verify content: the caseworker's verdict and the guide that suggests one. */
@NullMarked
package org.takedownhub.verification;

import org.jspecify.annotations.NullMarked;
