package org.takedownhub.cases;

import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.Source;

/** What a case is opened with. */
public record NewCase(
        ContentIdentity identity,
        String platform,
        String url,
        String reason,
        Category category,
        Source source,
        boolean threatToLife) {}
