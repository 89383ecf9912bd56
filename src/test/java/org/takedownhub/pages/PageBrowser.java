package org.takedownhub.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A person at a headless browser who uses the keyboard alone, and counts what is pressed. Leaves pictures of the pages,
 * wide and 320 pixels narrow, in {@code target/screenshots}.
 */
public final class PageBrowser implements AutoCloseable {

    public static final Path BROWSER = Path.of("/usr/bin/chromium");
    public static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int WIDE = 1280;
    private static final int NARROW = 320;
    private static final String AXE = axe();
    /** WCAG 2.0, 2.1 and 2.2, levels A and AA. */
    private static final String CHECK =
            """
            const done = arguments[1];
            axe.run({include: [['html']], exclude: arguments[0].map(selector => [selector])}, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']})
                .then(found => done(found.violations.map(violation => violation.id + ': ' + violation.help + ' '
                    + violation.nodes.map(node => node.html).join(' | '))))
                .catch(broken => done(['axe broke: ' + broken]));
            """;

    private final ChromeDriver browser;
    private int presses;

    /** @param scripts whether pages may run scripts */
    public PageBrowser(boolean scripts) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--window-size=1280,1000");
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        if (!scripts) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
        browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(5));
    }

    /** The parts that are not installed. */
    public static List<Path> missing() {
        return List.of(BROWSER, DRIVER).stream().filter(Files::notExists).toList();
    }

    public void open(URI address) {
        browser.get(address.toString());
        presses = 0;
    }

    public String address() {
        return Objects.requireNonNull(browser.getCurrentUrl());
    }

    /** Forgets every session and goes on with this one. */
    public void goOnAs(URI hub, String session) {
        browser.manage().deleteAllCookies();
        browser.executeCdpCommand(
                "Network.setCookie", Map.of("name", PageServer.SESSION, "value", session, "url", hub.toString()));
    }

    public String title() {
        return Objects.requireNonNull(browser.getTitle());
    }

    public String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    /** What has the focus: its id, else its text. */
    public String focused() {
        return String.valueOf(
                browser.executeScript("const has = document.activeElement; return has.id || has.innerText.trim()"));
    }

    /** Presses tabs until something has the focus. */
    public PageBrowser tabTo(String target) {
        for (int tries = 0; !focused().equals(target); tries++) {
            if (tries > 80) {
                throw new AssertionError("The keyboard does not reach " + target);
            }
            press(Keys.TAB);
        }
        return this;
    }

    /** Presses one key after the other; each counts. */
    public PageBrowser press(CharSequence... keys) {
        Actions actions = new Actions(browser);
        for (CharSequence key : keys) {
            presses++;
            actions.sendKeys(key);
        }
        actions.perform();
        return this;
    }

    /** Presses a key that leads to another page, and waits for it. */
    public void pressAndLeave(CharSequence key) {
        WebElement page = browser.findElement(By.tagName("html"));
        press(key);
        new WebDriverWait(browser, Duration.ofSeconds(20), Duration.ofMillis(50))
                .until(ExpectedConditions.stalenessOf(page));
        browser.findElement(By.tagName("footer"));
    }

    /** Writes a text; each letter counts as one press. */
    public PageBrowser write(String text) {
        for (String letter : text.split("")) {
            press(letter);
        }
        return this;
    }

    public int presses() {
        return presses;
    }

    public WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    public List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    /** What breaks WCAG 2.2 AA on this page as far as a program can tell, and what would scroll sideways when narrow. */
    public List<String> faults(String name) {
        return faultsBeside(name);
    }

    /** As {@link #faults}, but for parts that are not ours. */
    public List<String> faultsBeside(String name, String... notOurs) {
        List<String> faults = new ArrayList<>();
        browser.executeScript(AXE);
        if (browser.executeAsyncScript(CHECK, List.of(notOurs)) instanceof List<?> violations) {
            violations.forEach(violation -> faults.add(name + ": " + violation));
        }
        picture(name);
        width(NARROW);
        if (browser.executeScript("return document.documentElement.scrollWidth") instanceof Long scrolls
                && scrolls > NARROW) {
            faults.add(name + " on a narrow screen: is " + scrolls + " pixels wide");
        }
        picture(name + "-narrow");
        width(WIDE);
        browser.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("the server responded with a status of 4"))
                .forEach(message -> faults.add(name + ": " + message));
        return faults;
    }

    private void width(int width) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
    }

    private void picture(String name) {
        Object shot = browser.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), OutputType.BYTES.convertFromBase64Png(shot.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.quit();
    }

    private static String axe() {
        try (InputStream in = Objects.requireNonNull(PageBrowser.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
