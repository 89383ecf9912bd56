/** The pages where forces answer whether content may be removed, and forces, interests, strands and figures over HTTP. */
@NullMarked
package org.takedownhub.deconfliction.web;

import org.jspecify.annotations.NullMarked;
