package org.takedownhub.platform;

import java.util.Locale;
import org.takedownhub.platform.SafeHttp.Response;

/** Why a look could not tell. */
public enum UnknownReason {
    TIME_OUT,
    /** No connection, a certificate that does not match, a name that does not resolve. */
    UNREACHABLE,
    /** 5xx. */
    SERVER_ERROR,
    /** 429, or the platform's own word for it. */
    RATE_LIMITED,
    /** 401, 403, 407, missing credentials or rights of ours. */
    NOT_ALLOWED,
    LOG_IN_WALL,
    CONSENT_PAGE,
    /** A test whether we are a machine. */
    CHALLENGE,
    /** A question for the visitor's age, asked of everybody whatever lies behind it. */
    AGE_GATE,
    /** One page for every address, found or not: a script's shell, or a "not found" that says 200. */
    SHELL,
    /** The address leads elsewhere: a front page, another item, a parked domain. */
    OTHER_PAGE,
    /** 200 and nothing in it. */
    EMPTY_ANSWER,
    /** An answer that is not what the platform's documents promise. */
    CONTRACT_CHANGED,
    /** Not found, but nothing known to be alive could be seen on the same host either. */
    NO_CONTROL,
    /** There is nothing to ask: only a person can look. */
    NO_INTERFACE,
    /** The connector or the network failed before anything was asked. */
    NOT_ASKED;

    /** What an interface's answer stands for that says nothing about the item: a page where JSON was due is one for all. */
    public static UnknownReason of(Response answer) {
        if (answer.status() >= 300 && answer.status() < 400) {
            String target = answer.header("location").orElse("").toLowerCase(Locale.ROOT);
            return target.matches(".*/(?:log-?in|sign-?in|sign_in|auth)\\b.*") ? LOG_IN_WALL : OTHER_PAGE;
        }
        if (answer.status() != 200) {
            return of(answer.status());
        }
        if (answer.body().length == 0) {
            return EMPTY_ANSWER;
        }
        return answer.header("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html")
                ? SHELL
                : CONTRACT_CHANGED;
    }

    /** What an HTTP status that says nothing about the item stands for (RFC 9110). */
    public static UnknownReason of(int status) {
        if (status == 429) {
            return RATE_LIMITED;
        }
        if (status == 401 || status == 403 || status == 407) {
            return NOT_ALLOWED;
        }
        if (status == 408 || status == 504) {
            return TIME_OUT;
        }
        return status >= 500 ? SERVER_ERROR : CONTRACT_CHANGED;
    }
}
