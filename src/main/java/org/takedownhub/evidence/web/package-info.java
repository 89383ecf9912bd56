/** Evidence over HTTP. */
@NullMarked
package org.takedownhub.evidence.web;

import org.jspecify.annotations.NullMarked;
