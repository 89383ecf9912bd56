/** Open cases and a newer set of models: who could move, what would become of each, and moving them one by one. */
@NullMarked
package org.takedownhub.modelling.migration;

import org.jspecify.annotations.NullMarked;
