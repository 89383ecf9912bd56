/** Process models in words: for people who cannot see a drawing, and for those who would rather read. */
@NullMarked
package org.takedownhub.modelling.outline;

import org.jspecify.annotations.NullMarked;
