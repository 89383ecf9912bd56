package org.takedownhub.referral;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Channel;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.notice.Contact;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.notice.InstrumentTerms;
import org.takedownhub.notice.Letters;
import org.takedownhub.notice.Notices.Addressee;
import org.takedownhub.notice.Recipient;

/**
 * To whom a notice is made out: the provider always, and whoever else the instrument names and the directory knows. Only
 * the provider is reached through the platform's interface: the same report twice would be two reports.
 */
@Component
class Addressees {

    private final InstrumentTerms terms;
    private final ContactDirectory directory;
    private final Letters letters;

    Addressees(InstrumentTerms terms, ContactDirectory directory, Letters letters) {
        this.terms = terms;
        this.directory = directory;
        this.letters = letters;
    }

    /** @param channel how the provider is reached */
    List<Addressee> of(Instrument instrument, String platform, Channel channel) {
        Addressee provider = new Addressee(platform, channel, platform);
        Stream<Addressee> others = terms.recipients(instrument).stream()
                .filter(role -> role != ContactRole.PROVIDER)
                .flatMap(role -> directory.holder(platform, role).stream())
                .map(contact -> beside(provider, contact));
        return Stream.concat(Stream.of(provider), others).toList();
    }

    /** The same addressee under another instrument. */
    Addressee again(Recipient recipient, Channel channel) {
        return new Addressee(
                recipient.role(),
                recipient.name(),
                recipient.role() == ContactRole.PROVIDER ? channel : byLetter(recipient.address()),
                recipient.platform(),
                recipient.address());
    }

    private Addressee beside(Addressee provider, Contact contact) {
        Optional<String> address = Optional.of(contact.address());
        // People and programs name a recipient by its name.
        String name =
                contact.name().equals(provider.name()) ? contact.name() + " (" + contact.role() + ")" : contact.name();
        return new Addressee(contact.role(), name, byLetter(address), provider.platform(), address);
    }

    private Channel byLetter(Optional<String> address) {
        return letters.canMailTo(address) ? Channel.MAIL : Channel.PORTAL;
    }
}
