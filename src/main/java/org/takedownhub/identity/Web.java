package org.takedownhub.identity;

import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/** The network, as far as this room needs it. Both calls throw {@code PlatformUnavailable} when there is no answer. */
interface Web {

    /** Hangs up after the headers. */
    Response headers(Request request);

    Response read(Request request);
}
