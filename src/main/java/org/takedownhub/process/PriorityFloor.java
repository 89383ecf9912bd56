package org.takedownhub.process;

import java.util.OptionalInt;
import org.takedownhub.casefile.CaseReference;

/** Whatever raises the priority of cases for a while. It never lowers any: the highest floor and the table's word win. */
public interface PriorityFloor {

    /** The lowest priority that the tasks of this case have now, 0 to 100; empty where nothing raises it. */
    OptionalInt floor(CaseReference reference);
}
