package org.takedownhub.platform.web;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.NotFound;
import org.takedownhub.cases.PlatformContacts;
import org.takedownhub.cases.PlatformContacts.ContactSheet;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.platform.ConnectionChecks;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformDrafts;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.Platforms;
import org.takedownhub.platform.SettingDescription;

/** The operator's pages: how every platform is, and how to write the settings of one more. They need no scripts. */
@Controller
class PlatformPages {

    private static final String OPERATORS = "operators";

    /** Fields of the form carry this before a setting's name, so that none is taken for one of ours. */
    private static final String FIELD = "setting:";

    /** What every instance may have, after what its kind has. */
    private static final List<SettingDescription> COMMON = List.of(
            SettingDescription.optional("hosts", "The hosts of its content, separated by commas", "social.example"),
            SettingDescription.optional("timeout", "Longest time for one call, 10s unless set", "10s"),
            SettingDescription.optional("workers", "How many calls may be under way at once, 2 unless set", "2"));

    /** Offered for a kind that has not described itself. */
    private static final List<SettingDescription> UNDESCRIBED = List.of(
            SettingDescription.optional("base-url", "The address of its API", "https://platform.example"),
            SettingDescription.optional("identifier", "The account we report with", ""),
            SettingDescription.secret("secret", "Its password, key or token", false),
            SettingDescription.secret("webhook-secret", "The key of its webhooks", false));

    private final Platforms platforms;
    private final PlatformOverview overview;
    private final ConnectionChecks checks;
    private final PlatformDrafts drafts;
    private final PlatformContacts contacts;

    PlatformPages(
            Platforms platforms,
            PlatformOverview overview,
            ConnectionChecks checks,
            PlatformDrafts drafts,
            PlatformContacts contacts) {
        this.platforms = platforms;
        this.overview = overview;
        this.checks = checks;
        this.drafts = drafts;
        this.contacts = contacts;
    }

    @GetMapping("/platforms")
    String list(Model model, @Nullable Authentication who) {
        model.addAttribute("text", new Text());
        model.addAttribute("platforms", overview.all());
        model.addAttribute("contacts", contactsByPlatform());
        model.addAttribute("operator", isOperator(who));
        return "platforms/list";
    }

    /** Whom to turn to, for each platform of which anybody is known. */
    private Map<String, List<ContactSheet>> contactsByPlatform() {
        Map<String, List<ContactSheet>> known = new LinkedHashMap<>();
        overview.all().forEach(entry -> {
            List<ContactSheet> entries = contacts.shownFor(entry.instance());
            if (!entries.isEmpty()) {
                known.put(entry.instance(), entries);
            }
        });
        return known;
    }

    @PostMapping("/platforms/{instance}/check")
    String check(@PathVariable String instance, RedirectAttributes next) {
        Platform platform = platforms
                .configured(instance)
                .filter(checks::isAsked)
                .orElseThrow(() -> new NotFound("There is nothing to check."));
        Optional<ConnectionChecks.Outcome> outcome = checks.check(platform);
        next.addFlashAttribute("checked", instance);
        next.addFlashAttribute(
                "works", outcome.map(ConnectionChecks.Outcome::works).orElse(false));
        next.addFlashAttribute(
                "detail",
                outcome.map(ConnectionChecks.Outcome::detail)
                        .orElse("Its threads are all at work. Try again in a minute."));
        return "redirect:/platforms";
    }

    @GetMapping("/platforms/new")
    String entry(@RequestParam(required = false) @Nullable String kind, Model model) {
        form(model, kind, "", Map.of());
        return "platforms/new";
    }

    @PostMapping("/platforms/new")
    String judge(@RequestParam MultiValueMap<String, String> form, Model model) {
        String kind = first(form, "kind");
        String instance = first(form, "instance").strip();
        Map<String, String> entered = new LinkedHashMap<>();
        form.forEach((name, values) -> {
            if (name.startsWith(FIELD)) {
                entered.put(name.substring(FIELD.length()), values.get(0));
            }
        });
        moreOptions(first(form, "more")).forEach(entered::putIfAbsent);
        PlatformDrafts.Verdict verdict =
                drafts.judge(new PlatformDrafts.Draft(instance, kind, entered), form.containsKey("check"));
        List<Field> fields = form(model, kind, instance, entered);
        model.addAttribute("more", first(form, "more"));
        model.addAttribute("verdict", verdict);
        model.addAttribute("errors", errors(verdict, fields));
        return "platforms/new";
    }

