package org.takedownhub.clock.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.clock.BankHolidays;
import org.takedownhub.clock.ClockSpeed;
import org.takedownhub.clock.DeadlinePolicy;
import org.takedownhub.clock.DeadlineQuestion;
import org.takedownhub.clock.Deadlines;
import org.takedownhub.clock.PauseRule;
import org.takedownhub.clock.PeriodUnit;
import org.takedownhub.clock.StartEvent;
import org.takedownhub.clock.WorkingDays;

class DeadlineControllerTest {

    @Test
    void answersWhenTheNoticeIsOverdueAndByWhichLaw() throws Exception {
        calculator(1)
                .perform(get("/api/v1/deadline?instrument=TCO_ORDER&category=TERRORISM&threatToLife=false")
                        .param("givenAt", "2026-11-22T11:00:00Z")
                        .param("receivedAt", "2026-11-22T12:00:00Z"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.dueAt").value("2026-11-22T13:00:00Z"))
                .andExpect(jsonPath("$.policy").value("policy-of-tco_order"))
                .andExpect(jsonPath("$.policyVersion").value(4))
                .andExpect(jsonPath("$.startEvent").value("RECEIVED"))
                .andExpect(jsonPath("$.legalReference").value("Some Act s.1"))
                .andExpect(jsonPath("$.rule").value("1 hour beginning with the time received"))
                .andExpect(jsonPath("$.dueAtInWords")
                        .value("Sunday 22 November 2026 at 13:00 UK time (22 November 2026 13:00 UTC)"))
                .andExpect(jsonPath("$.pauseRule").value("NONE"))
                .andExpect(jsonPath("$.unverified").value("the pause"));
    }

    @Test
    void saysThatNothingIsDueWhereNoLawSetsAPeriod() throws Exception {
        calculator(1)
                .perform(get("/api/v1/deadline?instrument=DSA_NOTICE&givenAt=2026-11-22T12:00:00Z"))
                .andExpect(jsonPath("$.dueAt").value(nullValue()))
                .andExpect(jsonPath("$.reviewAt").value("2026-11-22T13:00:00Z"));
    }

    @Test
    void takesAnOffsetWhosePlusSignWasNotEncoded() throws Exception {
        calculator(1)
                .perform(get("/api/v1/deadline?instrument=TCO_ORDER").param("receivedAt", "2026-07-01T13:00:00 01:00"))
                .andExpect(jsonPath("$.dueAt").value("2026-07-01T13:00:00Z"));
    }

    @Test
    void tellsTheRealDateInTrainingAndTheFastOneBesideIt() throws Exception {
        calculator(720)
                .perform(get("/api/v1/deadline?instrument=TCO_ORDER&receivedAt=2026-11-22T12:00:00Z"))
                .andExpect(jsonPath("$.dueAt").value("2026-11-22T13:00:00Z"))
                .andExpect(jsonPath("$.clockSpeed").value(720))
                .andExpect(jsonPath("$.dueAtHere").value("2026-11-22T12:00:05Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "instrument=,                                                         400, #instrument",
        "category=OTHER,                                                      400, #instrument",
        "instrument=FAX,                                                      400, #instrument",
        "instrument=TCO_ORDER&category=FUN&receivedAt=2026-11-22T12:00:00Z,   400, #category",
        "instrument=TCO_ORDER&threatToLife=yes&receivedAt=2026-11-22T12:00:00Z, 400, #threatToLife",
        "instrument=TCO_ORDER&receivedAt=tomorrow,                            400, #receivedAt",
        "instrument=TCO_ORDER&receivedAt=2026-11-22T12:00:00,                 400, #receivedAt",
        "instrument=TCO_ORDER&receivedAt=2026-02-30T12:00:00Z,                400, #receivedAt",
        "instrument=TCO_ORDER&receivedAt=9999-11-22T12:00:00Z,                400, #receivedAt",
        "instrument=TCO_ORDER&givenAt=2026-11-22T12:00:00Z,                   422, #receivedAt",
        "instrument=VOLUNTARY_REFERRAL&givenAt=2026-11-22T12:00:00Z,          400, #category",
    })
    void namesTheParameterThatIsWrong(String query, int status, String pointer) {
        assertThatThrownBy(() -> calculator(1).perform(get("/api/v1/deadline?" + query)))
                .isInstanceOf(ServletException.class)
                .cause()
                .isInstanceOfSatisfying(InvalidRequest.class, invalid -> {
                    assertThat(invalid.status()).isEqualTo(status);
                    assertThat(invalid.errors())
                            .extracting(InvalidRequest.FieldError::pointer)
                            .containsExactly(pointer);
                });
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThatThrownBy(() ->
                        calculator(1).perform(get("/api/v1/deadline?instrument=FAX&threatToLife=yes&issuedAt=now")))
                .cause()
                .isInstanceOfSatisfying(InvalidRequest.class, invalid -> assertThat(invalid.errors())
                        .extracting(InvalidRequest.FieldError::pointer)
                        .containsExactlyInAnyOrder("#instrument", "#threatToLife", "#issuedAt"));
    }

    private static MockMvc calculator(double factor) {
        ClockSpeed speed = new ClockSpeed(factor);
        Deadlines deadlines = new Deadlines(
                (question, version) -> policy(question), new WorkingDays(new BankHolidays(List.of())), speed);
        return MockMvcBuilders.standaloneSetup(new DeadlineController(deadlines, () -> Instrument.SHIPPED, speed))
                .setMessageConverters(new MappingJackson2HttpMessageConverter(Jackson2ObjectMapperBuilder.json()
                        .featuresToDisable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build()))
                .build();
    }

    private static DeadlinePolicy policy(DeadlineQuestion question) {
        return new DeadlinePolicy(
                "policy-of-" + question.instrument().name().toLowerCase(Locale.ROOT),
                question.instrument(),
                question.instrument() == Instrument.TCO_ORDER ? StartEvent.RECEIVED : StartEvent.GIVEN,
                Duration.ofHours(1),
                question.instrument() == Instrument.DSA_NOTICE ? PeriodUnit.NONE : PeriodUnit.CLOCK_HOURS,
                PauseRule.NONE,
                0,
                "Some Act s.1",
                "the pause",
                4);
    }
}
