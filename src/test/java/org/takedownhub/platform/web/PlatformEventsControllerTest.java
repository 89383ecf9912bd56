package org.takedownhub.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.takedownhub.api.NotFound;
import org.takedownhub.casefile.Channel;
import org.takedownhub.platform.Capture;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.Notice;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformEventListener;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;
import org.takedownhub.platform.ReferralAnswer;

class PlatformEventsControllerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final List<String> received = new ArrayList<>();
    private RuntimeException failure;
    private JdbcClient jdbc;
    private MockMvc http;

    @BeforeEach
    void start() {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:platform-events;DB_CLOSE_DELAY=-1");
        Flyway flyway =
                Flyway.configure().dataSource(database).cleanDisabled(false).load();
        flyway.clean();
        flyway.migrate();
        jdbc = JdbcClient.create(database);
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("listener", (PlatformEventListener) this::listen);
        PlatformEvents events = new PlatformEvents(
                jdbc,
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                Clock.fixed(NOW, ZoneOffset.UTC),
                beans.getBeanProvider(PlatformEventListener.class));
        http = MockMvcBuilders.standaloneSetup(new PlatformEventsController(platforms(), events))
                .setControllerAdvice(new ProblemDetails())
                .build();
    }

    private void listen(String instance, PlatformEvent event) {
        if (failure != null) {
            throw failure;
        }
        received.add(instance + " " + event.deliveryKey());
    }

    @Test
    void takesASignedWebhookOnce() throws Exception {
        for (int delivery = 0; delivery < 3; delivery++) {
            http.perform(signed("social", "1"))
                    .andExpect(status().isAccepted())
                    .andExpect(content().string(""));
        }
        http.perform(signed("social", "2")).andExpect(status().isAccepted());

        assertThat(received).containsExactly("social 1", "social 2");
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void tellsTheSameDeliveryOfTwoPlatformsApart() throws Exception {
        http.perform(signed("social", "1"));
        http.perform(signed("other", "1"));
        assertThat(received).containsExactly("social 1", "other 1");
    }

    @Test
    void handsTheRawBytesToTheConnectorWhateverTheirType() throws Exception {
        http.perform(signed("social", "a=b&c=d").contentType(MediaType.APPLICATION_FORM_URLENCODED))
                .andExpect(status().isAccepted());
        assertThat(received).containsExactly("social a=b&c=d");
    }

    @Test
    void refusesAWrongSignature() throws Exception {
        http.perform(post("/api/v1/platforms/social/events").content("1").header("X-Signed", "no"))
                .andExpect(status().isUnauthorized())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").isNotEmpty());
        http.perform(post("/api/v1/platforms/social/events")).andExpect(status().isUnauthorized());
        assertThat(received).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void knowsNoPlatformThatIsNotInTheSettings() {
        assertThatThrownBy(() -> http.perform(signed("forum.example", "1")))
                .cause()
                .isInstanceOf(NotFound.class);
        assertThat(received).isEmpty();
    }

    @Test
    void takesADeliveryAgainAfterAFailure() throws Exception {
        failure = new IllegalStateException("the database went away");
        assertThatThrownBy(() -> http.perform(signed("social", "1"))).cause().isSameAs(failure);
        assertThat(rows()).isZero();

        failure = null;
        http.perform(signed("social", "1")).andExpect(status().isAccepted());
        assertThat(received).containsExactly("social 1");
    }

    @Test
    void doesNotTakeAFaultOfOursForARepeatedDelivery() {
        failure = new DuplicateKeyException("a key of somebody else");
        assertThatThrownBy(() -> http.perform(signed("social", "1"))).cause().isSameAs(failure);
    }

    private int rows() {
        return jdbc.sql("select count(*) from platform_event")
                .query(Integer.class)
                .single();
    }

    private static MockHttpServletRequestBuilder signed(String instance, String body) {
        return post("/api/v1/platforms/" + instance + "/events")
                .content(body.getBytes(StandardCharsets.UTF_8))
                .header("X-Signed", "yes");
    }

    private static Platforms platforms() {
        Map<String, PlatformSettings> settings = new LinkedHashMap<>();
        settings.put("social", settings("social.example"));
        settings.put("other", settings("other.example"));
        return new Platforms(new PlatformsSettings(settings), List.of(new Factory()));
    }

    private static PlatformSettings settings(String host) {
        return new PlatformSettings(
                "fake", true, null, List.of(host), null, null, null, null, null, Duration.ofSeconds(5), 2, Map.of());
    }

    @ControllerAdvice
    static class ProblemDetails extends ResponseEntityExceptionHandler {}

    private record Factory() implements PlatformFactory {

        @Override
        public String kind() {
            return "fake";
        }

        @Override
        public Platform create(String instance, PlatformSettings settings) {
            return new Fake(instance, settings.kind());
        }
    }

    private record Fake(String instance, String kind) implements Platform {

        @Override
        public Channel channel() {
            return Channel.API;
        }

        @Override
        public List<String> capabilities() {
            return List.of("takes webhooks");
        }

        @Override
        public Optional<PlatformEvent> receive(byte[] body, Map<String, String> headers) {
            return "yes".equals(headers.get("x-signed"))
                    ? Optional.of(new PlatformEvent(
                            new String(body, StandardCharsets.UTF_8), "k".repeat(100), Map.of(), false))
                    : Optional.empty();
        }

        @Override
        public ReferralAnswer refer(Notice notice) {
            throw new AssertionError("Nothing is referred here");
        }

        @Override
        public List<Look> look(List<Content> contents) {
            throw new AssertionError("Nobody looks here");
        }

        @Override
        public Capture capture(Content content) {
            throw new AssertionError("Nothing is captured here");
        }

        @Override
        public void checkConnection() {}
    }
}
