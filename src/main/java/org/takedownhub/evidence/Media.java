package org.takedownhub.evidence;

import static org.takedownhub.audit.Instants.stored;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Audit;
import org.takedownhub.casefile.CaseReference;

/** The store of what is known about media. A row is asked for, hashed and compared, or it fails. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Media {

    private static final int LONGEST_MEDIA_TYPE = 100;
    private static final int LONGEST_DETAIL = 500;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;
    private final MediaSettings settings;

    Media(JdbcClient jdbc, Clock clock, Audit audit, MediaSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.audit = audit;
        this.settings = settings;
    }

    /**
     * A file that waits for its next step, taken by one worker until its lease runs out.
     *
     * @param url empty when it has been fetched and only waits to be compared
     */
    record Item(long mediaId, CaseReference reference, String platform, Optional<URI> url, int tries) {}

    /**
     * What a file is.
     *
     * @param pdq    empty for what is no picture
     * @param detail why a picture has no hash, may be empty
     */
    record Hashes(String mediaType, long size, String sha256, Optional<Pdq.Result> pdq, String detail) {}

    /** Asks for the files of a capture, in the transaction that keeps it. */
    void request(CaseReference reference, String evidenceId, String platform, List<URI> urls) {
        if (!settings.enabled()) {
            return;
        }
        for (URI url : urls.stream().distinct().limit(settings.mostPerItem()).toList()) {
            jdbc.sql(
                            "insert into media (case_reference, evidence_id, platform, state, tries, not_before, url, url_hash)"
                                    + " values (?, ?, ?, 'REQUESTED', 0, ?, ?, ?)")
                    .params(
                            reference.value(),
                            evidenceId,
                            platform,
                            stored(clock.instant()),
                            url.toString(),
                            Sha256.hex(url.toString().getBytes(StandardCharsets.UTF_8)))
                    .update();
        }
    }

    @Transactional(readOnly = true)
    List<String> platformsDue(Instant now) {
        return jdbc.sql(
                        "select distinct platform from media where state in ('REQUESTED', 'HASHED') and not_before <= ?")
                .params(stored(now))
                .query(String.class)
                .list();
    }

    /** Takes the oldest file that is due. Counts as a try, so that one that kills its worker ends as well. */
    Optional<Item> leaseNext(String platform, Instant now, Instant until) {
        Optional<Item> next = jdbc.sql(
                        "select media_id, case_reference, platform, state, url, tries from media where state"
                                + " in ('REQUESTED', 'HASHED') and platform = ? and not_before <= ? order by not_before, media_id"
                                + " fetch first 1 rows only")
                .params(platform, stored(now))
                .query((row, number) -> new Item(
                        row.getLong("media_id"),
                        new CaseReference(row.getString("case_reference")),
                        row.getString("platform"),
                        Optional.ofNullable(row.getString("url")).map(URI::create),
                        row.getInt("tries")))
                .optional();
        return next.filter(item -> jdbc.sql("update media set tries = tries + 1, not_before = ? where media_id = ? and"
                                + " state in ('REQUESTED', 'HASHED') and not_before <= ?")
                        .params(stored(until), item.mediaId(), stored(now))
                        .update()
                == 1);
    }

    void hashed(Item item, Hashes hashes) {
        int updated = jdbc.sql(
                        "update media set state = 'HASHED', tries = 0, url = null, fetched_at = :at, media_type ="
                                + " :type, size_in_bytes = :size, sha256 = :sha256, pdq = :pdq, pdq_quality = :quality, detail ="
                                + " :detail where media_id = :id and state = 'REQUESTED'")
                .param("at", stored(clock.instant()))
                .param("type", shortened(hashes.mediaType(), LONGEST_MEDIA_TYPE))
                .param("size", hashes.size())
                .param("sha256", hashes.sha256())
                .param("pdq", hashes.pdq().map(result -> result.hash().hex()).orElse(null))
                .param("quality", hashes.pdq().map(Pdq.Result::quality).orElse(null))
                .param("detail", shortened(hashes.detail(), LONGEST_DETAIL))
                .param("id", item.mediaId())
                .update();
        if (updated == 1) {
            audit.record(
                    item.reference(),
                    "media.hashed",
                    "%s, %d bytes, SHA-256 %s".formatted(hashes.mediaType(), hashes.size(), hashes.sha256())
                            + hashes.pdq()
                                    .map(result -> ", PDQ %s of quality %d"
                                            .formatted(result.hash().hex(), result.quality()))
                                    .orElse(""));
        }
    }

    /** What the comparison needs of a file that has been hashed. */
    record Hashed(long mediaId, CaseReference reference, String sha256, Optional<PdqHash> pdq, int quality) {}

    Optional<Hashed> hashed(long mediaId) {
        return jdbc.sql(
                        "select case_reference, sha256, pdq, pdq_quality from media where media_id = ? and sha256 is not"
                                + " null")
                .params(mediaId)
                .query((row, number) -> new Hashed(
                        mediaId,
                        new CaseReference(row.getString("case_reference")),
                        row.getString("sha256"),
                        Optional.ofNullable(row.getString("pdq")).map(PdqHash::of),
                        row.getInt("pdq_quality")))
                .optional();
    }

    void compared(long mediaId) {
        jdbc.sql("update media set state = 'COMPARED' where media_id = ? and state = 'HASHED'")
                .params(mediaId)
                .update();
    }

    void tryAgain(Item item, Instant notBefore, String why) {
        jdbc.sql("update media set not_before = ?, detail = ? where media_id = ?")
                .params(stored(notBefore), shortened(why, LONGEST_DETAIL), item.mediaId())
                .update();
    }

    void failed(Item item, String why) {
        int updated = jdbc.sql(
                        "update media set state = 'FAILED', url = null, detail = ? where media_id = ? and state in"
                                + " ('REQUESTED', 'HASHED')")
                .params(shortened(why, LONGEST_DETAIL), item.mediaId())
                .update();
        if (updated == 1) {
            audit.record(item.reference(), "media.failed", why);
        }
    }

    private static String shortened(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }
}
