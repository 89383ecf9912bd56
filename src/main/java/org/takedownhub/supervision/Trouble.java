package org.takedownhub.supervision;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went wrong with a step, in words for people.
 *
 * @param kind   for programs
 * @param what   what happened, one sentence or two
 * @param advice what to do about it
 */
public record Trouble(Kind kind, String what, String advice) {

    /** The kinds of trouble that the hub has words for. */
    public enum Kind {
        MISSING_START_INSTANT,
        MISSING_APPROVAL,
        INCOMPLETE_NOTICE,
        NO_RULE,
        UNUSABLE_TABLE,
        MISSING_SETTING,
        UNREACHABLE,
        MISSING_VALUE,
        UNDER_WAY,
        DATABASE,
        STOPPED,
        UNKNOWN
    }

    private static final Pattern SETTING = Pattern.compile(
            "\\b((?:takedown|spring|camunda)(?:\\.[a-z0-9-]+)+|PLATFORM_[A-Z0-9_]+|TAKEDOWN_[A-Z0-9_]+)");
    private static final Pattern INSTANT = Pattern.compile("starts its clock from (\\w+)");
    private static final Pattern VARIABLE = Pattern.compile("Variable (\\w+) is missing");
    private static final Pattern IDENTIFIER = Pattern.compile("Cannot resolve identifier '(\\w+)'");
    private static final Pattern RULE = Pattern.compile(
            "has no rule|There is no ground statement|does not have [A-Z]|There are no words for|has no ground to cite");
    private static final Pattern TABLE = Pattern.compile(
            "gives no usable policy|cannot be used:|gives no value for its output|end one of them before"
                    + "|gives case \\S+ neither|no such version of the decision table");
    private static final List<String> FAR = List.of(
            "PlatformUnavailable",
            "ConnectException",
            "UnknownHostException",
            "SocketTimeoutException",
            "HttpTimeoutException",
            "HttpConnectTimeoutException",
            "NoRouteToHostException",
            "SSLHandshakeException",
            "MailSendException",
            "MailConnectException");
    private static final List<String> DATABASE = List.of(
            "CannotGetJdbcConnectionException",
            "CannotCreateTransactionException",
            "TransientDataAccessResourceException",
            "QueryTimeoutException",
            "OptimisticLockingException",
            "DeadlockLoserDataAccessException",
            "CannotAcquireLockException",
            "SQLTransientConnectionException");

    /**
     * @param message what the program said; empty where nothing failed
     * @param types   simple names of the exceptions, the outermost first
     */
    static Trouble of(String message, Set<String> types) {
        if (types.contains("MissingStartInstant") || INSTANT.matcher(message).find()) {
            return missingInstant(found(INSTANT, message));
        }
        if (message.contains("needs the approval of a second person")) {
            return new Trouble(
                    Kind.MISSING_APPROVAL,
                    "This notice needs the approval of an authorised officer, and there is none.",
                    "Lead the case to the approval.");
        }
        if (message.contains("is incomplete")) {
            return new Trouble(
                    Kind.INCOMPLETE_NOTICE,
                    "The notice lacks something that the law wants in it.",
                    "Correct the words or the tables for this instrument, then try again.");
        }
        if (RULE.matcher(message).find()) {
            return new Trouble(
                    Kind.NO_RULE,
                    "A decision table has no rule for this case.",
                    "Add a rule to the table in a change request, then try again. The details name the table.");
        }
        if (TABLE.matcher(message).find()) {
            return new Trouble(
                    Kind.UNUSABLE_TABLE,
                    "A decision table answers with something that cannot be used.",
                    "Correct the table in a change request, then try again. The details name the table.");
        }
        if (types.stream().anyMatch(FAR::contains)) {
            return new Trouble(
                    Kind.UNREACHABLE,
                    "A platform or another service could not be reached.",
                    "Look at Platforms whether it answers again, then try again.");
        }
        if (types.stream().anyMatch(DATABASE::contains)) {
            return new Trouble(
                    Kind.DATABASE,
                    "The database was too busy or could not be reached.",
                    "Try again. If it fails once more, call the operator.");
        }
        String value = found(VARIABLE, message) + found(IDENTIFIER, message);
        if (!value.isEmpty()) {
            return new Trouble(
                    Kind.MISSING_VALUE,
                    "The model asks for the value “" + value + "”, which this case does not have.",
                    "Call the operator: the case came here on a way that the model does not foresee.");
        }
        if (message.contains("under way")) {
            return new Trouble(
                    Kind.UNDER_WAY,
                    "What this step sends is being sent already.",
                    "Wait a few minutes, then try again.");
        }
        String setting = found(SETTING, message);
        if (!setting.isEmpty()) {
            return new Trouble(
                    Kind.MISSING_SETTING,
                    "The setting " + setting + " is missing or wrong.",
                    "Ask the operator to set it, then try again.");
        }
        if (message.isBlank() && types.isEmpty()) {
            return new Trouble(
                    Kind.STOPPED,
                    "Nothing failed: somebody took this step's attempts away.",
                    "Ask the operator why, then try again.");
        }
        return new Trouble(
                Kind.UNKNOWN,
                "The program came upon something it did not expect.",
                "Try again once. If it fails again, give the details to the operator.");
    }

    private static Trouble missingInstant(String field) {
        String lacks =
                switch (field) {
                    case "issuedAt" -> "when the notice was made out";
                    case "givenAt" -> "when the notice was given";
                    case "receivedAt" -> "when the recipient received the notice";
                    case "acknowledgedAt" -> "when the recipient acknowledged the notice";
                    default -> "an instant of the notice";
                };
        return new Trouble(
                Kind.MISSING_START_INSTANT,
                "The removal clock cannot start: it counts from " + lacks + ", and nobody has recorded that.",
                "Record it with the case (proof of delivery, or what the platform answered) and try again, or let a"
                        + " caseworker do it by hand.");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Such as {@code missing-start-instant}. */
    public String code() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
