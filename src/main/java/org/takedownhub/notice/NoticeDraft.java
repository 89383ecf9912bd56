package org.takedownhub.notice;

import java.time.Instant;
import org.takedownhub.cases.CaseFile;

/**
 * A notice that is about to be made out to one recipient.
 *
 * @param number    the how-manieth notice of the case it is, from 1
 * @param recipient whom it is made out to
 * @param at        when, UTC
 */
public record NoticeDraft(CaseFile file, InstrumentEntry entry, int number, Notices.Addressee recipient, Instant at) {}
