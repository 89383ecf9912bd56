package org.takedownhub.flagging.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.api.SpooledBody;
import org.takedownhub.audit.Actor;
import org.takedownhub.flagging.FlagBatch;
import org.takedownhub.flagging.FlagBatches;
import org.takedownhub.flagging.FlagRules;
import org.takedownhub.flagging.Flagged;
import org.takedownhub.flagging.Flags;
import org.takedownhub.flagging.InvalidFlag;
import org.takedownhub.flagging.NewFlag;

/** Flags over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/flags", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Flags")
class FlagsApi {

    private static final String CSV = "text/csv";

    private final FlagRules rules;
    private final Flags flags;
    private final FlagBatches batches;
    private final Actor actor;

    FlagsApi(FlagRules rules, Flags flags, FlagBatches batches, Actor actor) {
        this.rules = rules;
        this.flags = flags;
        this.batches = batches;
        this.actor = actor;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Flag content", description = "Opens a case, or joins the open case of the same content.")
    @ApiResponse(responseCode = "201", description = "A case was opened")
    @ApiResponse(responseCode = "200", description = "The flag has joined an open case")
    ResponseEntity<FlaggedBody> flag(@org.springframework.web.bind.annotation.RequestBody FlagBody body) {
        Flagged flagged = flags.flag(checked(body), actor.current());
        return ResponseEntity.status(flagged.duplicate() ? HttpStatus.OK : HttpStatus.CREATED)
                .body(FlaggedBody.of(flagged));
    }

    @PostMapping(
            path = "/batch",
            consumes = {CSV, MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            summary = "Flag many posts at once",
            description = "CSV in UTF-8 with a header row, or a JSON array of flags. Good rows are kept, bad rows are"
                    + " named. What cannot be read to its end is refused as a whole.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = CSV,
                                        schema = @Schema(type = "string"),
                                        examples =
                                                @ExampleObject(
                                                        "url,reason,category\nhttps://social.example/@drill/113002,Threatens a named person,THREAT\n")),
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        array = @ArraySchema(schema = @Schema(implementation = FlagBody.class)))
                            }))
    @ApiResponse(responseCode = "200", description = "What became of the rows")
    FlagBatch batch(
            @Parameter(hidden = true) InputStream body,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @Parameter(description = "Only check: store nothing, and report the same")
                    @RequestParam(defaultValue = "false")
                    boolean dryRun)
            throws IOException {
        refuseOtherThanUtf8(type.getCharset());
        try (SpooledBody spooled = SpooledBody.of(body)) {
            return type.isCompatibleWith(MediaType.APPLICATION_JSON)
                    ? batches.takeJson(spooled, dryRun, actor.current())
                    : batches.takeCsv(spooled, dryRun, actor.current());
        }
    }

    private NewFlag checked(FlagBody body) {
        try {
            return rules.check(body.fields());
        } catch (InvalidFlag refused) {
            throw new InvalidRequest(
                    (refused.forbidden() ? HttpStatus.FORBIDDEN : HttpStatus.UNPROCESSABLE_ENTITY).value(),
                    refused.problems().stream()
                            .map(problem -> new FieldError("/" + problem.field(), problem.detail()))
                            .toList());
        }
    }

    private static void refuseOtherThanUtf8(@Nullable Charset charset) {
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw new InvalidRequest(400, "#Content-Type", "Send the batch in UTF-8.");
        }
    }
}
