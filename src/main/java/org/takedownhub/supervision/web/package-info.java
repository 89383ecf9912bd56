/** The pages and the API through which managers watch the work. */
@NullMarked
package org.takedownhub.supervision.web;

import org.jspecify.annotations.NullMarked;
