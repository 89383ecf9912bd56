/** Deconflict: whether removing content would harm what another force is working on. */
@NullMarked
package org.takedownhub.deconfliction;

import org.jspecify.annotations.NullMarked;
