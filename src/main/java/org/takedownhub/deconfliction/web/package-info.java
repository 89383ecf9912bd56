/** Forces, their interests, strands and figures over HTTP. */
@NullMarked
package org.takedownhub.deconfliction.web;

import org.jspecify.annotations.NullMarked;
