/** The takedown process as seen from code: the only vocabulary of ids, messages, errors and variables. */
@NullMarked
package org.takedownhub.process;

import org.jspecify.annotations.NullMarked;
