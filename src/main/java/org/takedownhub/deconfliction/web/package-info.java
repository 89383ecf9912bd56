/** The pages where forces answer whether content may be removed. */
@NullMarked
package org.takedownhub.deconfliction.web;

import org.jspecify.annotations.NullMarked;
