package org.takedownhub.supervision;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.audit.Audit;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Person;
import org.takedownhub.process.TaskHandover;
import org.takedownhub.process.TaskHandover.Held;
import org.takedownhub.process.Transactions;

/**
 * A manager hands open tasks from one person to another, or back to their queue. Each task is handed over by itself: one
 * that cannot be leaves the others alone. Nothing but the assignee changes.
 */
@Component
public class Handovers {

    private static final int MOST_AT_ONCE = 500;

    private final TaskHandover tasks;
    private final KnownPeople people;
    private final CaseVisibility visibility;
    private final Sight sight;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Transactions transactions;

    Handovers(
            TaskHandover tasks,
            KnownPeople people,
            CaseVisibility visibility,
            Sight sight,
            JdbcClient jdbc,
            Audit audit,
            Transactions transactions) {
        this.tasks = tasks;
        this.people = people;
        this.visibility = visibility;
        this.sight = sight;
        this.jdbc = jdbc;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** What came of one task. */
    public enum Result {
        HANDED_OVER,
        /** It was there already. */
        UNCHANGED,
        REFUSED,
        /** Nobody knows such an open task, or whoever asks may not. */
        NOT_OPEN
    }

    /** @param detail in words, for people; empty where there is nothing to add */
    public record Handover(String taskId, String name, String caseReference, Result result, String detail) {}

    /**
     * @param to     empty gives the task back to its queue
     * @param reason in the manager's words
     */
    public Handover give(String taskId, Optional<String> to, String reason) {
        try {
            return transactions.run(() -> tasks.find(taskId)
                    .filter(held -> visibility.maySee(held.caseReference()))
                    .map(held -> given(held, to, reason))
                    .orElseGet(() -> new Handover(
                            taskId, "", "", Result.NOT_OPEN, "There is no such open task. It may be done by now.")));
        } catch (Refused refused) {
            Held held = refused.task;
            return new Handover(
                    taskId,
                    held.name(),
                    held.caseReference().value(),
                    Result.REFUSED,
                    String.valueOf(refused.getMessage()));
        }
    }

    /** Hands over everything that somebody has claimed, as far as whoever asks may know of it; at most 500 tasks. */
    public List<Handover> giveAll(String from, Optional<String> to, String reason) {
        return jdbc
                .sql("select t.id_ from act_ru_task t where t.assignee_ = :whose and " + sight.of("t")
                        + " order by t.due_date_ nulls last, t.id_ fetch first :most rows only")
                .param("whose", from)
                .param("most", MOST_AT_ONCE)
                .query(String.class)
                .list()
                .stream()
                .map(task -> give(task, to, reason))
                .toList();
    }

    private Handover given(Held held, Optional<String> to, String reason) {
        if (held.assignee().equals(to)) {
            return handover(held, Result.UNCHANGED, "");
        }
        try {
            if (to.isEmpty()) {
                tasks.giveBack(held);
            } else {
                tasks.give(held, person(held, to.get()));
            }
        } catch (NotAllowed refused) {
            throw new Refused(
                    held,
                    to.map(name -> "The rules would refuse " + name + ": " + refused.getMessage())
                            .orElse(String.valueOf(refused.getMessage())));
        }
        audit.record(
                held.caseReference(),
                "task.handed-over",
                held.name() + ", from " + held.assignee().orElse("the queue") + " to " + to.orElse("the queue") + ": "
                        + reason);
        return handover(held, Result.HANDED_OVER, "");
    }

    private Person person(Held held, String name) {
        return people.find(name)
                .orElseThrow(() -> new Refused(
                        held,
                        "The hub does not know the groups of " + name
                                + ". Check the name; somebody new has to sign in here once"));
    }

    private static Handover handover(Held held, Result result, String detail) {
        return new Handover(held.taskId(), held.name(), held.caseReference().value(), result, detail);
    }

    /** Leaves the transaction, so that nothing of a refused handover stays. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Held task;

        Refused(Held task, String why) {
            super(why);
            this.task = task;
        }
    }
}
