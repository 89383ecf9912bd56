/** What managers model with: files, sets of files that are published together, and what may be wrong with them. */
@NullMarked
package org.takedownhub.modelling;

import org.jspecify.annotations.NullMarked;
