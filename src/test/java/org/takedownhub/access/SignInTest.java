package org.takedownhub.access;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(
        classes = SignInTest.App.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:access",
            "takedown.training.password=right",
            "takedown.access.forces=north,south",
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.auto-deployment-enabled=false",
            "spring.flyway.enabled=false",
            "logging.level.root=WARN",
            "camunda.bpm.history-level=full",
            "camunda.bpm.authorization.enabled=true",
            "camunda.bpm.generic-properties.properties.general-resource-whitelist-pattern=[a-zA-Z0-9-]+",
            "camunda.bpm.webapp.auth.cache.ttl-enabled=false",
            "camunda.bpm.webapp.index-redirect-enabled=false",
        })
@ActiveProfiles("training")
class SignInTest {

    @SpringBootApplication(scanBasePackageClasses = {AccessSettings.class, org.takedownhub.api.NotFound.class})
    @ConfigurationPropertiesScan(basePackageClasses = {AccessSettings.class, org.takedownhub.api.NotFound.class})
    static class App {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    EngineAccess engineAccess;

    @Autowired
    JdbcClient jdbc;

    @Test
    void x() throws Exception {
        System.out.println(call("GET", "/engine-rest/task", "caseworker1"));
        System.out.println(call("GET", "/engine-rest/task", null));
        System.out.println(call("GET", "/engine-rest/filter", "caseworker1"));
        System.out.println(call("GET", "/actuator/health/liveness", null));
        System.out.println(call("GET", "/login", null));
        System.out.println(call("GET", "/", null));
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String form = browser.send(HttpRequest.newBuilder(uri("/login")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        System.out.println(form);
        String csrf = form.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        var r = browser.send(
                HttpRequest.newBuilder(uri("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=caseworker1&password=right&_csrf=" + csrf))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        System.out.println(r + "\n" + r.headers().map() + "\n" + r.body().substring(0, 300));
        r = browser.send(
                HttpRequest.newBuilder(uri("/camunda/api/engine/engine/default/task"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        System.out.println(r + "\n" + r.headers().map() + "\n" + r.body());
        System.out.println(jdbc.sql("select count(*) from act_ru_authorization")
                .query(Long.class)
                .single());
        engineAccess.afterSingletonsInstantiated();
        System.out.println(jdbc.sql("select count(*), max(rev_) from act_ru_authorization")
                .query()
                .singleRow());
    }

    URI uri(String p) {
        return URI.create("http://localhost:" + port + p);
    }

    String call(String method, String path, String user) throws Exception {
        var b = HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (user != null)
            b.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":right").getBytes()));
        var r = HttpClient.newHttpClient().send(b.build(), HttpResponse.BodyHandlers.ofString());
        return r + " " + r.headers().map() + "\n" + r.body();
    }
}
