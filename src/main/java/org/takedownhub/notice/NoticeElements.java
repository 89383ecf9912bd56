package org.takedownhub.notice;

import java.util.Map;

/**
 * Knows some elements of a notice: the beans of this kind together fill it, each from what it looks after. Where two know
 * the same element, the one that Spring orders first has the word.
 */
public interface NoticeElements {

    /** Texts by the element's code, as templates name it; an element that is empty counts as unknown. */
    Map<String, String> of(NoticeDraft draft);
}