    private List<Field> form(Model model, @Nullable String kind, String instance, Map<String, String> entered) {
        Optional<PlatformFactory> chosen = platforms.kinds().stream()
                .filter(factory -> factory.kind().equals(kind))
                .findFirst();
        model.addAttribute("text", new Text());
        model.addAttribute("kinds", platforms.kinds());
        model.addAttribute("kind", chosen.map(PlatformFactory::kind).orElse(""));
        model.addAttribute(
                "described",
                chosen.map(factory -> !factory.settings().isEmpty()).orElse(true));
        model.addAttribute("instance", instance);
        model.addAttribute("more", "");
        List<Field> fields = chosen.map(factory -> fields(factory, entered)).orElse(List.of());
        model.addAttribute("fields", fields);
        return fields;
    }

    /** Leads the reader to the input of each setting that is wrong; what has none of its own stands with the further options. */
    private static FormErrors errors(PlatformDrafts.Verdict verdict, List<Field> fields) {
        List<String> shown =
                fields.stream().map(field -> field.setting().name()).toList();
        return new FormErrors(verdict.problems().stream()
                .map(problem -> {
                    int at = shown.indexOf(problem.setting());
                    String input = problem.setting().equals("instance") ? "instance" : at < 0 ? "more" : "field-" + at;
                    return new FormErrors.FormError(input, problem.setting() + ": " + problem.detail());
                })
                .toList());
    }

    /** @param value what was entered before; of what may be a secret nothing is shown again */
    public record Field(SettingDescription setting, String name, String value) {}

    private static List<Field> fields(PlatformFactory factory, Map<String, String> entered) {
        List<SettingDescription> settings =
                new ArrayList<>(factory.settings().isEmpty() ? UNDESCRIBED : factory.settings());
        COMMON.stream()
                .filter(common -> settings.stream().noneMatch(own -> own.name().equals(common.name())))
                .forEach(settings::add);
        return settings.stream()
                .map(setting -> new Field(setting, FIELD + setting.name(), shown(setting, entered)))
                .toList();
    }

    private static String shown(SettingDescription setting, Map<String, String> entered) {
        String value = entered.getOrDefault(setting.name(), "");
        return setting.secret() && !value.matches("(?:env|file):.*") ? "" : value;
    }

    /** Options that the form has no field for, one a line: {@code name: value}. */
    private static Map<String, String> moreOptions(String lines) {
        Map<String, String> options = new LinkedHashMap<>();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int colon = line.indexOf(':');
            options.put(
                    "options." + (colon < 0 ? line : line.substring(0, colon).strip()),
                    colon < 0 ? "" : line.substring(colon + 1).strip());
        });
        return options;
    }

    private static String first(MultiValueMap<String, String> form, String name) {
        return Optional.ofNullable(form.getFirst(name)).orElse("");
    }

    private static boolean isOperator(@Nullable Authentication who) {
        return who != null
                && who.getAuthorities().stream().anyMatch(authority -> OPERATORS.equals(authority.getAuthority()));
    }

    /** What the templates say things with. */
    public static final class Text {

        private static final ZoneId LONDON = ZoneId.of("Europe/London");
        private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.UK);

        public String at(@Nullable Instant instant) {
            return instant == null ? "–" : MOMENT.format(instant.atZone(LONDON));
        }

        public String health(PlatformOverview.Entry entry) {
            return switch (entry.health()) {
                case UP -> "Answers";
                case DOWN -> "Does not answer";
                case UNKNOWN -> entry.checkable() ? "Not asked yet" : entry.enabled() ? "By hand" : "Switched off";
            };
        }

        /** What to call the environment variable of a secret, such as {@code env:PLATFORM_SOCIAL_WEBHOOK_SECRET}. */
        public String secretName(String instance, SettingDescription setting) {
            String own = setting.name().replaceFirst("^options\\.", "").replace('-', '_');
            return "env:" + PlatformDrafts.secretName(instance.isBlank() ? "<INSTANCE>" : instance)
                    + own.toUpperCase(Locale.ROOT);
        }

        /** {@code CONTENT_MANAGER} as {@code Content manager}. */
        public String role(String code) {
            String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }

        public String lines(List<String> lines) {
            return String.join("\n", lines);
        }
    }
}
