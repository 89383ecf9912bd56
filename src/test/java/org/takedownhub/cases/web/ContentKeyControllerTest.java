package org.takedownhub.cases.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.cases.ContentAddresses;

class ContentKeyControllerTest {

    @Test
    void answersKeyPlatformAndCanonicalAddress() {
        run(http -> http.perform(get("/api/v1/content-key").param("url", "youtu.be/dQw4w9WgXcQ"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.contentKey").value("yt:video:dQw4w9WgXcQ"))
                .andExpect(jsonPath("$.platform").value("yt"))
                .andExpect(jsonPath("$.canonicalUrl").value("https://www.youtube.com/watch?v=dQw4w9WgXcQ"))
                .andExpect(jsonPath("$.weak").value(false)));
    }

    @Test
    void knowsTheHostsOfConfiguredPlatforms() {
        run(http -> http.perform(get("/api/v1/content-key").param("url", "localhost:8090/@bob/123"))
                .andExpect(jsonPath("$.contentKey").value("ap:status:localhost:8090/123"))
                .andExpect(jsonPath("$.weak").value(true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?url=javascript:alert(1)", "?url=", ""})
    void namesTheParameterOfAnAddressItCannotTake(String query) {
        run(http -> assertThatThrownBy(() -> http.perform(get("/api/v1/content-key" + query)))
                .isInstanceOf(ServletException.class)
                .cause()
                .isInstanceOfSatisfying(InvalidRequest.class, invalid -> assertThat(invalid.errors())
                        .extracting(InvalidRequest.FieldError::pointer)
                        .containsExactly("#url")));
    }

    private interface Requests {
        void make(MockMvc http) throws Exception;
    }

    private static void run(Requests requests) {
        new ApplicationContextRunner()
                .withUserConfiguration(Addresses.class)
                .withPropertyValues(
                        "takedown.platforms.training.kind=mastodon", "takedown.platforms.training.hosts=localhost:8090")
                .run(context -> requests.make(MockMvcBuilders.standaloneSetup(
                                new ContentKeyController(context.getBean(ContentAddresses.class)))
                        .build()));
    }

    @ConfigurationPropertiesScan(basePackages = "org.takedownhub.cases")
    @ComponentScan(
            basePackages = "org.takedownhub.cases",
            useDefaultFilters = false,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ContentAddresses.class))
    static class Addresses {}
}
