package org.takedownhub.api;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says about every call: sign-in, problem documents, idempotency keys. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String BASIC = "basic";
    private static final String BEARER = "bearer";
    private static final Map<String, String> PROBLEMS = Map.of(
            "400", "The request cannot be read",
            "401", "Nobody is signed in",
            "403", "This account may not do this",
            "500", "A fault of the hub; quote the trace id");

    @Bean
    OpenAPI takedownHubApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Takedown Hub API")
                        .version("v1")
                        .description("Flag content, follow cases and read the clock. Instants are UTC (RFC 3339). Every"
                                + " 4xx and 5xx answer is a problem document (RFC 9457)."))
                .components(new Components()
                        .addSecuritySchemes(
                                BASIC,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")
                                        .description("Training only"))
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(BASIC))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    OpenApiCustomizer describeEveryCall() {
        return document -> {
            ModelConverters.getInstance().readAll(Problem.class).forEach((name, schema) -> document.getComponents()
                    .addSchemas(name, schema));
            document.getPaths().keySet().removeIf(path -> !Requests.api(path));
            document.getPaths().forEach(ApiDescription::describe);
        };
    }

    private static void describe(String path, PathItem item) {
        item.readOperations()
                .forEach(operation -> PROBLEMS.forEach((status, words) -> addProblem(operation, status, words)));
        Operation post = item.getPost();
        if (post != null) {
            addProblem(post, "413", "The body is too large");
            addProblem(post, "415", "The body has a format that is not taken here");
            addProblem(post, "422", "A value cannot be true, or the idempotency key belongs to another request");
            if (!path.endsWith("/events")) {
                addProblem(post, "409", "The request does not fit the present state, or is being worked on already");
                post.addParametersItem(new HeaderParameter()
                        .name(IdempotencyFilter.KEY)
                        .description("Makes it safe to send the request again: the same key and request get the same"
                                + " answer for 48 hours. Use a new UUID for each new request.")
                        .example("3f0a1f6e-5f0f-4b6e-9d0e-3d1f5a6b7c8d")
                        .schema(new StringSchema().maxLength(200)));
            }
        }
        if (path.contains("{")) {
            item.readOperations().forEach(operation -> addProblem(operation, "404", "There is no such case"));
        }
    }

    private static void addProblem(Operation operation, String status, String words) {
        operation
                .getResponses()
                .putIfAbsent(
                        status,
                        new ApiResponse()
                                .description(words)
                                .content(new Content()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                new MediaType()
                                                        .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
    }
}
