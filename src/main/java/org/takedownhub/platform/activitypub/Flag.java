package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.Notice;

/**
 * The activity that reports (Activity Vocabulary, {@code Flag}), in the shape that Mastodon, PeerTube and GoToSocial
 * read: the account first, then the item; PeerTube takes its predefined reasons from the hashtags.
 */
final class Flag {

    /** PeerTube's longest reason, in characters; the others take all 4,000 that an explanation may have. */
    static final int PEERTUBE_CHARACTERS = 3000;

    private Flag() {}

    /**
     * The activity's bytes: the same for the same notice about the same item.
     *
     * @param item empty when the account itself is reported
     */
    static byte[] of(Notice notice, Actor actor, Document account, Optional<Document> item) {
        boolean video = item.filter(Document::isVideo).isPresent();
        List<URI> objects = new ArrayList<>(List.of(account.id()));
        item.ifPresent(document -> objects.add(document.id()));
        Map<String, Object> flag = new LinkedHashMap<>();
        flag.put("@context", "https://www.w3.org/ns/activitystreams");
        flag.put("id", actor.flagId(notice.idempotencyKey()));
        flag.put("type", "Flag");
        flag.put("actor", actor.id());
        flag.put("to", List.of(account.id()));
        flag.put(
                "content",
                video
                        ? shortened(
                                notice.explanation().strip(), notice.content().reference())
                        : notice.explanation().strip());
        flag.put("object", objects);
        List<Map<String, String>> tags = reasons(notice.category()).stream()
                .map(reason -> Map.of("type", "Hashtag", "name", reason))
                .toList();
        if (video && !tags.isEmpty()) {
            flag.put("tag", tags);
        }
        return Actor.json(flag);
    }

    /** The predefined reasons of PeerTube 8.1 ({@code abusePredefinedReasonsMap}). */
    static List<String> reasons(Category category) {
        return switch (category) {
            case THREAT, INCITEMENT, GANG_PROMOTION, WEAPONS_GLORIFICATION, GRAPHIC_VIOLENCE, TERRORISM -> List.of(
                    "violentOrRepulsive");
            case INTIMIDATION -> List.of("violentOrRepulsive", "privacy");
            case WEAPONS_SALE, RECRUITMENT -> List.of("serverRules");
            case OTHER -> List.of();
        };
    }

    /** What PeerTube would refuse whole ends after its last word that fits, and says so. */
    private static String shortened(String text, CaseReference reference) {
        if (text.length() <= PEERTUBE_CHARACTERS) {
            return text;
        }
        String note =
                " [Shortened: this form takes 3,000 characters. The full notice is available on request, reference "
                        + reference + ".]";
        int room = PEERTUBE_CHARACTERS - note.length();
        BreakIterator words = BreakIterator.getWordInstance(Locale.UK);
        words.setText(text);
        return text.substring(0, words.isBoundary(room) ? room : words.preceding(room))
                        .stripTrailing()
                + note;
    }
}
