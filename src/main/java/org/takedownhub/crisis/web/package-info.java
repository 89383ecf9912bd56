/** Crisis mode over HTTP. */
@NullMarked
package org.takedownhub.crisis.web;

import org.jspecify.annotations.NullMarked;
