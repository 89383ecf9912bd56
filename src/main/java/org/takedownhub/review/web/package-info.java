/** Requests for review, complaints and decision notices over HTTP. */
@NullMarked
package org.takedownhub.review.web;

import org.jspecify.annotations.NullMarked;
