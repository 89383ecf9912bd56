/** Replay: what a draft would have made of past cases, tried out in an engine of its own. */
@NullMarked
package org.takedownhub.modelling.replay;

import org.jspecify.annotations.NullMarked;
