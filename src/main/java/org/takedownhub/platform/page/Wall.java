package org.takedownhub.platform.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.UnknownReason;

/**
 * Something that stands in front of the item and says nothing about it. What only a short page can be, such as a log-in
 * form, is not looked for in a long one: a page with content may have a form of its own.
 *
 * @param words for a caseworker
 */
record Wall(UnknownReason reason, String words) {

    private static final int SHORT = 1_500;
    private static final int VERY_SHORT = 600;

    private static final Pattern EDGE_ERROR = Pattern.compile("error(?: code)?:?\\s+(1[0-9]{3})\\b");
    private static final Pattern EDGE_REFUSAL = Pattern.compile("100[5-9]|101[0-35]|1020|1106");

    private static final Pattern LOG_IN_ADDRESS = Pattern.compile(
            "//(?:login|accounts|auth|signin|sso)\\.|/(?:log[-_]?in|sign[-_]?in|accounts?/login|auth|sso|"
                    + "session/new|checkpoint|i/flow/login)(?:[/?#.]|$)");
    private static final Pattern CONSENT_ADDRESS =
            Pattern.compile("//(?:consent|guce|cmp|privacy-mgmt)\\.|/(?:consent|cookie-?wall|gdpr)(?:[/?#.]|$)");
    private static final Pattern AGE_ADDRESS = Pattern.compile(
            "/(?:age[-_]?(?:gate|check|verification)|verify[-_]age|over18|adult[-_]?(?:warning|content))"
                    + "(?:[/?#.]|$)");
    private static final Pattern CHALLENGE_ADDRESS =
            Pattern.compile("/(?:cdn-cgi/challenge|captcha|challenge|sorry/index|\\.within\\.website)");

    private static final List<String> CHALLENGE_MARKS = List.of(
            "_cf_chl_opt",
            "cf-browser-verification",
            "captcha-delivery.com",
            "_incapsula_resource",
            "px-captcha",
            "awswafcookiedomainlist",
            "anubis_challenge",
            "ddos-guard",
            "g-recaptcha",
            "h-captcha",
            "cf-turnstile");
    private static final List<String> CHALLENGE_WORDS = List.of(
            "just a moment...",
            "checking your browser",
            "verify you are human",
            "verify that you are not a robot",
            "are you a robot",
            "unusual traffic",
            "enable javascript and cookies to continue",
            "making sure you're not a bot");
    private static final List<String> REFUSAL_WORDS = List.of(
            "attention required! | cloudflare", "sorry, you have been blocked", "you don't have permission to access");
    private static final List<String> PARKED_WORDS = List.of(
            "domain is for sale",
            "domain may be for sale",
            "buy this domain",
            "this domain is parked",
            "parked free, courtesy of",
            "this domain has expired",
            "domain name has expired",
            "this domain has been suspended",
            "this domain has been seized",
            "this account has been suspended",
            "sedoparking",
            "parkingcrew",
            "hugedomains.com",
            "contact your hosting provider",
            "diese domain steht zum verkauf",
            "welcome to nginx!",
            "apache2 default page");
    private static final List<String> CONSENT_WORDS = List.of(
            "before you continue",
            "bevor sie fortfahren",
            "avant de continuer",
            "antes de continuar",
            "we value your privacy",
            "cookie consent",
            "manage your privacy choices");
    private static final List<String> LOG_IN_WORDS = List.of(
            "log in to continue",
            "you must log in",
            "please log in",
            "sign in to continue",
            "sign in to view",
            "log in to see",
            "you need to be logged in",
            "members only",
            "bitte melden sie sich an");
    private static final Pattern LOG_IN_TITLE = Pattern.compile(
            "^(?:log[ -]?in|sign[ -]?in|log on|anmelden|einloggen|connexion|iniciar sesi.n)\\b.*", Pattern.DOTALL);
    private static final List<String> AGE_WORDS = List.of(
            "are you over 18",
            "are you 18",
            "you must be 18",
            "must be at least 18",
            "18 or older",
            "age verification",
            "confirm your age",
            "verify your age",
            "enter your date of birth");

    /** What an answer's own words and headers show. */
    static Optional<Wall> in(Response answer) {
        if (answer.header("cf-mitigated").filter("challenge"::equals).isPresent()
                || answer.header("x-amzn-waf-action").isPresent()) {
            return wall(UnknownReason.CHALLENGE, "a test whether we are a machine");
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            return answer.header("location").flatMap(Wall::at);
        }
        return Page.isHtml(answer) ? in(Page.of(answer)) : Optional.empty();
    }

    static Optional<Wall> in(Page page) {
        String words = page.title() + "\n" + page.text();
        if (page.text().length() > SHORT) {
            return Optional.empty();
        }
        Matcher edge = EDGE_ERROR.matcher(words);
        if (edge.find() && (page.source().contains("cloudflare") || words.length() < 60)) {
            return wall(
                    EDGE_REFUSAL.matcher(edge.group(1)).matches()
                            ? UnknownReason.NOT_ALLOWED
                            : UnknownReason.SERVER_ERROR,
                    "the network in front of the site says error " + edge.group(1));
        }
        if (any(REFUSAL_WORDS, words)) {
            return wall(UnknownReason.NOT_ALLOWED, "the site does not let us in");
        }
        if (any(CHALLENGE_WORDS, words) || page.text().length() < VERY_SHORT && any(CHALLENGE_MARKS, page.source())) {
            return wall(UnknownReason.CHALLENGE, "a test whether we are a machine");
        }
        if (any(PARKED_WORDS, words) || page.text().length() < VERY_SHORT && any(PARKED_WORDS, page.source())) {
            return wall(UnknownReason.OTHER_PAGE, "the domain is parked, for sale or suspended");
        }
        if (any(CONSENT_WORDS, words) || page.asksConsent()) {
            return wall(UnknownReason.CONSENT_PAGE, "a page that asks for consent");
        }
        if (LOG_IN_TITLE.matcher(page.title()).matches()
                || any(LOG_IN_WORDS, words)
                || page.asksPassword() && page.text().length() < VERY_SHORT) {
            return wall(UnknownReason.LOG_IN_WALL, "a log-in page");
        }
        if (any(AGE_WORDS, words)) {
            return wall(UnknownReason.AGE_GATE, "a question for our age");
        }
        return page.refreshesTo().flatMap(Wall::at);
    }

    /** What stands at an address that we are sent to. */
    static Optional<Wall> at(String location) {
        String address = location.toLowerCase(Locale.ROOT);
        if (LOG_IN_ADDRESS.matcher(address).find()) {
            return wall(UnknownReason.LOG_IN_WALL, "leads to a log-in");
        }
        if (CONSENT_ADDRESS.matcher(address).find()) {
            return wall(UnknownReason.CONSENT_PAGE, "leads to a page that asks for consent");
        }
        if (AGE_ADDRESS.matcher(address).find()) {
            return wall(UnknownReason.AGE_GATE, "leads to a question for our age");
        }
        if (CHALLENGE_ADDRESS.matcher(address).find()) {
            return wall(UnknownReason.CHALLENGE, "leads to a test whether we are a machine");
        }
        return Optional.empty();
    }

    private static boolean any(List<String> marks, String text) {
        return marks.stream().anyMatch(text::contains);
    }

    private static Optional<Wall> wall(UnknownReason reason, String words) {
        return Optional.of(new Wall(reason, words));
    }
}
