package org.takedownhub.referral;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Outcome;
import org.takedownhub.casefile.OutcomeScope;
import org.takedownhub.casefile.RemovedBy;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.Returned;
import org.takedownhub.clock.DeadlinePolicies;
import org.takedownhub.clock.DeadlineQuestion;
import org.takedownhub.clock.StartEvent;
import org.takedownhub.ground.Grounds;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.notice.FormalNotices;
import org.takedownhub.notice.Gap;
import org.takedownhub.notice.NoticeMaker;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.ProofOfDelivery;
import org.takedownhub.notice.Recipient;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.Submission;
import org.takedownhub.platform.SubmissionListener;
import org.takedownhub.platform.Submissions;
import org.takedownhub.platform.Uncertain;
import org.takedownhub.process.Takedowns;

/**
 * Referring content: the notice, its way out, and what became of it. The first to hear what became of a submission, so
 * that whoever hears of it next finds the notice given.
 */
@Component
@Order(0)
@Transactional(propagation = Propagation.MANDATORY)
class Referrals implements SubmissionListener {

    private final Cases cases;
    private final Notices notices;
    private final FormalNotices formalNotices;
    private final Submissions submissions;
    private final NoticeMaker maker;
    private final Returned returned;
    private final DeadlinePolicies policies;
    private final Takedowns takedowns;
    private final ReferralRoutes routes;
    private final Grounds grounds;
    private final Approvals approvals;
    private final Addressees addressees;
    private final NoticeLetters noticeLetters;
    private final Audit audit;
    private final Clock clock;

