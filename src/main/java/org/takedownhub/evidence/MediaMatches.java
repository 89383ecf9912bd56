package org.takedownhub.evidence;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.audit.Instants;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseLinks;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.cases.Relation;

/** Cases that have the same media: proposed to people, linked, and never merged. */
@Component
public class MediaMatches {

    /** So many rows of one file in near cases are looked at; a picture that is everywhere is no news. */
    private static final int MOST_ROWS = 500;

    private static final Comparator<CaseReference> BY_NUMBER = Comparator.<CaseReference>comparingInt(
                    reference -> reference.value().length())
            .thenComparing(CaseReference::value);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Media media;
    private final PdqHashes hashes;
    private final CaseLinks links;
    private final CaseVisibility visibility;
    private final MediaSettings settings;
    private final ObjectProvider<MediaSeenAgain> listeners;

    MediaMatches(
            JdbcClient jdbc,
            Clock clock,
            Media media,
            PdqHashes hashes,
            CaseLinks links,
            CaseVisibility visibility,
            MediaSettings settings,
            ObjectProvider<MediaSeenAgain> listeners) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.media = media;
        this.hashes = hashes;
        this.links = links;
        this.visibility = visibility;
        this.settings = settings;
        this.listeners = listeners;
    }

    /** The other cases with media of this one that whoever acts on this thread may see, exact ones first, then the nearest. */
    @Transactional(readOnly = true)
    public List<MediaMatch> of(CaseReference reference) {
        return jdbc
                .sql("select case_reference, earlier_reference, exact, distance, found_at from media_match where"
                        + " case_reference = ? or earlier_reference = ? order by distance, exact desc, found_at,"
                        + " case_reference, earlier_reference")
                .params(reference.value(), reference.value())
                .query((row, number) -> new MediaMatch(
                        new CaseReference(
                                row.getString("case_reference").equals(reference.value())
                                        ? row.getString("earlier_reference")
                                        : row.getString("case_reference")),
                        row.getBoolean("exact"),
                        row.getInt("distance"),
                        Instants.required(row, "found_at")))
                .list()
                .stream()
                .filter(match -> visibility.maySee(match.other()))
                .toList();
    }

    /** A file of another case. */
    private record Other(CaseReference reference, long mediaId, boolean exact, int distance) {}

    /**
     * Compares a file with all others whose hashes are committed. Two files that are hashed at the same moment still meet:
     * each is compared after its own hash was committed.
     *
     * @throws org.springframework.dao.DuplicateKeyException another worker has just recorded the same pair: try again
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void compare(long mediaId) {
        media.hashed(mediaId).ifPresent(file -> {
            Map<CaseReference, Other> nearest = new LinkedHashMap<>();
            for (Other other : exact(file)) {
                nearest.putIfAbsent(other.reference(), other);
            }
            for (Other other : near(file)) {
                nearest.putIfAbsent(other.reference(), other);
            }
            nearest.values().stream()
                    .limit(settings.mostMatches())
                    .sorted(Comparator.comparing(Other::reference, BY_NUMBER))
                    .forEach(other -> record(file, other));
        });
        media.compared(mediaId);
    }

    private List<Other> exact(Media.Hashed file) {
        return jdbc.sql(
                        "select case_reference, min(media_id) as media_id from media where sha256 = ? and case_reference"
                                + " <> ? group by case_reference order by 2 fetch first ? rows only")
                .params(file.sha256(), file.reference().value(), settings.mostMatches())
                .query((row, number) ->
                        new Other(new CaseReference(row.getString("case_reference")), row.getLong("media_id"), true, 0))
                .list();
    }

    private List<Other> near(Media.Hashed file) {
        Optional<PdqHash> hash = file.pdq().filter(any -> file.quality() >= settings.leastQuality());
        if (hash.isEmpty()) {
            return List.of();
        }
        List<PdqIndex.Near> found = hashes.near(hash.get(), settings.farthest()).stream()
                .limit(MOST_ROWS)
                .toList();
        if (found.isEmpty()) {
            return List.of();
        }
        // What is gone from the table since it was loaded falls out here.
        Map<Long, CaseReference> cases = new LinkedHashMap<>();
        jdbc.sql("select media_id, case_reference from media where media_id in (:ids)")
                .param("ids", found.stream().map(PdqIndex.Near::mediaId).toList())
                .query(row -> {
                    cases.put(row.getLong("media_id"), new CaseReference(row.getString("case_reference")));
                });
        List<Other> others = new ArrayList<>();
        for (PdqIndex.Near near : found) {
            Optional.ofNullable(cases.get(near.mediaId()))
                    .filter(reference -> !reference.equals(file.reference()))
                    .ifPresent(reference -> others.add(new Other(reference, near.mediaId(), false, near.distance())));
        }
        return others;
    }

    private void record(Media.Hashed file, Other other) {
        boolean later = BY_NUMBER.compare(file.reference(), other.reference()) > 0;
        CaseReference newer = later ? file.reference() : other.reference();
        CaseReference earlier = later ? other.reference() : file.reference();
        long newerFile = later ? file.mediaId() : other.mediaId();
        long earlierFile = later ? other.mediaId() : file.mediaId();
        Optional<Integer> known = jdbc.sql(
                        "select case when exact = true then -1 else distance end from media_match where"
                                + " case_reference = ? and earlier_reference = ?")
                .params(newer.value(), earlier.value())
                .query(Integer.class)
                .optional();
        if (known.isEmpty()) {
            jdbc.sql("insert into media_match (exact, distance, media_id, earlier_media_id, found_at, case_reference,"
                            + " earlier_reference) values (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            other.exact(),
                            other.distance(),
                            newerFile,
                            earlierFile,
                            stored(clock.instant()),
                            newer.value(),
                            earlier.value())
                    .update();
            links.link(
                    newer,
                    Relation.SAME_MEDIA,
                    earlier,
                    "Same media (" + MediaMatch.how(other.exact(), other.distance()) + ")");
            // Between a covert and an overt case nothing follows: a shorter deadline or a strike would tell of it.
            if (!visibility.isBetweenCovertAndOvert(newer, earlier)) {
                listeners
                        .orderedStream()
                        .forEach(listener -> listener.seenAgain(newer, earlier, other.exact(), other.distance()));
            }
        } else if ((other.exact() ? -1 : other.distance()) < known.get()) {
            jdbc.sql("update media_match set exact = ?, distance = ?, media_id = ?, earlier_media_id = ? where"
                            + " case_reference = ? and earlier_reference = ?")
                    .params(other.exact(), other.distance(), newerFile, earlierFile, newer.value(), earlier.value())
                    .update();
        }
    }
}
