/** Crisis mode: a manager raises the priority of what is linked to names or tags, until an end date. */
@NullMarked
package org.takedownhub.crisis;

import org.jspecify.annotations.NullMarked;
