package org.takedownhub.platform.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.platform.ConnectionChecks;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformDrafts;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.SettingDescription;

/** What the hub is set up to talk to, how it goes, and what else it could talk to. */
@RestController
class PlatformsController {

    private final Platforms platforms;
    private final PlatformOverview overview;
    private final ConnectionChecks checks;
    private final PlatformDrafts drafts;

    PlatformsController(
            Platforms platforms, PlatformOverview overview, ConnectionChecks checks, PlatformDrafts drafts) {
        this.platforms = platforms;
        this.overview = overview;
        this.checks = checks;
        this.drafts = drafts;
    }

    @Operation(summary = "List the platforms of the settings, how they are, and what is left of their allowances")
    @GetMapping("/api/v1/platforms")
    List<PlatformOverview.Entry> platforms() {
        return overview.all();
    }

    @Operation(
            summary = "Check a platform's connection",
            description = "Asks the platform, without any effect, whether address and credentials work, and records the"
                    + " outcome as its health. No report is sent.")
    @PostMapping("/api/v1/platforms/{instance}/check")
    Checked check(@PathVariable String instance) {
        Platform platform = platforms
                .configured(instance)
                .orElseThrow(() -> new NotFound("There is no platform of this name in the settings."));
        if (!checks.isAsked(platform)) {
            throw new Conflict("People serve this platform by hand, or it is switched off: there is nothing to check.");
        }
        ConnectionChecks.Outcome outcome = checks.check(platform)
                .orElseThrow(() -> new Conflict("The platform's threads are all at work. Try again in a minute."));
        return new Checked(instance, outcome.works(), outcome.detail(), outcome.at());
    }

    /** @param detail what to mend; empty when it works */
    record Checked(String instance, boolean works, String detail, Instant checkedAt) {}

    @Operation(summary = "List the kinds of platforms there are connectors for, with their settings")
    @GetMapping("/api/v1/platforms/kinds")
    List<Kind> kinds() {
        return platforms.kinds().stream()
                .map(factory -> new Kind(factory.kind(), factory.description(), factory.settings()))
                .toList();
    }

    /** @param settings empty where nobody has described them yet */
    record Kind(String kind, String description, List<SettingDescription> settings) {}

    @Operation(
            summary = "Check settings of a platform before they go into the file",
            description = "Nothing is kept. A valid draft is answered with the lines to add to the settings file. With"
                    + " checkConnection, the platform is asked as well whether address and credentials work; only"
                    + " secrets in environment variables PLATFORM_<INSTANCE>_… are sent for that.")
    @PostMapping("/api/v1/platforms/draft")
    DraftVerdict draft(@RequestBody DraftBody body) {
        if (body.instance() == null || body.kind() == null) {
            String missing = body.instance() == null ? "instance" : "kind";
            throw new InvalidRequest(HttpStatus.UNPROCESSABLE_ENTITY.value(), "/" + missing, missing + " is missing.");
        }
        PlatformDrafts.Verdict verdict = drafts.judge(
                new PlatformDrafts.Draft(
                        body.instance(), body.kind(), body.settings() == null ? Map.of() : body.settings()),
                Boolean.TRUE.equals(body.checkConnection()));
        return new DraftVerdict(
                verdict.valid(),
                verdict.problems(),
                verdict.lines(),
                verdict.connection().orElse(null));
    }

    record DraftBody(
            @Schema(example = "peertube-2", description = "What the instance is to be called") @Nullable
                    String instance,
            @Schema(example = "mastodon") @Nullable String kind,
            @Schema(
                            description = "By their names below takedown.platforms.<instance>",
                            example =
                                    "{\"base-url\": \"https://social.example\", \"hosts\": \"social.example\", \"secret\":"
                                            + " \"env:PLATFORM_SOCIAL_SECRET\", \"options.forward\": \"true\"}")
                    @Nullable
                    Map<String, String> settings,
            @Nullable Boolean checkConnection) {}

    /** @param lines what to add to the settings file (YAML); empty unless valid */
    record DraftVerdict(
            boolean valid,
            List<PlatformDrafts.Problem> problems,
            List<String> lines,
            PlatformDrafts.@Nullable Connection connection) {}
}
