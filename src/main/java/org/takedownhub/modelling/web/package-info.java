/** The manager's desk, for programs and for people in a browser. */
@NullMarked
package org.takedownhub.modelling.web;

import org.jspecify.annotations.NullMarked;
