/** Flags over HTTP: one, or many as CSV or JSON. */
@NullMarked
package org.takedownhub.flagging.web;

import org.jspecify.annotations.NullMarked;
