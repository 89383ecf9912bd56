package org.takedownhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.urlContains;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.beans.factory.annotation.Autowired;

/** Tasklist as a caseworker sees it, in a real browser. Pictures of it are left in {@code target/tasklist}. */
@RunningHubTest
class TasklistTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    @Autowired
    private Visitor visitor;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    private ChromeDriver browser;
    private WebDriverWait wait;

    @BeforeAll
    static void needsABrowser() {
        assumeTrue(
                "true".equals(System.getenv("CI")) || (Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER)),
                "skipped: no Chromium with chromedriver on this machine");
    }

    @BeforeEach
    void open() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1500,1000");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        browser = new ChromeDriver(service, options);
        wait = new WebDriverWait(browser, Duration.ofSeconds(40));
        wait.ignoring(StaleElementReferenceException.class);
    }

    @AfterEach
    void close() {
        browser.quit();
    }

    @Test
    void showsACaseworkerTheirQueuesAndTheFormWithoutTheMakersNotice() throws Exception {
        String caseReference = flag();
        signIn("caseworker1");

        assertThat(browser.findElement(By.cssSelector(".navbar-brand"))
                        .getText()
                        .replaceAll("\\s+", " "))
                .isEqualTo("Takedown Hub");
        assertThat(browser.findElements(By.cssSelector(".ce-eol-banner"))).noneMatch(WebElement::isDisplayed);
        assertThat(browser.findElements(By.cssSelector("li.create-task-action")))
                .noneMatch(WebElement::isDisplayed);

        wait.until(elementToBeClickable(By.partialLinkText("To pick up"))).click();
        By card = By.xpath("//li[contains(@class,'task') and contains(.,'" + caseReference + "')]//h4//a");
        wait.until(elementToBeClickable(card)).click();
        WebElement form = wait.until(visibilityOfElementLocated(By.cssSelector(".fjs-container")));
        assertThat(form.getText())
                .contains("hxxp", "a threat <b>to stab</b>", "Verdict", "Artistic or reporting context")
                .doesNotContain("⚠");
        assertThat(form.findElements(By.tagName("a")))
                .extracting(link -> link.getDomAttribute("href"))
                .doesNotContainNull()
                .anyMatch(link -> link.endsWith("/cases/" + caseReference))
                .noneMatch(link -> link.contains("gang"));
        picture("verify-content");
        // the licence of bpmn.io wants its mark to be seen
        browser.executeScript("document.querySelector('.fjs-powered-by').scrollIntoView()");
        wait.until(visibilityOfElementLocated(By.cssSelector(".fjs-powered-by svg")));
        picture("verify-content-end");
    }

    @Test
    void leadsBackToOurOwnSignInAfterSigningOut() throws Exception {
        signIn("caseworker2");
        wait.until(elementToBeClickable(By.cssSelector(".account .dropdown-toggle, .account a")))
                .click();
        wait.until(elementToBeClickable(By.cssSelector(".logout a"))).click();
        wait.until(urlContains("/login"));
        wait.until(visibilityOfElementLocated(By.id("password")));
        assertThat(browser.getCurrentUrl()).isEqualTo(visitor.address("/login").toString());
        picture("sign-in");
    }

    private void signIn(String user) throws IOException {
        browser.get(visitor.address("/").toString());
        browser.findElement(By.id("username")).sendKeys(user);
        browser.findElement(By.id("password")).sendKeys(Visitor.PASSWORD);
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        wait.until(visibilityOfElementLocated(By.partialLinkText("All open")));
        picture("queues");
    }

    private void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "tasklist"));
        Files.write(folder.resolve(name + ".png"), ((TakesScreenshot) browser).getScreenshotAs(OutputType.BYTES));
    }

    /** Flags a post and moves its case to the caseworkers. */
    private String flag() throws Exception {
        HttpRequest flag = HttpRequest.newBuilder(visitor.address("/api/v1/flags"))
                .header("Authorization", Visitor.basic("caseworker1", Visitor.PASSWORD))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"url\":\"https://social.example/@gang/1\",\"reason\":\"a threat <b>to stab</b>\"}"))
                .build();
        String answer =
                HttpClient.newHttpClient().send(flag, BodyHandlers.ofString()).body();
        String caseReference = json.readTree(answer).path("caseReference").asText();
        List<Job> jobs = jobs(caseReference);
        while (!jobs.isEmpty()) {
            jobs.forEach(job -> management.executeJob(job.getId()));
            jobs = jobs(caseReference);
        }
        return caseReference;
    }

    private List<Job> jobs(String caseReference) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseReference).list().stream()
                .flatMap(process ->
                        management.createJobQuery().processInstanceId(process.getId()).messages().list().stream())
                .toList();
    }
}
