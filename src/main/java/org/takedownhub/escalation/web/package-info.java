/** The ladder over HTTP: agendas of platform meetings, and the files that rungs made out. */
@NullMarked
package org.takedownhub.escalation.web;

import org.jspecify.annotations.NullMarked;
