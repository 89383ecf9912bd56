package org.takedownhub.clock;

import java.util.List;
import org.takedownhub.casefile.Instrument;

/** Which instruments there are to ask about. */
public interface KnownInstruments {

    /** Each once, in the order of the register. */
    List<Instrument> names();
}
