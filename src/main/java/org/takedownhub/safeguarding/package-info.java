/** Safeguarding: somebody at risk is referred to those who protect them, whatever becomes of the content. */
@NullMarked
package org.takedownhub.safeguarding;

import org.jspecify.annotations.NullMarked;
