package org.takedownhub.notice;

import java.util.Optional;

/**
 * A line that the addressee of a letter alone may read, such as a link that answers without a sign-in. It is made at the
 * moment the mail leaves and put where the letter says {@link #PLACE}; the letter on file never has it.
 */
public interface PrivateLine {

    /** Where the line goes in a letter's body. */
    String PLACE = "{private-line}";

    /** The line for a letter; empty when this has nothing to do with it. Runs in a transaction of its own. */
    Optional<String> of(Letter letter);
}
