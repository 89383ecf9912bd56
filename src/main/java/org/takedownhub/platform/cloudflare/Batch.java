package org.takedownhub.platform.cloudflare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.takedownhub.platform.Notice;

/**
 * Notices that go out as one report: same host, same type, and together no longer than a report may be. What would not
 * fit goes into a report of its own; nothing is shortened.
 */
record Batch(List<Notice> notices) {

    Batch {
        notices = List.copyOf(notices);
    }

    /** As few as possible, in the same order. */
    static List<Batch> of(List<Notice> notices) {
        List<Batch> batches = new ArrayList<>();
        Batch last = new Batch(List.of());
        for (Notice notice : notices) {
            Batch longer = last.with(notice);
            if (!last.notices().isEmpty() && !longer.fits()) {
                batches.add(last);
                longer = new Batch(List.of(notice));
            }
            last = longer;
        }
        batches.add(last);
        return batches;
    }

    private Batch with(Notice notice) {
        List<Notice> longer = new ArrayList<>(notices);
        longer.add(notice);
        return new Batch(longer);
    }

    private boolean fits() {
        return justification().length() <= Wire.LONGEST_JUSTIFICATION
                && comments().length() <= Wire.LONGEST_COMMENTS;
    }

    List<Batch> singly() {
        return notices.stream().map(notice -> new Batch(List.of(notice))).toList();
    }

    /** Our references: Cloudflare's staff and ours can talk about the same thing. */
    String comments() {
        return "Our references: "
                + notices.stream()
                        .map(notice -> notice.content().reference().toString())
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    String urls() {
        return notices.stream()
                .map(notice -> notice.content().url().toString())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    String justification() {
        if (notices.size() == 1) {
            return notices.get(0).explanation();
        }
        return notices.stream()
                .map(notice -> notice.content().url() + "\n" + notice.explanation())
                .collect(Collectors.joining("\n\n"));
    }
}
