package org.takedownhub.removal;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.cases.Cases;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformEventListener;

/**
 * A platform's webhook is a reason to look at once, and no more than that: "action taken" may mean that it decided to
 * leave the content up.
 */
@Component
class LookNow implements PlatformEventListener {

    private final Cases cases;
    private final Watched watched;

    LookNow(Cases cases, Watched watched) {
        this.cases = cases;
        this.watched = watched;
    }

    @Override
    @Transactional
    public void received(String instance, PlatformEvent event) {
        event.identities().forEach((name, value) -> cases.openWithIdentity(instance, name, value)
                .forEach(reference -> watched.lookNow(reference, instance)));
    }
}
