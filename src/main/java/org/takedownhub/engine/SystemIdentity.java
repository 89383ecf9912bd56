package org.takedownhub.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;
import org.takedownhub.process.AsSystem;

/** Lays the engine's signed-in person aside while the hub's own work runs, and puts it back. */
@Component
class SystemIdentity implements AsSystem {

    private final IdentityService identity;

    SystemIdentity(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public <T> T call(Supplier<T> work) {
        Authentication person = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return work.get();
        } finally {
            identity.setAuthentication(person);
        }
    }
}
