package org.takedownhub.identity;

import static org.takedownhub.audit.Instants.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.InvalidContentUrl;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.CaseOpened;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.ContentAddresses;
import org.takedownhub.cases.Relation;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.evidence.Evidence;
import org.takedownhub.identity.Resolution.Found;
import org.takedownhub.identity.Resolution.Unresolved;
import org.takedownhub.platform.Platforms;

/** The questions, and what becomes of a case when one is answered. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class IdentityQuestions {

    private static final int LONGEST_DETAIL = 2000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ClockSpeed speed;
    private final Audit audit;
    private final Cases cases;
    private final CaseLinks links;
    private final ContentAddresses addresses;
    private final Platforms platforms;
    private final Evidence evidence;
    private final IdentitySettings settings;

    IdentityQuestions(
            JdbcClient jdbc,
            Clock clock,
            ClockSpeed speed,
            Audit audit,
            Cases cases,
            CaseLinks links,
            ContentAddresses addresses,
            Platforms platforms,
            Evidence evidence,
            IdentitySettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.speed = speed;
        this.audit = audit;
        this.cases = cases;
        this.links = links;
        this.addresses = addresses;
        this.platforms = platforms;
        this.evidence = evidence;
        this.settings = settings;
    }

    /** What a connector of ours serves, it identifies by itself. */
    @EventListener
    void opened(CaseOpened opened) {
        Question.about(opened.identity())
                .filter(kind -> kind != Question.Kind.REMOTE_VIEW
                        || platforms.configured(opened.platform()).isEmpty())
                .ifPresent(
                        kind -> ask(opened.reference(), kind, opened.identity().canonicalUrl()));
    }

    private void ask(CaseReference reference, Question.Kind kind, URI url) {
        Instant now = clock.instant();
        jdbc.sql("insert into identity_question (case_reference, url, kind, state, tries, not_before, asked_at)"
                        + " values (?, ?, ?, 'WAITING', 0, ?, ?)")
                .params(reference.value(), url.toString(), kind.name(), stored(now), stored(now))
                .update();
    }

    @Transactional(readOnly = true)
    public List<CaseReference> due(Instant now, int most) {
        return jdbc.sql("select case_reference from identity_question where state = 'WAITING' and not_before <= ?"
                        + " order by not_before, case_reference fetch first ? rows only")
                .params(stored(now), most)
                .query((row, number) -> new CaseReference(row.getString(1)))
                .list();
    }

    /** Takes a question that is due. Counts as a try, so that one that kills its worker ends as well. */
    Optional<Question> lease(CaseReference reference, Instant now, Instant until) {
        Optional<Question> question = jdbc.sql("select * from identity_question where case_reference = ? and state ="
                        + " 'WAITING' and not_before <= ?")
                .params(reference.value(), stored(now))
                .query((row, number) -> new Question(
                        reference,
                        Question.Kind.valueOf(row.getString("kind")),
                        URI.create(row.getString("url")),
                        row.getInt("tries")))
                .optional();
        return question.filter(found ->
                jdbc.sql("update identity_question set tries = tries + 1, not_before = ? where case_reference ="
                                        + " ? and state = 'WAITING' and tries = ?")
                                .params(stored(until), reference.value(), found.tries())
                                .update()
                        == 1);
    }

    /**
     * Does what follows from an answer.
     *
     * @throws org.springframework.dao.DuplicateKeyException somebody has just opened a case with the key that was found
     */
    void answered(Question question, Resolution resolution) {
        if (resolution instanceof Found found) {
            found(question, found);
        } else if (resolution instanceof Unresolved unresolved) {
            unresolved(question, unresolved);
        }
    }

    private void found(Question question, Found found) {
        CaseReference reference = question.reference();
        ContentIdentity identity;
        try {
            identity = addresses.identify(found.url().toString());
        } catch (InvalidContentUrl e) {
            unresolved(
                    question,
                    Unresolved.forGood("It leads to no address of content: " + e.getMessage(), found.chain()));
            return;
        }
        keep(question, found.chain(), Optional.of(found.url()));
        CaseFile file = cases.require(reference);
        Optional<CaseReference> same =
                cases.lockOpen(identity.key(), file.source().isCovert()).filter(open -> !open.equals(reference));
        if (same.isPresent()) {
            links.link(
                    reference,
                    Relation.POSSIBLE_DUPLICATE,
                    same.get(),
                    "The address of this case leads to " + identity.key());
            settle(question, "DUPLICATE", found.url(), identity, "There is an open case of this item: " + same.get());
        } else if (!file.open() || wasReferred(reference)) {
            // What a notice was given about stays what it was given about.
            settle(question, "TOO_LATE", found.url(), identity, "Found out when the case had been referred or closed");
            audit.record(reference, "identity.too-late", "The address leads to " + identity.key());
        } else {
            cases.rekey(reference, identity, platforms.serving(identity).instance());
            settle(question, "RESOLVED", found.url(), identity, "");
        }
    }

    private boolean wasReferred(CaseReference reference) {
        return jdbc.sql("select count(*) from notice where case_reference = ?")
                        .params(reference.value())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void unresolved(Question question, Unresolved unresolved) {
        int tries = question.tries() + 1;
        if (unresolved.forGood() || tries > settings.retries().size()) {
            keep(question, unresolved.chain(), Optional.empty());
            settle(question, "GIVEN_UP", null, null, unresolved.why());
            audit.record(question.reference(), "identity.given-up", unresolved.why());
            return;
        }
        Instant soonest = clock.instant().plus(speed.scaled(settings.retries().get(tries - 1)));
        Instant again = unresolved.retryAt().filter(soonest::isBefore).orElse(soonest);
        jdbc.sql("update identity_question set not_before = ?, detail = ? where case_reference = ?")
                .params(
                        stored(again),
                        shortened(unresolved.why()),
                        question.reference().value())
                .update();
    }

    private void settle(
            Question question, String state, @Nullable URI url, @Nullable ContentIdentity identity, String detail) {
        jdbc.sql("update identity_question set state = :state, settled_at = :now, resolved_url = :url, content_key ="
                        + " :key, detail = :detail where case_reference = :reference")
                .param("state", state)
                .param("now", stored(clock.instant()))
                .param("url", url == null ? null : url.toString())
                .param("key", identity == null ? null : identity.key().value())
                .param("detail", shortened(detail))
                .param("reference", question.reference().value())
                .update();
    }

    /** The chain is evidence: tomorrow the same link may lead elsewhere. */
    private void keep(Question question, List<Hop> chain, Optional<URI> result) {
        ObjectNode record = JSON.createObjectNode();
        record.put("asked", question.url().toString())
                .put("kind", question.kind().name());
        result.ifPresent(url -> record.put("result", url.toString()));
        ArrayNode hops = record.putArray("hops");
        for (Hop hop : chain) {
            ObjectNode node = hops.addObject();
            node.put("at", hop.at().toString())
                    .put("method", hop.method())
                    .put("url", hop.url().toString())
                    .put("status", hop.status());
            hop.location().ifPresent(location -> node.put("location", location));
        }
        try {
            evidence.keep(
                    question.reference(),
                    "identity",
                    question.url(),
                    "chain of redirects",
                    "application/json",
                    JSON.writeValueAsBytes(record));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers can always be written", e);
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }
}
