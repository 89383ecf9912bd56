/** Change requests: how a draft of models becomes what cases run on, with two people's names under it. */
@NullMarked
package org.takedownhub.modelling.change;

import org.jspecify.annotations.NullMarked;
