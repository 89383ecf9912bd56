package org.takedownhub.deconfliction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.CaseState;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.UploaderNotification;
import org.takedownhub.pages.PageBrowser;
import org.takedownhub.pages.PageServer;
import org.takedownhub.process.TakedownScenario;
import org.takedownhub.process.Transactions;

/** The page where a force answers, from a mailed link or signed in. */
@HubTest
@ExtendWith(OutputCaptureExtension.class)
class AnswerPagesTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @Autowired
    WebApplicationContext context;

    @Autowired
    TakedownScenario scenario;

    @Autowired
    Deconflictions deconflictions;

    @Autowired
    Interests interests;

    @Autowired
    AnswerLinks links;

    @Autowired
    Transactions transactions;

    @Autowired
    Clock clock;

    private PageServer hub;
    private PageBrowser browser;
    private HttpClient mailReader;

    @BeforeEach
    void begin() throws IOException {
        scenario.begin();
        hub = new PageServer(context);
        mailReader = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
    }

    @AfterEach
    void end() {
        if (browser != null) {
            browser.close();
        }
        hub.close();
        scenario.end();
    }

    @Test
    void isAnsweredFromTheMailedLinkByAFewKeysAlone() {
        browser(true);
        String token = asked(false);
        browser.open(hub.address("/deconfliction/" + token));
        browser.tabTo("answer").press(" ").tabTo("who").write("PC Lee").pressAndLeave(Keys.ENTER);

        assertThat(browser.find("h1").getText()).isEqualTo("Answer recorded");
        // At two keys a second, which is slow, this is a quarter of a minute.
        assertThat(browser.presses()).isLessThanOrEqualTo(30);
        assertThat(given().answer()).isEqualTo(DeconflictionAnswer.NO_INTEREST);
        assertThat(given().by()).isEqualTo("PC Lee (north)");
        scenario.runJobs();
        assertThat(scenario.file().state()).isEqualTo(CaseState.REFERRING);
    }

    @Test
    void takesAHoldWithItsDateByKeysAloneAndWithoutScripts() {
        for (boolean scripts : List.of(true, false)) {
            browser(scripts);
            String token = asked(true);
            browser.open(hub.address("/deconfliction/" + token));
            browser.tabTo("answer")
                    .press(" ", Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
                    .tabTo("hold-day")
                    .write("12")
                    .press(Keys.TAB)
                    .write("6")
                    .press(Keys.TAB)
                    .write("2026")
                    .tabTo("reasons")
                    .write("Live job")
                    .tabTo("who")
                    .write("PC Lee")
                    .pressAndLeave(Keys.ENTER);

            assertThat(browser.find("h1").getText()).isEqualTo("Answer recorded");
            // Still under a minute at two keys a second.
            assertThat(browser.presses()).isLessThanOrEqualTo(60);
            // The end of 12 June in London
            assertThat(question().hold().orElseThrow().until()).hasToString("2026-06-12T23:00:00Z");
            assertThat(given().reasons()).contains("Live job");
            browser.close();
        }
        browser = null;
    }

    @Test
    void isAccessibleInEveryState() {
        browser(true);
        String token = asked(true);
        browser.open(hub.address("/deconfliction/" + token));
        assertThat(browser.text()).contains("Threat to life", "Due in 1 hour", "1 June 2026 at 11:00am", "10:00 UTC");
        List<String> faults = browser.faults("page-answer");

        browser.tabTo("answer").press(" ", Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        browser.tabTo("Send the answer").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).isEqualTo("Error: May it be removed? " + scenario.reference() + " – Takedown Hub");
        assertThat(browser.all(".govuk-error-summary a"))
                .extracting(link -> link.getText())
                .containsExactly(
                        "Enter the date until which removal has to wait",
                        "Enter why removal has to wait",
                        "Enter your name and role");
        faults.addAll(browser.faults("page-answer-refused"));
        browser.tabTo("Enter the date until which removal has to wait").press(Keys.ENTER);
        assertThat(browser.focused()).isEqualTo("hold-day");
        assertThat(browser.find("#answer-4").isSelected()).as("kept").isTrue();

        browser.open(hub.address("/deconfliction/" + "A".repeat(43)));
        assertThat(browser.find("h1").getText()).isEqualTo("This link does not work");
        faults.addAll(browser.faults("page-answer-unknown"));

        browser.goOnAs(hub.address("/"), hub.session("force-north", "deconfliction-north"));
        browser.open(hub.address("/deconfliction"));
        faults.addAll(browser.faults("page-answer-list"));
        browser.tabTo(scenario.reference().value()).pressAndLeave(Keys.ENTER);
        faults.addAll(browser.faults("page-answer-officer"));
        browser.tabTo("answer").press(" ").tabTo("Send the answer").pressAndLeave(Keys.ENTER);
        assertThat(browser.find("h1").getText()).isEqualTo("Answer recorded");
        faults.addAll(browser.faults("page-answered"));

        assertThat(faults).isEmpty();
    }

    @Test
    void showsNothingOfTheContentAndIsKeptByNobody() {
        HttpResponse<String> page = get("/deconfliction/" + asked(false));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(scenario.reference().value(), "force north")
                .doesNotContain("fake", scenario.url(), "Looks like", "THREAT", "Unlawful", "Control room", "Violet");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.body()).contains("name=\"robots\" content=\"noindex, nofollow\"");
        assertThat(page.headers().allValues("Set-Cookie"))
                .as("no session")
                .hasSize(1)
                .allMatch(cookie -> cookie.startsWith("hub-link=")
                        && cookie.contains("HttpOnly")
                        && cookie.contains("SameSite=Strict"));
    }

    @Test
    void takesOneAnswerAndShowsItToWhoeverSendsAnother() {
        String token = asked(false);
        get("/deconfliction/" + token);
        HttpResponse<String> first = send(token, Map.of("answer", "INTEREST_OK_TO_REMOVE", "who", "PC Lee"));
        assertThat(first.body()).contains("Answer recorded", "An interest, but it may be removed");
        HttpResponse<String> second = send(token, Map.of("answer", "NO_INTEREST", "who", "PC Roe"));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body())
                .contains("Nothing was recorded now", "An interest, but it may be removed")
                .doesNotContain("Answer recorded");
        assertThat(given().by()).isEqualTo("PC Lee (north)");
        assertThat(given().notification().rule()).isEqualTo(UploaderNotification.Rule.PROHIBITED);
    }

    @Test
    void tellsNobodyWhetherALinkEverWas() {
        String token = asked(false);
        HttpResponse<String> never = get("/deconfliction/" + "A".repeat(43));
        HttpResponse<String> mistyped = get("/deconfliction/" + token.substring(1));
        HttpResponse<String> sent = send("A".repeat(43), Map.of("answer", "NO_INTEREST", "who", "PC Lee"));
        scenario.timePasses(Duration.ofDays(15));
        HttpResponse<String> expired = get("/deconfliction/" + token);

        assertThat(List.of(never, mistyped, sent, expired)).allSatisfy(page -> {
            assertThat(page.statusCode()).isEqualTo(404);
            assertThat(page.body()).isEqualTo(never.body());
        });
        assertThat(never.body()).contains("Call the duty officer of the hub").doesNotContain("TH-");
    }

    @Test
    void makesWhoeverGuessesLinksWait() {
        String token = asked(false);
        for (int guess = 0; guess < 10; guess++) {
            assertThat(get("/deconfliction/" + "guess" + guess).statusCode()).isEqualTo(404);
        }
        HttpResponse<String> blocked = get("/deconfliction/" + token);
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 61L);
        assertThat(blocked.body()).doesNotContain(scenario.reference().value());
        scenario.timePasses(Duration.ofMinutes(2));
        assertThat(get("/deconfliction/" + token).statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoAnswerThatAnotherSiteSends() {
        String token = asked(false);
        HttpResponse<String> forged =
                post("/deconfliction/" + token, Map.of("answer", "NO_INTEREST", "who", "Mallory"));

        assertThat(forged.body()).contains("Your answer did not arrive");
        assertThat(question().given()).isEmpty();
    }

    @Test
    void keepsTheTokenOutOfTheLog(CapturedOutput log) {
        String token = asked(false);
        get("/deconfliction/" + token);
        send(token, Map.of("answer", "HOLD_UNTIL", "who", "PC Lee", "hold-day", "99"));
        send(token, Map.of("answer", "NO_INTEREST", "notification", "PERHAPS", "who", "PC Lee"));
        send(token, Map.of("answer", "NO_INTEREST", "who", "PC Lee"));
        send(token, Map.of("answer", "NO_INTEREST", "who", "PC Lee"));

        assertThat(given().answer()).isEqualTo(DeconflictionAnswer.NO_INTEREST);
        assertThat(log.getAll()).doesNotContain(token);
    }

    @Test
    void showsOfficersTheQuestionsOfTheirOwnForceAlone() {
        asked(false);
        long id = question().id();
        String own = get("/deconfliction", "force-north", "deconfliction-north").body();
        String others =
                get("/deconfliction", "force-south", "deconfliction-south").body();

        assertThat(own).contains("/deconfliction/questions/" + id);
        assertThat(others)
                .doesNotContain(
                        "/deconfliction/questions/" + id, scenario.reference().value());
        assertThat(get("/deconfliction/questions/" + id, "force-north", "deconfliction-north")
                        .body())
                .contains("hxxps://fake.example", "Operation Violet")
                .doesNotContain("Your name and role");
        assertThat(get("/deconfliction/questions/" + id, "force-south", "deconfliction-south")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/deconfliction/questions/" + id, "caseworker1", "caseworkers")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void recordsWhichOfficerAnswered() {
        asked(false);
        String path = "/deconfliction/questions/" + question().id();
        String session = hub.session("force-north", "deconfliction-north");
        String page =
                request(HttpRequest.newBuilder(hub.address(path)), session).body();
        HttpResponse<String> answered = request(
                HttpRequest.newBuilder(hub.address(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                form(csrf(page), Map.of("answer", "PRESERVE_FIRST", "reasons", "Trial in May")))),
                session);

        assertThat(answered.body()).contains("Answer recorded", "To be preserved first");
        assertThat(given().by()).isEqualTo("force-north");
        assertThat(given().as()).isEqualTo(Question.As.FORCE);
        assertThat(given().reasons()).contains("Trial in May");
    }

    private void browser(boolean scripts) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(PageBrowser.missing()).isEmpty();
        }
        assumeTrue(PageBrowser.missing().isEmpty(), "Not installed: " + PageBrowser.missing());
        browser = new PageBrowser(scripts);
    }

    /** A case that force north is asked about; the token of its link. */
    private String asked(boolean threatToLife) {
        scenario.begin().flagged(Category.THREAT, threatToLife);
        transactions.run(() -> interests.add(
                "north",
                Interests.Kind.CONTENT,
                interests.hash(
                        "north",
                        Interests.Kind.CONTENT,
                        scenario.file().contentKey().value()),
                "Control room",
                Optional.of("Operation Violet"),
                clock.instant().plus(Duration.ofDays(1))));
        scenario.verifiedAs(Verdict.UNLAWFUL);
        return links.issue(scenario.reference(), "north").orElseThrow();
    }

    private CaseReference reference() {
        return scenario.reference();
    }

    private Question question() {
        return deconflictions.round(reference()).get(0);
    }

    private Question.Given given() {
        return question().given().orElseThrow();
    }

    private HttpResponse<String> get(String path) {
        return request(HttpRequest.newBuilder(hub.address(path)), null);
    }

    private HttpResponse<String> get(String path, String user, String group) {
        return request(HttpRequest.newBuilder(hub.address(path)), hub.session(user, group));
    }

    /** Sends the form of a link's page, as that page would. */
    private HttpResponse<String> send(String token, Map<String, String> fields) {
        // An answered or unknown question has no form; its token comes from a page that has one.
        String page = get("/deconfliction/" + token).body();
        Matcher found = CSRF.matcher(page);
        if (found.find()) {
            lastCsrf = found.group(1);
        }
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", lastCsrf);
        return post("/deconfliction/" + token, all);
    }

    private String lastCsrf = "";

    private HttpResponse<String> post(String path, Map<String, String> fields) {
        return request(
                HttpRequest.newBuilder(hub.address(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(fields))),
                null);
    }

    private static String form(String csrf, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", csrf);
        return encoded(all);
    }

    private static String csrf(String page) {
        // The first is that of signing out; all of a session are as good.
        Matcher found = CSRF.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> request(HttpRequest.Builder request, String session) {
        request.header("Accept", "text/html");
        HttpClient client = mailReader;
        if (session != null) {
            request.header("Cookie", PageServer.SESSION + "=" + session);
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.ALWAYS)
                    .build();
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
