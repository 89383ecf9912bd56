package org.takedownhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.takedownhub.Http;
import org.takedownhub.HubWebTest;

@HubWebTest
class ApiDescriptionTest {

    @Autowired
    private Http http;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private JsonNode document;

    @BeforeEach
    void read() {
        document = http.get("/v3/api-docs").json();
    }

    @Test
    void listsEveryCallOfTheApiAndNothingElse() {
        List<String> mapped = mappings.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> path.startsWith("/api/"))
                .distinct()
                .toList();

        assertThat(mapped).contains("/api/v1/flags", "/api/v1/flags/batch", "/api/v1/cases/{caseReference}");
        assertThat(document.path("paths").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(mapped);
    }

    @Test
    void saysHowToSignIn() {
        assertThat(document.at("/components/securitySchemes/basic/scheme").asText())
                .isEqualTo("basic");
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.path("info").path("title").asText()).isEqualTo("Takedown Hub API");
    }

    @Test
    void describesProblemsOfEveryCall() {
        assertThat(document.at("/components/schemas/Problem/properties").fieldNames())
                .toIterable()
                .contains("type", "title", "status", "detail", "instance", "traceId", "errors");
        assertThat(operations()).isNotEmpty().allSatisfy(operation -> assertThat(operation
                        .at("/responses/401/content")
                        .path("application/problem+json")
                        .path("schema")
                        .path("$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Problem"));
    }

    @Test
    void tellsOfIdempotencyKeysExceptForWebhooks() {
        assertThat(document.at("/paths/~1api~1v1~1flags/post/parameters").toString())
                .contains("Idempotency-Key");
        assertThat(document.at("/paths/~1api~1v1~1platforms~1probe~1events/post")
                        .toString())
                .contains("operationId")
                .doesNotContain("Idempotency-Key");
    }

    @Test
    void namesTheMandatoryFieldsOfAFlag() {
        assertThat(document.at("/components/schemas/Flag/required"))
                .map(JsonNode::asText)
                .containsExactlyInAnyOrder("url", "reason");
    }

    private List<JsonNode> operations() {
        return Stream.of("get", "post")
                .flatMap(method -> document.path("paths").findValues(method).stream())
                .toList();
    }
}
