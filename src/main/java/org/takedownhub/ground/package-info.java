/** The ground register: the law or rule behind every notice, and why removal is necessary and goes no further. */
@NullMarked
package org.takedownhub.ground;

import org.jspecify.annotations.NullMarked;
