package org.takedownhub.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.ServletException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.PlatformsSettings;

class ContentKeyControllerTest {

    @Test
    void answersKeyPlatformAndCanonicalAddress() throws Exception {
        http().perform(get("/api/v1/content-key").param("url", "youtu.be/dQw4w9WgXcQ"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.contentKey").value("yt:video:dQw4w9WgXcQ"))
                .andExpect(jsonPath("$.platform").value("yt"))
                .andExpect(jsonPath("$.canonicalUrl").value("https://www.youtube.com/watch?v=dQw4w9WgXcQ"))
                .andExpect(jsonPath("$.weak").value(false));
    }

    @Test
    void knowsTheHostsOfConfiguredPlatforms() throws Exception {
        http().perform(get("/api/v1/content-key").param("url", "localhost:8090/@bob/123"))
                .andExpect(jsonPath("$.contentKey").value("ap:status:localhost:8090/123"))
                .andExpect(jsonPath("$.weak").value(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?url=javascript:alert(1)", "?url=", ""})
    void namesTheParameterOfAnAddressItCannotTake(String query) {
        assertThatThrownBy(() -> http().perform(get("/api/v1/content-key" + query)))
                .isInstanceOf(ServletException.class)
                .cause()
                .isInstanceOfSatisfying(InvalidRequest.class, invalid -> assertThat(invalid.errors())
                        .extracting(InvalidRequest.FieldError::pointer)
                        .containsExactly("#url"));
    }

    private static MockMvc http() {
        PlatformSettings training = new PlatformSettings(
                "training",
                true,
                URI.create("http://localhost:8090"),
                List.of("localhost:8090"),
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(1),
                1,
                Map.of());
        PlatformFactory factory = mock(PlatformFactory.class);
        when(factory.kind()).thenReturn("training");
        when(factory.create("training", training)).thenReturn(mock(Platform.class));
        Platforms platforms = new Platforms(new PlatformsSettings(Map.of("training", training)), List.of(factory));
        return MockMvcBuilders.standaloneSetup(new ContentKeyController(platforms))
                .build();
    }
}
