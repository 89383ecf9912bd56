/** What a case is: references, content keys, verdicts, outcomes. Knows nothing but the JDK. */
@NullMarked
package org.takedownhub.casefile;

import org.jspecify.annotations.NullMarked;
