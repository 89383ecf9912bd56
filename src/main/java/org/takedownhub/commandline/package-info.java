/** The command line for managers' own pipelines: a client of the API, with JSON answers and exit codes. */
@NullMarked
package org.takedownhub.commandline;

import org.jspecify.annotations.NullMarked;
