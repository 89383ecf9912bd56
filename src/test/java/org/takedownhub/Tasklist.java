package org.takedownhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person at a headless browser: signs in, reads the queues of Tasklist, claims, fills in forms, looks. */
final class Tasklist implements AutoCloseable {

    static final Path BROWSER = Path.of("/usr/bin/chromium");
    static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration A_TASK_OPENS = Duration.ofSeconds(8);
    private static final int OPENINGS = 5;
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String TASK_BUTTON = "//button[normalize-space()='%s' and not(contains(@class,'ng-hide'))]";

    private final URI hub;
    private final ChromeDriver browser;
    private final WebDriverWait eventually;

    Tasklist(URI hub, Path profile) {
        this.hub = hub;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile.toAbsolutePath());
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        browser.manage().window().setSize(new Dimension(1366, 900));
        eventually = new WebDriverWait(browser, PATIENCE, Duration.ofMillis(100));
        eventually.ignoring(StaleElementReferenceException.class);
        eventually.ignoring(ElementClickInterceptedException.class);
        eventually.ignoring(ElementNotInteractableException.class);
        eventually.ignoring(NoSuchElementException.class);
    }

    void signIn(String user, String password) {
        browser.manage().deleteAllCookies();
        browser.get(hub.toString());
        enter(By.id("username"), user);
        enter(By.id("password"), password);
        picture("sign-in");
        click(By.cssSelector("button[type=submit]"));
        see(By.cssSelector(".task-filters .task-filter"));
    }

    void signOut() {
        // Anew: a message about a task that was superseded meanwhile would lie over the menu, and it stays.
        browser.get(hub.toString());
        see(By.cssSelector(".task-filters .task-filter"));
        click(By.cssSelector("[cam-widget-header] .account > a"));
        click(By.cssSelector("[cam-widget-header] .logout a"));
        eventually.until(ExpectedConditions.urlContains("/login"));
        see(By.id("username"));
    }

    /** Their names, top down. */
    List<String> queues() {
        return eventually.until(seen -> texts(By.cssSelector(".task-filters .task-filter .name a")).stream()
                .map(name -> name.replaceAll("\\s*\\(?\\d*\\)?$", ""))
                .collect(Collectors.collectingAndThen(Collectors.toList(), names -> names.isEmpty() ? null : names)));
    }

    void openQueue(String name) {
        By queue = By.xpath("//*[contains(@class,'task-filter')]//a[starts-with(normalize-space(),'" + name + "')]");
        click(queue);
        see(By.xpath("//*[contains(@class,'task-filter') and contains(@class,'active')]"
                + "//a[starts-with(normalize-space(),'" + name + "')]"));
    }

    /** What the cards of the open queue show, top down, each by its labels. */
    List<Map<String, String>> cards() {
        return browser.findElements(By.cssSelector(".tasks-list li.task")).stream()
                .map(card -> card.findElements(By.cssSelector(".variable-item")).stream()
                        .collect(Collectors.toMap(
                                item -> item.findElement(By.cssSelector(".variable-label"))
                                        .getText()
                                        .replace(":", ""),
                                item -> item.findElement(By.cssSelector(".variable-value"))
                                        .getText())))
                .toList();
    }

    /** Waits until the open queue shows so many cards. */
    List<Map<String, String>> cards(int count) {
        return eventually.until(seen -> {
            List<Map<String, String>> cards = cards();
            return cards.size() == count ? cards : null;
        });
    }

    /** Tries again where the task behind the card was gone by the time it opened: the next one may be there already. */
    void openCard(String caseReference) {
        By card = By.xpath("//li[contains(@class,'task') and .//*[normalize-space()='" + caseReference + "']]//h4/a");
        By details = By.xpath("//section[contains(@class,'task-details')]//a[contains(.,'" + caseReference + "')]");
        for (int tries = 1; ; tries++) {
            click(card);
            try {
                new WebDriverWait(browser, A_TASK_OPENS).until(ExpectedConditions.visibilityOfElementLocated(details));
                return;
            } catch (TimeoutException e) {
                if (tries == OPENINGS) {
                    throw e;
                }
            }
        }
    }

    /** Opens a task by its address, as a link in a mail does. */
    void openTask(String taskId) {
        browser.get(hub + "/camunda/app/tasklist/default/#/?task=" + taskId);
        browser.navigate().refresh();
        see(By.cssSelector(".task-details button.claim"));
    }

    void claim() {
        click(By.cssSelector(".task-details button.claim"));
        see(By.cssSelector(
                ".task-details .meta .assignee .glyphicon-remove, .task-details .meta .assignee .reset-assignee"));
        eventually.until(ExpectedConditions.invisibilityOfElementLocated(By.cssSelector(".form-pane .disabled-form")));
    }

    /** A row of the table above the fields. */
    WebElement shown(String label) {
        return see(By.xpath("//*[contains(@class,'fjs-form')]//tr[th[normalize-space()='" + label + "']]/td"));
    }

    void choose(String answer) {
        click(By.xpath(
                "//*[contains(@class,'fjs-form-field')]//label[contains(normalize-space(),\"" + answer + "\")]"));
    }

    void choose(String field, String choice) {
        click(By.xpath(field(field) + "//*[contains(@class,'fjs-input-group')]"));
        click(By.xpath(field(field) + "//*[contains(@class,'fjs-dropdownlist-item')][contains(.,\"" + choice + "\")]"));
        see(By.xpath(field(field) + "//*[contains(@class,'fjs-select-display')][contains(.,\"" + choice + "\")]"));
    }

    void fillIn(String field, String text) {
        enter(input(field), text);
    }

    /** What stands in a field now. */
    String entered(String field) {
        return see(input(field)).getDomProperty("value");
    }

    boolean isChosen(String answer) {
        return see(By.xpath("//label[contains(normalize-space(),\"" + answer + "\")]"))
                .findElement(By.xpath(".//input | ../input | preceding-sibling::input"))
                .isSelected();
    }

    void press(String button) {
        click(By.xpath(TASK_BUTTON.formatted(button)));
    }

    /** What Tasklist reports above the work, or in the dialog for starting a process. */
    String message(String part) {
        return see(By.xpath("//*[contains(@class,'notifications')]//*[contains(@class,'alert')][contains(.,'" + part
                        + "')]"))
                .getText();
    }

    /** What is wrong with a field according to the form itself. */
    String complaint(String field) {
        return see(By.xpath(field(field) + "//*[contains(@class,'fjs-form-field-error')]"))
                .getText();
    }

    void openTab(String name) {
        click(By.xpath("//ul[contains(@class,'nav-tabs')]//a[normalize-space()='" + name + "']"));
    }

    /** Opens the form for flagging content. */
    void startProcess() {
        click(By.cssSelector(".start-process-action a"));
        click(By.cssSelector(".modal a.startable, .modal .process-definitions-list a, .modal .modal-body li a"));
        see(By.cssSelector(".modal .fjs-form"));
    }

    WebElement see(By what) {
        return eventually.until(ExpectedConditions.visibilityOfElementLocated(what));
    }

    void seeNoMore(By what) {
        eventually.until(ExpectedConditions.invisibilityOfElementLocated(what));
    }

    /** Whether one of them can be seen now. */
    boolean sees(String selector) {
        return browser.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
    }

    void open(String path) {
        browser.get(hub.resolve(path).toString());
    }

    /** The status of a call that the page makes in the name of who is signed in, with the page's CSRF token. */
    long statusOf(String method, String path, String body) {
        return (Long) browser.executeAsyncScript(
                """
                const [method, path, body, done] = arguments;
                const token = document.cookie.split('; ').find(c => c.startsWith('XSRF-TOKEN='));
                fetch(path, {method, body, headers: {'Content-Type': 'application/json',
                    'X-XSRF-TOKEN': token ? token.substring(11) : ''}}).then(answer => done(answer.status));
                """,
                method,
                path,
                body);
    }

    /** The whole text of the page. */
    String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.quit();
    }

    private static String field(String label) {
        return "//*[contains(@class,'fjs-form-field')][label[starts-with(normalize-space(),'" + label + "')]]";
    }

    private static By input(String label) {
        return By.xpath(field(label) + "//input[@type='text'] | " + field(label) + "//textarea");
    }

    private void enter(By where, String text) {
        eventually.until(seen -> {
            WebElement input = centred(where);
            input.clear();
            input.sendKeys(text);
            return true;
        });
    }

    private void click(By what) {
        eventually.until(seen -> {
            WebElement target = browser.findElements(what).stream()
                    .filter(WebElement::isDisplayed)
                    .filter(WebElement::isEnabled)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException("nothing to click at " + what));
            browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", target);
            target.click();
            return true;
        });
    }

    private WebElement centred(By what) {
        WebElement element = browser.findElement(what);
        browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        return element;
    }

    private List<String> texts(By what) {
        return browser.findElements(what).stream().map(WebElement::getText).toList();
    }
}
