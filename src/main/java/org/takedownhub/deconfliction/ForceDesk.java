package org.takedownhub.deconfliction;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Actor;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.cases.Cases;
import org.takedownhub.deconfliction.AnswerLinks.ShownQuestion;
import org.takedownhub.deconfliction.AnswerLinks.State;
import org.takedownhub.process.Questions;
import org.takedownhub.process.Transactions;

/** What the deconfliction officers of a force see and answer when they have signed in. */
@Component
public class ForceDesk {

    private final JdbcClient jdbc;
    private final Deconflictions deconflictions;
    private final AnswerLinks links;
    private final Forces forces;
    private final Interests interests;
    private final Cases cases;
    private final CaseVisibility visibility;
    private final Questions questions;
    private final Transactions transactions;
    private final Actor actor;

    ForceDesk(
            JdbcClient jdbc,
            Deconflictions deconflictions,
            AnswerLinks links,
            Forces forces,
            Interests interests,
            Cases cases,
            CaseVisibility visibility,
            Questions questions,
            Transactions transactions,
            Actor actor) {
        this.jdbc = jdbc;
        this.deconflictions = deconflictions;
        this.links = links;
        this.forces = forces;
        this.interests = interests;
        this.cases = cases;
        this.visibility = visibility;
        this.questions = questions;
        this.transactions = transactions;
        this.actor = actor;
    }

    /**
     * A question as its force sees it.
     *
     * @param address the flagged address, made unclickable
     * @param entries what stands on the force's own list about it; empty where nothing does
     */
    public record Asked(long id, ShownQuestion question, String address, String entries) {}

    /** What waits for an answer of the forces that somebody in these groups speaks for; what is due first stands first. */
    @Transactional(readOnly = true)
    public List<Asked> open(Collection<String> groups) {
        List<String> own = forces.names().stream()
                .filter(force -> forces.speaksFor(force, groups))
                .toList();
        if (own.isEmpty()) {
            return List.of();
        }
        return jdbc
                .sql("select id from deconfliction_question where force in (:forces) and due_at is not null and answer"
                        + " is null and dropped_at is null order by due_at, id")
                .param("forces", own)
                .query(Long.class)
                .list()
                .stream()
                .flatMap(id -> find(id, groups).stream())
                .toList();
    }

    /** Empty where there is no such question, where it was put to another force, and where the case is covert. */
    @Transactional(readOnly = true)
    public Optional<Asked> find(long id, Collection<String> groups) {
        return question(id, groups).map(this::asked);
    }

    /**
     * Answers a question, as the form {@code answer-deconfliction} does.
     *
     * @return the question as it stands after that; empty where there is none for this person
     * @throws org.takedownhub.process.InvalidInput a value is missing or impossible
     * @throws AnsweredAlready                      it is closed
     */
    public Optional<Asked> answer(long id, Map<String, Object> fields, Collection<String> groups) {
        return transactions.run(() -> question(id, groups).map(question -> {
            if (links.shown(question).state() == State.CLOSED) {
                throw new AnsweredAlready(question.reference());
            }
            deconflictions.answered(
                    question,
                    ForceAnswer.read(fields, deconflictions.limits(question)),
                    actor.current(),
                    Question.As.FORCE);
            if (!questions.answered(question.reference(), question.number())) {
                throw new AnsweredAlready(question.reference());
            }
            return asked(deconflictions.find(id).orElseThrow());
        }));
    }

    private Optional<Question> question(long id, Collection<String> groups) {
        return deconflictions
                .find(id)
                .filter(question -> question.dueAt().isPresent() && forces.speaksFor(question.force(), groups))
                .filter(question -> visibility.maySee(question.reference()));
    }

    private Asked asked(Question question) {
        return new Asked(
                question.id(),
                links.shown(question),
                cases.require(question.reference()).defangedUrl(),
                interests.inWords(question.force(), question.entries()));
    }
}
