package org.takedownhub.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** The groups that exist here: one per role, and one per force for deconfliction. */
@Component
public class Groups {

    private final Set<String> known = new LinkedHashSet<>();

    Groups(AccessSettings settings) {
        for (Role role : Role.values()) {
            if (role != Role.DECONFLICTION_OFFICERS) {
                known.add(role.group());
            }
        }
        settings.forces().forEach(force -> known.add(Role.deconflictionGroup(force)));
    }

    /** Their ids, as models write them. */
    public Set<String> all() {
        return Set.copyOf(known);
    }

    Set<String> of(Role role) {
        Set<String> groups = new TreeSet<>();
        for (String group : known) {
            if (Role.ofGroup(group).filter(role::equals).isPresent()) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** The authorities of somebody in these groups; one that is not ours gives none. */
    Set<GrantedAuthority> authorities(Collection<String> memberships) {
        Set<GrantedAuthority> authorities = new LinkedHashSet<>();
        for (String group : memberships) {
            if (known.contains(group)) {
                authorities.add(new SimpleGrantedAuthority(group));
            }
        }
        return authorities;
    }
}
