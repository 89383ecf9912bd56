package org.takedownhub.notice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.audit.Audit;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.ContactRole;

@HubTest
class ContactsControllerTest {

    private static final String PLATFORM = "directory.example";
    private static final String CONTACTS = "/api/v1/platforms/" + PLATFORM + "/contacts";
    private static final Instant MONDAY = Instant.parse("2026-06-01T10:00:00Z");

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private ContactDirectory directory;

    @Autowired
    private Audit audit;

    private MockMvc http;

    @BeforeEach
    void start() {
        http = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
        itIs(MONDAY);
        directory.replace(PLATFORM, List.of());
    }

    @AfterEach
    void stop() {
        directory.replace(PLATFORM, List.of());
        ClockUtil.reset();
    }

    @Test
    void saysWhoIsThereAndSinceWhenThatIsKnown() throws Exception {
        JsonNode put = json(
                send(
                        """
                {"contacts": [
                  {"role": "REGULATOR", "name": "Regulator", "address": "r@regulator.example"},
                  {"role": "CONTACT_POINT", "name": "Desk", "address": "desk@directory.example",
                   "hours": "Mo-Fr 09:00-17:30", "timeZone": "Europe/Dublin", "language": "en",
                   "verifiedAt": "2026-05-30T12:00:00Z"},
                  {"role": "CONTACT_POINT", "backup": true, "name": "Night", "address": "+353 1 555",
                   "twentyFourSeven": true}]}"""));

        assertThat(put.at("/contacts/0/name").asText()).isEqualTo("Desk");
        assertThat(put.at("/contacts/0/openNow").asBoolean()).isTrue();
        assertThat(put.at("/contacts/0/verifiedBy").asText()).isEqualTo("somebody");
        assertThat(put.at("/contacts/0/verificationDue").asBoolean()).isFalse();
        assertThat(put.at("/contacts/1/backup").asBoolean()).isTrue();
        assertThat(put.at("/contacts/2/openNow").isMissingNode()
                        || put.at("/contacts/2/openNow").isNull())
                .as("hours unknown")
                .isTrue();
        assertThat(put.at("/contacts/2/verificationDue").asBoolean()).isTrue();
        assertThat(read()).isEqualTo(put);
        assertThat(directory.mailOf(PLATFORM)).contains("desk@directory.example");

        itIs(MONDAY.plus(Duration.ofHours(8)));
        assertThat(read().at("/contacts/0/openNow").asBoolean()).isFalse();
        assertThat(directory.find(PLATFORM, ContactRole.CONTACT_POINT))
                .hasValueSatisfying(contact -> assertThat(contact.name()).isEqualTo("Night"));

        itIs(Instant.parse("2026-08-28T12:00:00Z"));
        assertThat(read().at("/contacts/0/verificationDue").asBoolean())
                .as("90 days later")
                .isTrue();
    }

    @Test
    void countsAnEntryWithAnotherAddressAsUnverified() throws Exception {
        send(provider("law@directory.example", ", \"verifiedAt\": \"2026-05-30T12:00:00Z\""));
        assertThat(json(send(provider("law@directory.example", "")))
                        .at("/contacts/0/verificationDue")
                        .asBoolean())
                .as("unchanged")
                .isFalse();

        assertThat(json(send(provider("other@directory.example", "")))
                        .at("/contacts/0/verificationDue")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void logsEveryChangeAndNothingElse() throws Exception {
        send(provider("law@directory.example", ""));
        long before = audit.lastPosition(Audit.HUB);
        send(provider("law@directory.example", ""));
        assertThat(audit.lastPosition(Audit.HUB)).isEqualTo(before);

        send(provider("other@directory.example", ""));

        assertThat(audit.entries(Audit.HUB, before, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("contact.changed");
            assertThat(entry.actor()).isEqualTo("somebody");
            assertThat(entry.detail())
                    .contains(PLATFORM, "PROVIDER", "<law@directory.example>", "<other@directory.example>");
        });
    }

    @Test
    void namesEveryFieldThatCannotBe() throws Exception {
        MockHttpServletResponse answer = send(
                """
                {"contacts": [
                  {"name": " ", "hours": "whenever", "language": "!", "verifiedAt": "2030-01-01T00:00:00Z"},
                  {"role": "PORTAL", "name": "Form", "address": "ftp://directory.example"},
                  {"role": "PROVIDER", "name": "One", "address": "a@directory.example"},
                  {"role": "PROVIDER", "name": "Two", "address": "b@directory.example",
                   "hours": "whenever", "timeZone": "UTC"},
                  {"role": "PROVIDER", "name": "Three", "address": "c@directory.example"}]}""");

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(json(answer).path("errors").findValuesAsText("pointer"))
                .contains(
                        "/contacts/0/role",
                        "/contacts/0/name",
                        "/contacts/0/address",
                        "/contacts/0/timeZone",
                        "/contacts/0/language",
                        "/contacts/0/verifiedAt",
                        "/contacts/1/address",
                        "/contacts/3/hours",
                        "/contacts/4/role");
        assertThat(directory.of(PLATFORM)).isEmpty();
    }

    @Test
    void knowsNoPlatformThatIsNeitherSetUpNorAHost() throws Exception {
        assertThat(perform(get("/api/v1/platforms/nobody/contacts")).getStatus())
                .isEqualTo(404);
        assertThat(perform(get("/api/v1/platforms/fake/contacts")).getStatus()).isEqualTo(200);
    }

    @Test
    void shipsTheTrainingPlatformWithVerifiedEntries() {
        assertThat(directory.of("training"))
                .extracting(contact -> contact.role())
                .contains(ContactRole.PROVIDER, ContactRole.CONTACT_POINT, ContactRole.MAILBOX, ContactRole.REGULATOR)
                .doesNotContain(ContactRole.CONTENT_MANAGER);
        assertThat(directory.of("training")).allSatisfy(contact -> {
            assertThat(contact.verifiedAt()).isPresent();
            assertThat(contact.verifiedBy()).isPresent();
        });
    }

    @Test
    void showsTheEntriesOnThePageOfPlatforms() throws Exception {
        assertThat(perform(get("/platforms")).getContentAsString())
                .contains("Whom to turn to", "Contact point", "abuse@training.example");
    }

    private static String provider(String address, String more) {
        return "{\"contacts\": [{\"role\": \"PROVIDER\", \"name\": \"Law\", \"address\": \"" + address + "\"" + more
                + "}]}";
    }

    private JsonNode read() throws Exception {
        return json(perform(get(CONTACTS)));
    }

    private MockHttpServletResponse send(String body) throws Exception {
        return perform(put(CONTACTS).contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private MockHttpServletResponse perform(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(user("somebody").authorities(new SimpleGrantedAuthority("managers")))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private static JsonNode json(MockHttpServletResponse answer) throws Exception {
        return new ObjectMapper().readTree(answer.getContentAsString());
    }

    private static void itIs(Instant instant) {
        ClockUtil.setCurrentTime(Date.from(instant));
    }
}
