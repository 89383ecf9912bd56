package org.takedownhub.platform.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.takedownhub.platform.Availability;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.UnknownReason;

/**
 * Asks about one item after the other. A miss counts only beside something on the same site that is alive in the same
 * round: another item of the round, or a control. Without it nobody can tell.
 */
abstract class ItemRecogniser implements Recogniser {

    @Override
    public final List<Look> look(List<Content> contents, Round round) {
        List<Look> looks = new ArrayList<>();
        Map<String, Boolean> alive = new HashMap<>();
        for (Content content : contents) {
            Look look = unlessUnanswered(content, round);
            if (look.availability() == Availability.AVAILABLE) {
                alive.put(site(content), true);
            }
            looks.add(look);
        }
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).availability().isMiss()) {
                Content content = contents.get(i);
                boolean control = alive.computeIfAbsent(site(content), site -> controlAlive(content, round));
                looks.set(i, besideControl(looks.get(i), control));
            }
        }
        return looks;
    }

    /**
     * Looks at one item; a miss comes back without regard to a control.
     *
     * @throws PlatformUnavailable there was no answer
     */
    abstract Look look(Content content, Round round);

    /** Items of the same site stand in for each other's control. */
    abstract String site(Content content);

    /**
     * Whether something else on the item's site is seen alive.
     *
     * @throws PlatformUnavailable there was no answer
     */
    abstract boolean isControlAlive(Content content, Round round);

    private Look unlessUnanswered(Content content, Round round) {
        try {
            return look(content, round);
        } catch (PlatformUnavailable e) {
            return Look.unanswered(e);
        }
    }

    private boolean controlAlive(Content content, Round round) {
        try {
            return isControlAlive(content, round);
        } catch (PlatformUnavailable e) {
            return false;
        }
    }

    private static Look besideControl(Look miss, boolean alive) {
        return alive
                ? new Look(miss.availability(), true, miss.httpStatus(), miss.detail(), miss.evidenceHash())
                : Reading.unknown(
                        UnknownReason.NO_CONTROL,
                        miss.httpStatus(),
                        miss.detail() + "; but nothing else was seen alive there",
                        miss.evidenceHash());
    }
}
