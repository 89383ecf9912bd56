package org.takedownhub.platform.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who is to be told of abuse, according to one RDAP answer: entities lie within entities, and the role {@code abuse} may
 * be at any depth (RFC 9083, section 5.1). Mail addresses stand in jCards (RFC 7095).
 */
final class AbuseEntities {

    private static final int DEEPEST = 8;
    private static final int MOST_ENTITIES = 500;
    private static final int MOST_ADDRESSES = 20;
    private static final Set<String> SELLERS = Set.of("registrar", "reseller", "sponsor");

    private final List<Hit> hits = new ArrayList<>();
    private int seen;

    private AbuseEntities() {}

    /** @param address as it stands in the answer: hostile */
    record Hit(String address, Scope scope) {}

    /** @param scope of an abuse contact that is nobody's in particular */
    static List<Hit> in(JsonNode object, Scope scope) {
        AbuseEntities found = new AbuseEntities();
        found.walk(object.path("entities"), scope, 0);
        return List.copyOf(found.hits);
    }

    private void walk(JsonNode entities, Scope scope, int depth) {
        if (depth >= DEEPEST || !entities.isArray()) {
            return;
        }
        for (JsonNode entity : entities) {
            seen++;
            if (seen > MOST_ENTITIES || hits.size() >= MOST_ADDRESSES) {
                return;
            }
            boolean abuse = false;
            Scope here = scope;
            for (JsonNode role : entity.path("roles")) {
                abuse |= role.asText().equalsIgnoreCase("abuse");
                if (scope == Scope.OPERATOR && SELLERS.contains(role.asText().toLowerCase(java.util.Locale.ROOT))) {
                    here = Scope.REGISTRAR;
                }
            }
            if (abuse) {
                for (JsonNode property : entity.path("vcardArray").path(1)) {
                    if (property.path(0).asText().equalsIgnoreCase("email")
                            && property.path(3).isTextual()) {
                        hits.add(new Hit(property.path(3).asText(), here));
                    }
                }
            }
            walk(entity.path("entities"), here, depth + 1);
        }
    }
}
