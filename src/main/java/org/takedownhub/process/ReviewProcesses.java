package org.takedownhub.process;

import java.util.Map;
import org.takedownhub.casefile.CaseReference;

/** Starts the process in which somebody uninvolved looks at a notice again. It outlives the takedown it is about. */
public interface ReviewProcesses {

    /**
     * Starts one, in the caller's transaction.
     *
     * @param variables what the engine may keep: references, flags, instants
     */
    void start(CaseReference reference, Map<String, Object> variables);
}
