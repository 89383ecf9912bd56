package org.takedownhub.platform.page;

import java.util.List;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PublicLooks.Hints;

/** Knows how one platform, or one kind of site, shows that an item is up or gone. */
interface Recogniser {

    /** Name and version, such as {@code x-oembed/1}: one more when it would read the same answer differently. */
    String name();

    boolean reads(Content content, Hints hints);

    /** One look per item, in the same order. Never throws for what it saw. */
    List<Look> look(List<Content> contents, Round round);
}
