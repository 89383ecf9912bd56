package org.takedownhub.commandline;

/** What the command ends with, for whatever called it. */
final class Exit {

    static final int DONE = 0;
    /** The answer is no: errors among the findings, or a replay that failed. */
    static final int FOUND = 1;
    /** The command itself is wrong; picocli's own. */
    static final int USAGE = 2;
    /** The hub cannot be reached, does not know the account, or answers what nobody expected. */
    static final int UNREACHABLE = 3;
    /** Somebody else was faster, or it is not the time for it. */
    static final int CONFLICT = 4;

    private Exit() {}
}
