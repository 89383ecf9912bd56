package org.takedownhub.flagging;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The rows of a batch, one after the other, never all at once in memory. */
interface FlagRows extends Closeable {

    /**
     * The next row, or empty at the end.
     *
     * @throws org.takedownhub.api.InvalidRequest the batch cannot be read as a whole
     */
    Optional<FlagRow> next() throws IOException;

    /** How a format is read. */
    @FunctionalInterface
    interface Format {

        FlagRows open(InputStream body) throws IOException;
    }
}
