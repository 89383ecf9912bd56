package org.takedownhub.referral;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Channel;
import org.takedownhub.notice.Letter;
import org.takedownhub.notice.LetterListener;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices;
import org.takedownhub.notice.Recipient;
import org.takedownhub.process.Takedowns;

/** Notices to those who are no platform: each goes as a letter of its own, and what became of it is told the process. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class NoticeLetters implements LetterListener {

    static final String PURPOSE = "NOTICE";

    private final Letters letters;
    private final Notices notices;
    private final Takedowns takedowns;
    private final Clock clock;

    NoticeLetters(Letters letters, Notices notices, Takedowns takedowns, Clock clock) {
        this.letters = letters;
        this.notices = notices;
        this.takedowns = takedowns;
        this.clock = clock;
    }

    /** Writes the letter, as a new one each time a person found that the last did not arrive. */
    void write(Recipient recipient) {
        letters.write(
                prefix(recipient) + written(recipient),
                recipient.reference(),
                PURPOSE,
                recipient.name(),
                recipient.address(),
                "Notice " + recipient.reference(),
                recipient.explanation());
    }

    /** When the newest letter to a recipient went to the mail server, UTC. */
    Optional<Instant> triedAt(Recipient recipient) {
        long written = written(recipient);
        return written == 0 ? Optional.empty() : letters.triedAt(prefix(recipient) + (written - 1));
    }

    @Override
    public void settled(Letter letter) {
        if (!letter.purpose().equals(PURPOSE)) {
            return;
        }
        CaseReference reference = letter.reference();
        String[] key = letter.key().split("/");
        int number = Integer.parseInt(key[key.length - 2]);
        switch (letter.state()) {
            case SENT -> {
                notices.given(reference, number, letter.sentAt().orElseGet(clock::instant));
                takedowns.referralAnswered(reference, number, "SENT");
            }
            case UNCERTAIN -> takedowns.referralAnswered(reference, number, "UNCERTAIN");
            case FILED -> {
                notices.goesThrough(reference, number, Channel.PORTAL);
                takedowns.referralAnswered(reference, number, "BY_HAND");
            }
            case QUEUED, SENDING -> throw new IllegalStateException("The letter " + letter.key() + " is under way");
        }
    }

    private long written(Recipient recipient) {
        return letters.of(recipient.reference()).stream()
                .filter(letter -> letter.key().startsWith(prefix(recipient)))
                .count();
    }

    private static String prefix(Recipient recipient) {
        return Notices.letterPrefix(recipient.reference(), recipient.number());
    }
}