    Referrals(
            Cases cases,
            Notices notices,
            FormalNotices formalNotices,
            Submissions submissions,
            NoticeMaker maker,
            Returned returned,
            DeadlinePolicies policies,
            Takedowns takedowns,
            ReferralRoutes routes,
            Grounds grounds,
            Approvals approvals,
            Addressees addressees,
            NoticeLetters noticeLetters,
            Audit audit,
            Clock clock) {
        this.cases = cases;
        this.notices = notices;
        this.formalNotices = formalNotices;
        this.submissions = submissions;
        this.maker = maker;
        this.returned = returned;
        this.policies = policies;
        this.takedowns = takedowns;
        this.routes = routes;
        this.grounds = grounds;
        this.approvals = approvals;
        this.addressees = addressees;
        this.noticeLetters = noticeLetters;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes out the notice.
     *
     * @return how many recipients it has; empty when it lacks what its law wants
     */
    OptionalInt issue(CaseReference reference, Instrument instrument, Channel channel) {
        CaseFile file = cases.require(reference);
        ReferralRoutes.Route route = routes.choose(reference);
        approvals.mustStand(reference, instrument, route.recipientKnown());
        List<Notices.Addressee> recipients = addressees.of(instrument, file.platform(), channel);
        OptionalInt first = maker.issue(reference, instrument, route.version(), recipients);
        first.ifPresent(
                number -> grounds.cite(notices.require(reference, number).noticeId(), reference));
        return first.isEmpty() ? first : OptionalInt.of(recipients.size());
    }

    /**
     * Makes out the statutory notice that a voluntary referral became, to a recipient of its own.
     *
     * @return the number of that recipient
     * @throws IllegalStateException the notice lacks what its law wants, which approving it must have shown
     */
    int formalise(CaseReference reference, int recipientNumber) {
        Recipient referred = notices.require(reference, recipientNumber);
        Instrument instrument = notices.formalInstrument(reference, recipientNumber)
                .orElseThrow(() -> new IllegalStateException("Recipient " + recipientNumber + " of case " + reference
                        + " has no statutory instrument to go on with"));
        CaseFile file = cases.require(reference);
        ReferralRoutes.Route route = routes.choose(reference);
        Channel channel = formalNotices
                .find(reference, recipientNumber)
                .map(proposal -> routes.best(file, proposal.fit().channels()))
                .orElseGet(route::channel);
        int number = maker.issue(reference, instrument, route.version(), List.of(addressees.again(referred, channel)))
                .orElseThrow(() -> new IllegalStateException(
                        "The notice that recipient " + recipientNumber + " of case " + reference
                                + " is to get is incomplete: "
                                + maker.gaps(reference, instrument).stream()
                                        .map(Gap::inWords)
                                        .collect(Collectors.joining("; "))));
        grounds.cite(notices.require(reference, number).noticeId(), reference);
        notices.supersede(reference, recipientNumber, number);
        return number;
    }

    /** Prepares the sending. A referral that a person found not to have arrived goes out as a new attempt. */
    void refer(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        if (recipient.role() != ContactRole.PROVIDER) {
            noticeLetters.write(recipient);
            return;
        }
        int attempt = (int) submissions.of(reference).stream()
                .filter(earlier -> earlier.recipientNumber() == recipientNumber
                        && earlier.purpose() == Submission.Purpose.REFERRAL)
                .count();
        submissions.prepare(
                reference,
                recipientNumber,
                0,
                attempt,
                Submission.Purpose.REFERRAL,
                routes.choose(reference).through(recipient.channel()),
                recipient.explanation());
    }

    /** This way did not work out: the next one of the route, or at its end a person. */
    private void goesOn(CaseReference reference, int recipientNumber) {
        Recipient recipient = notices.require(reference, recipientNumber);
        Optional<ReferralRoutes.Way> next = routes.choose(reference).after(recipient.channel());
        notices.goesThrough(
                reference,
                recipientNumber,
                next.map(ReferralRoutes.Way::channel).orElse(Channel.PORTAL));
        if (next.isPresent()) {
            refer(reference, recipientNumber);
        } else if (!takedowns.referralAnswered(reference, recipientNumber, "BY_HAND")) {
            // It had gone out before and came back: nobody waits for it any more, so a person is asked what to do.
            takedowns.clarificationAsked(reference, recipientNumber, clock.instant());
        }
    }

    @Override
    public void settled(Submission submission, ReferralAnswer answer) {
        if (submission.purpose() != Submission.Purpose.REFERRAL) {
            return;
        }
        CaseReference reference = submission.reference();
        int number = submission.recipientNumber();
        if (answer instanceof Receipt receipt) {
            // By our own clock: a platform whose clock is wrong must not move a deadline.
            given(reference, number, lastSent(reference, number));
            // A mail server that takes a mail has not delivered it: the proof comes later, or never.
            if (notices.require(reference, number).channel() != Channel.MAIL) {
                notices.received(reference, number, clock.instant(), ProofOfDelivery.API_RECEIPT, receipt.reference());
            }
            takedowns.referralAnswered(reference, number, "SENT");
        } else if (answer instanceof ContentGone) {
            notices.settle(reference, number, Outcome.ALREADY_GONE, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN);
            takedowns.referralAnswered(reference, number, "GONE");
        } else if (answer instanceof Uncertain) {
            if (!takedowns.referralAnswered(reference, number, "UNCERTAIN")) {
                // It had gone out before and came back: a person has to find out whether this one arrived.
                takedowns.clarificationAsked(reference, number, clock.instant());
            }
        } else if (answer instanceof NeedsPerson || answer instanceof PlatformRefusal) {
            goesOn(reference, number);
        }
    }

    /** A person says that a referral whose fate was unknown did arrive, or did not and shall go out again. */
    void resolve(CaseReference reference, int recipientNumber, boolean arrived, String note) {
        if (arrived) {
            Recipient recipient = notices.require(reference, recipientNumber);
            given(
                    reference,
                    recipientNumber,
                    recipient.role() == ContactRole.PROVIDER
                            ? lastSent(reference, recipientNumber)
                            : noticeLetters.triedAt(recipient).orElseGet(clock::instant));
        }
        audit.record(reference, "referral.resolved", (arrived ? "arrived: " : "not arrived, sent again: ") + note);
    }

    /** A person handed the packet in, found the content gone, or could not. */
    void handedIn(
            CaseReference reference,
            int recipientNumber,
            HandedIn result,
            Optional<ProofOfDelivery> proof,
            Optional<Instant> receivedAt,
            String platformReference,
            String note) {
        switch (result) {
            case SENT -> {
                given(reference, recipientNumber, clock.instant());
                proof.or(() -> receivedAt.map(at -> ProofOfDelivery.PORTAL_CONFIRMATION))
                        .ifPresent(how -> notices.received(
                                reference,
                                recipientNumber,
                                receivedAt.orElseGet(clock::instant),
                                how,
                                platformReference));
            }
            case ALREADY_GONE -> notices.settle(
                    reference, recipientNumber, Outcome.ALREADY_GONE, OutcomeScope.UNKNOWN, RemovedBy.UNKNOWN);
            case CANNOT -> notices.settle(reference, recipientNumber, Outcome.IMPOSSIBLE, null, null);
        }
        String words = (platformReference + " " + note).strip();
        audit.record(reference, "referral.by-hand", result + (words.isEmpty() ? "" : ": " + words));
    }

    /** Whether the clock of this recipient starts only with proof that its notice arrived. */
    boolean startsOnReceipt(CaseReference reference, int recipientNumber) {
        CaseFile file = cases.require(reference);
        return policies.policyFor(new DeadlineQuestion(
                                notices.require(reference, recipientNumber).instrument(),
                                file.category(),
                                file.threatToLife(),
                                returned.isReturn(reference)))
                        .startEvent()
                == StartEvent.RECEIVED;
    }

    private void given(CaseReference reference, int recipientNumber, Instant at) {
        notices.given(reference, recipientNumber, at);
    }

    /** A referral was given when it went out. */
    private Instant lastSent(CaseReference reference, int recipientNumber) {
        return submissions.sentAt(reference, recipientNumber).orElseGet(clock::instant);
    }

    /** What came of a packet. */
    enum HandedIn {
        SENT,
        ALREADY_GONE,
        CANNOT
    }
}
