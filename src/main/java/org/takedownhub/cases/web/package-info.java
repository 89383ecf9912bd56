/** The case API and the case page. */
@NullMarked
package org.takedownhub.cases.web;

import org.jspecify.annotations.NullMarked;
