/** Says in plain English what differs between two sets of models, what no drawing shows included. */
@NullMarked
package org.takedownhub.modelling.compare;

import org.jspecify.annotations.NullMarked;
