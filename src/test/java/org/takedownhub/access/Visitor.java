package org.takedownhub.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/** Calls the running hub from outside: as a program with a password, or as a browser with a session. */
@TestComponent
class Visitor {

    static final String PASSWORD = "access-test-password-1";

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final Environment environment;
    private final HttpClient programs = HttpClient.newHttpClient();

    Visitor(Environment environment) {
        this.environment = environment;
    }

    URI address(String path) {
        return URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
    }

    /** @param user {@code null} stands for nobody */
    HttpResponse<String> call(String method, String path, @Nullable String user) {
        return call(method, path, user, Map.of());
    }

    HttpResponse<String> call(String method, String path, @Nullable String user, Map<String, String> headers) {
        return call(method, path, user, PASSWORD, headers);
    }

    HttpResponse<String> call(
            String method, String path, @Nullable String user, String password, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        headers.forEach(request::setHeader);
        if (user != null) {
            request.header("Authorization", basic(user, password));
        }
        boolean bodiless = method.equals("GET") || method.equals("DELETE") || method.equals("OPTIONS");
        if (!bodiless && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return send(
                programs,
                request.method(method, bodiless ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                        .build());
    }

    /** Sends JSON as a program with a password. */
    HttpResponse<String> post(String path, @Nullable String user, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        if (user != null) {
            request.header("Authorization", basic(user, PASSWORD));
        }
        return send(programs, request.build());
    }

    /** A browser that has signed in through the form. */
    Browser signedIn(String user) {
        Browser browser = new Browser();
        HttpResponse<String> answer = browser.signIn(user, PASSWORD);
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("/login")) {
            throw new IllegalStateException("The form refused " + user + ": " + answer);
        }
        return browser;
    }

    Browser stranger() {
        return new Browser();
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(request.toString(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    final class Browser {

        private final CookieManager cookies = new CookieManager();
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        private Browser() {}

        HttpResponse<String> signIn(String user, String password) {
            return sendForm("/login", Map.of("username", user, "password", password));
        }

        /** Sends a form as one of our pages would, with the session's token. */
        HttpResponse<String> sendForm(String path, Map<String, String> fields) {
            Matcher csrf = CSRF.matcher(get("/login").body());
            if (!csrf.find()) {
                throw new IllegalStateException("The sign-in page has no CSRF token");
            }
            StringBuilder body = new StringBuilder("_csrf=" + csrf.group(1));
            fields.forEach((name, value) -> body.append('&')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
            return post(path, body.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"));
        }

        HttpResponse<String> get(String path) {
            return get(path, Map.of("Accept", path.contains("/api/") ? "application/json" : "text/html"));
        }

        HttpResponse<String> get(String path, Map<String, String> headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
            headers.forEach(request::setHeader);
            return send(client, request.build());
        }

        /** Asks Camunda's web applications as their scripts do, with the token from their cookie. */
        HttpResponse<String> queried(String path, String body) {
            get("/camunda/app/cockpit/default/");
            String token = cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElseThrow();
            return post(path, body, Map.of("Content-Type", "application/json", "X-XSRF-TOKEN", token));
        }

        HttpResponse<String> post(String path, String body, Map<String, String> headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address(path)).POST(BodyPublishers.ofString(body));
            headers.forEach(request::setHeader);
            return send(client, request.build());
        }
    }
}
