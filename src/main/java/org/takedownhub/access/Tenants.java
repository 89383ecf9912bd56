package org.takedownhub.access;

import java.util.List;
import org.takedownhub.engine.CovertTenant;
import org.takedownhub.process.Person;

/** What of the engine that is not for everybody somebody may see. */
final class Tenants {

    private Tenants() {}

    static List<String> of(Person person) {
        return person.groups().contains(Role.COVERT_OFFICERS.group()) ? List.of(CovertTenant.ID) : List.of();
    }
}
