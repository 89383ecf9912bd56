package org.takedownhub.notice;

import java.util.List;

/** Something beside the elements that must be in order before a notice may leave. */
public interface NoticeCheck {

    /** What is not in order; empty when all is. */
    List<Gap> gaps(NoticeDraft draft);
}
