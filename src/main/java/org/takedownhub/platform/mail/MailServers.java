package org.takedownhub.platform.mail;

import jakarta.mail.Session;
import java.util.Properties;
import org.takedownhub.platform.mail.MailSettings.Server;
import org.takedownhub.platform.mail.MailSettings.Tls;

/** How mail servers are talked to: encrypted, certificate checked, every step limited in time. */
final class MailServers {

    private MailServers() {}

    /** @param protocol {@code smtp} or {@code imap} */
    static Session session(String protocol, Server server, MailSettings settings, LimitedSockets sockets) {
        String prefix = "mail." + protocol + ".";
        String limit = Long.toString(settings.timeout().toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.host", server.host());
        properties.setProperty(prefix + "connectiontimeout", limit);
        properties.setProperty(prefix + "timeout", limit);
        properties.setProperty(prefix + "writetimeout", limit);
        properties.setProperty(prefix + "ssl.enable", Boolean.toString(server.tls() == Tls.IMPLICIT));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(server.tls() == Tls.STARTTLS));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(server.tls() == Tls.STARTTLS));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
        properties.setProperty(prefix + "auth.mechanisms", "PLAIN LOGIN");
        properties.put(prefix + (server.tls() == Tls.IMPLICIT ? "ssl.socketFactory" : "socketFactory"), sockets);
        properties.setProperty(prefix + "socketFactory.fallback", "false");
        // What we call ourselves; otherwise the machine's own name would travel with every mail.
        properties.setProperty("mail.smtp.localhost", MailAddresses.domain(settings.from()));
        properties.setProperty("mail.smtp.sendpartial", "false");
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.imap.partialfetch", "true");
        properties.setProperty("mail.imap.peek", "true");
        properties.setProperty("mail.imap.fetchsize", "65536");
        return Session.getInstance(properties);
    }
}
