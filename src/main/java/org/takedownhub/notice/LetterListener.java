package org.takedownhub.notice;

/**
 * Told when a letter has left as mail, turned out to be one for a person to hand over, or may or may not have left; in
 * the transaction that says so. If it throws, nothing is settled.
 */
public interface LetterListener {

    void settled(Letter letter);
}
