/** Decision tables as typed sheets: read from the file, checked in plain words, written back without touching the rest, and tried with saved cases. */
@NullMarked
package org.takedownhub.modelling.table;

import org.jspecify.annotations.NullMarked;
