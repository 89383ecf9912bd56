package org.takedownhub.modelling.migration;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.removal.Replannings.Clocked;

/**
 * What a set of models would mean for the cases that are open on others. Counts and cases are those that whoever asked
 * may know of.
 *
 * @param fits          how many cases could move
 * @param needMapping   how many could once somebody says what takes the place of what
 * @param cannot        how many have to finish where they are
 * @param overdueAtOnce how many are not overdue and would be, if their deadline were computed anew; told with the first
 *                      page only
 * @param waits         where cases stand, per version
 * @param timers        running timers, per event
 * @param cases         one page of cases, in order of their references
 */
public record Impact(
        int fits,
        int needMapping,
        int cannot,
        OptionalInt overdueAtOnce,
        List<Wait> waits,
        List<Timer> timers,
        List<Affected> cases,
        boolean more) {

    public int all() {
        return fits + needMapping + cannot;
    }

    /**
     * A step of one version at which cases stand.
     *
     * @param version     as the engine counts
     * @param counterpart the id it has in the newer set; empty when it has none
     * @param cases       how many
     */
    public record Wait(
            String process, int version, String step, String name, Optional<String> counterpart, int cases) {}

    /**
     * An event whose timer runs in some cases.
     *
     * @param clock whether it is an alarm of a recipient's clock, which follows the ledger whatever a model says
     * @param gone  whether the newer set has none in its place
     * @param cases in how many it runs
     */
    public record Timer(String process, String event, String name, boolean clock, boolean gone, int cases) {}

    /**
     * An open case.
     *
     * @param places   where it stands
     * @param problems what stands against moving it, in sentences
     * @param clocks   its running clocks, and what the newer table of deadlines would make of them
     */
    public record Affected(
            CaseReference reference, List<Place> places, Fit fit, List<String> problems, List<Clocked> clocks) {}

    /** @param counterpart what the step is called in the newer set; empty when it is not there */
    public record Place(String process, int version, String step, String name, Optional<String> counterpart) {}
}
