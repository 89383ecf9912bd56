/** How the engine is set up: settings, job executor, indexes, the door for people's input and the four locks on hostile models. */
@NullMarked
package org.takedownhub.engine;

import org.jspecify.annotations.NullMarked;
