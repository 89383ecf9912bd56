/** What the hub's own pages have in common: words for instants and deadlines, and how a form says what is wrong. */
@NullMarked
package org.takedownhub.pages;

import org.jspecify.annotations.NullMarked;
