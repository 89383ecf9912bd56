/** Tells what is wrong with models before they are kept: one set of rules for the browser, for programs and at every door. */
@NullMarked
package org.takedownhub.modelling.lint;

import org.jspecify.annotations.NullMarked;
