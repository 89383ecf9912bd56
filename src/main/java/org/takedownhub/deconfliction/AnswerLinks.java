package org.takedownhub.deconfliction;

import static org.takedownhub.audit.Instants.stored;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.Cases;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.PrivateLine;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.Questions;
import org.takedownhub.process.Transactions;

/**
 * Links that answer one question of one force without a sign-in, for a force that has no other access. The token is
 * random, good for its question alone, kept as a hash only, and expires. Whoever has it learns the reference and the
 * deadline and nothing about the content.
 */
@Component
public class AnswerLinks implements PrivateLine {

    private static final int TOKEN_BYTES = 32;
    private static final int LONGEST_NAME = 200;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String LETTER = "deconfliction/";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ClockSpeed speed;
    private final DeconflictionSettings settings;
    private final Deconflictions deconflictions;
    private final Forces forces;
    private final Cases cases;
    private final Questions questions;
    private final Transactions transactions;
    private final SecureRandom random = new SecureRandom();

    AnswerLinks(
            JdbcClient jdbc,
            Clock clock,
            ClockSpeed speed,
            DeconflictionSettings settings,
            Deconflictions deconflictions,
            Forces forces,
            Cases cases,
            Questions questions,
            Transactions transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.speed = speed;
        this.settings = settings;
        this.deconflictions = deconflictions;
        this.forces = forces;
        this.cases = cases;
        this.questions = questions;
        this.transactions = transactions;
    }

    /** Whether a question still waits. */
    public enum State {
        /** An answer is awaited. */
        OPEN,
        /** The time is over and the duty officer is asked; an answer still counts. */
        LATE,
        /** Answered, by the force or by the duty officer, or not needed any more. */
        CLOSED
    }

    /**
     * A question as a link shows it.
     *
     * @param platform    the platform instance, or the host where none serves it
     * @param dueAt       before which it should be answered, UTC
     * @param latestHold  until when a hold given now may last, UTC
     * @param answer      what the force itself has answered; empty when it has not
     */
    public record ShownQuestion(
            CaseReference reference,
            String force,
            String platform,
            boolean threatToLife,
            Instant dueAt,
            Instant latestHold,
            State state,
            Optional<DeconflictionAnswer> answer) {}

    /** The question that a token answers; empty for anything that is no valid token. */
    @Transactional(readOnly = true)
    public Optional<ShownQuestion> find(String token) {
        return question(token).map(this::shown);
    }

    /**
     * Answers a question, as the form {@code answer-deconfliction} does.
     *
     * @param fields the form's field keys and values: text, or null where nothing was entered
     * @param who    name and role of whoever answers, as they say
     * @return the question as it stands after that; empty for anything that is no valid token
     * @throws InvalidInput    a value is missing, impossible, or no field of that form
     * @throws AnsweredAlready it is closed
     */
    public Optional<ShownQuestion> answer(String token, Map<String, Object> fields, String who) {
        String name = who.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("who", "must be your name and role, in 1 to " + LONGEST_NAME + " characters");
        }
        return transactions.run(() -> question(token).map(question -> {
            if (shown(question).state() == State.CLOSED) {
                throw new AnsweredAlready(question.reference());
            }
            deconflictions.answered(
                    question,
                    ForceAnswer.read(fields, deconflictions.limits(question)),
                    name + " (" + question.force() + ")",
                    Question.As.LINK);
            if (!questions.answered(question.reference(), question.number())) {
                throw new AnsweredAlready(question.reference());
            }
            return shown(deconflictions.find(question.id()).orElseThrow());
        }));
    }

    /**
     * Makes a link's token for the open question of a force about a case.
     *
     * @return empty when the force is asked nothing
     */
    @Transactional
    public Optional<String> issue(CaseReference reference, String force) {
        return deconflictions.round(reference).stream()
                .filter(question ->
                        question.force().equals(force) && question.given().isEmpty() && !question.dropped())
                .findFirst()
                .map(this::issue);
    }

    @Override
    @Transactional
    public Optional<String> of(Letter letter) {
        if (settings.hubUrl().isBlank() || !letter.key().matches(LETTER + "[0-9]+")) {
            return Optional.empty();
        }
        return deconflictions
                .find(Long.parseLong(letter.key().substring(LETTER.length())))
                .filter(question -> question.given().isEmpty() && !question.dropped())
                .map(question -> "Answer here: " + settings.hubUrl().replaceFirst("/+$", "") + "/deconfliction/"
                        + issue(question));
    }

    private String issue(Question question) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        jdbc.sql("insert into answer_link (token_hash, question_id, issued_at, expires_at) values (?, ?, ?, ?)")
                .params(
                        hash(token),
                        question.id(),
                        stored(now),
                        stored(now.plus(speed.scaled(settings.linkValidFor()))))
                .update();
        return token;
    }

    private Optional<Question> question(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        return jdbc.sql("select question_id from answer_link where token_hash = ? and expires_at > ?")
                .params(hash(token), stored(clock.instant()))
                .query(Long.class)
                .optional()
                .flatMap(deconflictions::find)
                .filter(question -> question.dueAt().isPresent() && forces.knows(question.force()));
    }

    ShownQuestion shown(Question question) {
        boolean closed = question.given().isPresent() || question.dropped();
        return new ShownQuestion(
                question.reference(),
                question.force(),
                cases.require(question.reference()).platform(),
                question.threatToLife(),
                question.dueAt().orElseThrow(),
                clock.instant().plus(speed.scaled(settings.longestHold())),
                closed ? State.CLOSED : question.silentAt().isPresent() ? State.LATE : State.OPEN,
                question.given().filter(given -> given.as() != Question.As.DUTY).map(Question.Given::answer));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
