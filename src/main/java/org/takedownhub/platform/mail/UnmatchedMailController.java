package org.takedownhub.platform.mail;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;

/** Mail that came in and answers none of ours, for an operator to look at. */
@RestController
class UnmatchedMailController {

    private static final int MOST = 100;

    private static final Pattern REFERENCE = Pattern.compile("\\bTH-[0-9]{4}-[0-9]{6,12}\\b");

    private final JdbcClient jdbc;
    private final CaseVisibility visibility;

    UnmatchedMailController(JdbcClient jdbc, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.visibility = visibility;
    }

    @Operation(summary = "List mail that answers no mail of ours, the newest 100 first")
    @GetMapping("/api/v1/platforms/{instance}/unmatched-mail")
    List<Entry> unmatched(@PathVariable String instance) {
        return jdbc
                .sql("select kind, sender, subject, body, attachments, size_in_bytes, sha256, said_at from"
                        + " mail_received where platform = ? and answers is null order by id desc limit ?")
                .params(instance, MOST)
                .query((row, number) -> new Entry(
                        row.getString("kind"),
                        row.getString("sender"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getInt("attachments"),
                        row.getLong("size_in_bytes"),
                        row.getString("sha256"),
                        Instants.required(row, "said_at")))
                .list()
                .stream()
                .filter(this::namesNoHiddenCase)
                .toList();
    }

    /** A stranger may write anew about a case that whoever reads this may not know of. */
    private boolean namesNoHiddenCase(Entry mail) {
        return visibility.seesCovertCases()
                || REFERENCE
                        .matcher(mail.subject() + " " + mail.text())
                        .results()
                        .map(found -> visibility.isCovert(new CaseReference(found.group())))
                        .noneMatch(covert -> covert.orElse(false));
    }

    /**
     * One mail.
     *
     * @param text   a stranger's words, at most 4,000 characters
     * @param sha256 of the mail as it came, in hex
     * @param saidAt when our mail server got it, UTC
     */
    record Entry(
            String kind,
            String sender,
            String subject,
            String text,
            int attachments,
            long sizeInBytes,
            String sha256,
            Instant saidAt) {}
}
