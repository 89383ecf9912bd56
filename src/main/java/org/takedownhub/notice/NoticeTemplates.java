package org.takedownhub.notice;

import static org.takedownhub.audit.Instants.stored;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.Instrument;

/** The words of notices, version after version. None is ever changed or lost; the shipped one is version 0. */
@Component
@Transactional
public class NoticeTemplates {

    private final JdbcClient jdbc;
    private final Instruments instruments;
    private final Audit audit;
    private final Clock clock;

    NoticeTemplates(JdbcClient jdbc, Instruments instruments, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.instruments = instruments;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A version of the words of an instrument.
     *
     * @param version 0 for the one shipped with the program
     * @param savedAt UTC; empty for the shipped one
     */
    public record Saved(
            Instrument instrument,
            int version,
            String template,
            String sha256,
            Optional<String> savedBy,
            Optional<Instant> savedAt) {}

    /** What came of saving. */
    public sealed interface Saving {}

    public record Accepted(Saved saved) implements Saving {}

    /** @param problems what is wrong, in words, each with what to write instead */
    public record Refused(List<String> problems) implements Saving {}

    /** Somebody else saved in between. */
    public record Overtaken(int version) implements Saving {}

    /** The words in use: the newest saved ones, else the shipped ones. */
    @Transactional(readOnly = true)
    public Optional<Saved> current(Instrument instrument) {
        return jdbc.sql("select * from notice_template where instrument = ? order by version desc fetch first 1 rows"
                        + " only")
                .params(instrument.name())
                .query((row, number) -> new Saved(
                        instrument,
                        row.getInt("version"),
                        row.getString("template"),
                        row.getString("sha256"),
                        Optional.of(row.getString("saved_by")),
                        Instants.optional(row, "saved_at")))
                .optional()
                .or(() -> shipped(instrument)
                        .map(text ->
                                new Saved(instrument, 0, text, Hash.of(text), Optional.empty(), Optional.empty())));
    }

    /** The elements that words for an instrument may name. */
    @Transactional(readOnly = true)
    public Set<String> elements(Instrument instrument) {
        Set<String> names = new LinkedHashSet<>();
        for (Element element : Element.values()) {
            names.add(element.code());
        }
        names.addAll(mandatory(instrument));
        return names;
    }

    /** The elements that must show, by any entry of the register that is or will be in force. */
    @Transactional(readOnly = true)
    public Set<String> mandatory(Instrument instrument) {
        Set<String> names = new LinkedHashSet<>();
        instruments.all().stream()
                .filter(entry -> entry.instrument().equals(instrument))
                .flatMap(entry -> entry.demands().stream())
                .map(InstrumentEntry.Demand::element)
                .forEach(names::add);
        return names;
    }

    /** What is wrong with words for an instrument; empty when nothing is. */
    @Transactional(readOnly = true)
    public List<String> problems(Instrument instrument, String template) {
        return NoticeTemplate.problems(template, elements(instrument), mandatory(instrument));
    }

    /**
     * Saves words for notices that are issued from now on.
     *
     * @param basedOn the version that its writer started from
     */
    public Saving save(Instrument instrument, String template, int basedOn, String by) {
        String text = template.replace("\r\n", "\n");
        List<String> problems = problems(instrument, text);
        if (!problems.isEmpty()) {
            return new Refused(problems);
        }
        int version = current(instrument).map(Saved::version).orElse(0);
        if (version != basedOn) {
            return new Overtaken(version);
        }
        Instant now = clock.instant();
        Saved saved = new Saved(instrument, version + 1, text, Hash.of(text), Optional.of(by), Optional.of(now));
        try {
            jdbc.sql("insert into notice_template (instrument, version, template, sha256, saved_by, saved_at) values"
                            + " (?, ?, ?, ?, ?, ?)")
                    .params(instrument.name(), saved.version(), text, saved.sha256(), by, stored(now))
                    .update();
        } catch (DuplicateKeyException another) {
            return new Overtaken(version + 1);
        }
        audit.record(
                "notice-template.saved", instrument + " version " + saved.version() + ", sha256:" + saved.sha256());
        return new Accepted(saved);
    }

    private static Optional<String> shipped(Instrument instrument) {
        try (InputStream in =
                NoticeTemplates.class.getResourceAsStream("/notice-templates/" + instrument.name() + ".mustache")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped words of " + instrument + " cannot be read", e);
        }
    }
}
