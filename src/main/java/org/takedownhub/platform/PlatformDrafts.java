package org.takedownhub.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.stereotype.Component;

/**
 * Settings of an instance that somebody is still writing: checked like those of the file, by the same code, and never
 * kept. What comes of it are lines for the file.
 *
 * <p>A draft's connection can be checked, though it names any address and a secret to send there. Therefore only secrets
 * whose names say that they are for this very instance are sent ({@link #secretName}), and of what the address answered
 * nothing is passed on but whether it works.
 */
@Component
public class PlatformDrafts {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformDrafts.class);

    private static final int MOST_SETTINGS = 60;
    private static final int LONGEST_VALUE = 2000;
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HANDLE = Pattern.compile("(?:env|file):\\S.*");
    private static final Pattern OPTION = Pattern.compile("options\\.[a-z0-9][a-z0-9-]{0,60}");
    private static final Set<String> SETTINGS = Set.of(
            "base-url",
            "hosts",
            "identifier",
            "secret",
            "webhook-secret",
            "labeler",
            "labeler-url",
            "timeout",
            "workers");

    /** Where binding puts a draft; an instance's own name need not be one that a property can have. */
    private static final String DRAFT = "draft";

    private final Platforms platforms;
    private final Bulkheads bulkheads;

    PlatformDrafts(Platforms platforms, Bulkheads bulkheads) {
        this.platforms = platforms;
        this.bulkheads = bulkheads;
    }

    /**
     * @param settings by their names below {@code takedown.platforms.<instance>}, as they would stand in the file;
     *                 {@code kind} is not among them
     */
    public record Draft(String instance, String kind, Map<String, String> settings) {

        /** Settings that are left empty are not there. */
        public Draft {
            settings = settings.entrySet().stream()
                    .filter(setting -> !setting.getValue().isBlank())
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            setting -> setting.getValue().strip(),
                            (one, other) -> other,
                            LinkedHashMap::new));
        }
    }

    /** @param setting its name below {@code takedown.platforms.<instance>}, {@code instance} or {@code kind} */
    public record Problem(String setting, String detail) {}

    /**
     * What became of a draft.
     *
     * @param problems   none when it is valid
     * @param lines      what to add to the settings file (YAML), when it is valid
     * @param connection empty when it was not asked for, or is not valid
     */
    public record Verdict(List<Problem> problems, List<String> lines, Optional<Connection> connection) {

        public boolean valid() {
            return problems.isEmpty();
        }
    }

    /** @param checked false: no call was made, and the detail says why */
    public record Connection(boolean checked, boolean works, String detail) {}

    /** Environment variables that a draft's secrets are read from, should it be checked: {@code PLATFORM_<INSTANCE>_…}. */
    public static String secretName(String instance) {
        return "PLATFORM_" + instance.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    }

    /** @param connect whether to check the connection, too; takes as long as the platform's own time limits allow */
    public Verdict judge(Draft draft, boolean connect) {
        List<Problem> problems = new ArrayList<>(problemsOfForm(draft));
        if (!problems.isEmpty()) {
            return new Verdict(problems, List.of(), Optional.empty());
        }
        try {
            PlatformSettings settings = bound(draft);
            Platform platform = platforms.draft(draft.instance(), settings);
            return new Verdict(
                    List.of(),
                    lines(draft),
                    connect ? Optional.of(connection(draft, settings, platform)) : Optional.empty());
        } catch (IllegalStateException | IllegalArgumentException e) {
            return new Verdict(List.of(problem(draft, String.valueOf(e.getMessage()))), List.of(), Optional.empty());
        } catch (BindException e) {
            String setting = e.getName().toString().replaceFirst("^" + DRAFT + "\\.?", "");
            return new Verdict(
                    List.of(new Problem(setting, "The value does not fit: see the example")),
                    List.of(),
                    Optional.empty());
        }
    }

    private List<Problem> problemsOfForm(Draft draft) {
        List<Problem> problems = new ArrayList<>();
        if (!INSTANCE.matcher(draft.instance()).matches()) {
            problems.add(new Problem("instance", "The name must be 1 to 64 letters, digits, - or _"));
        }
        Optional<PlatformFactory> kind = platforms.kinds().stream()
                .filter(factory -> factory.kind().equals(draft.kind()))
                .findFirst();
        if (kind.isEmpty()) {
            problems.add(new Problem("kind", "This version has no such connector"));
            return problems;
        }
        if (draft.settings().size() > MOST_SETTINGS) {
            problems.add(new Problem("settings", "There are too many"));
            return problems;
        }
        Set<String> secrets = kind.get().settings().stream()
                .filter(SettingDescription::secret)
                .map(SettingDescription::name)
                .collect(Collectors.toSet());
        draft.settings().forEach((name, value) -> {
            if (!SETTINGS.contains(name) && !OPTION.matcher(name).matches()) {
                problems.add(new Problem(name, "There is no such setting"));
            } else if (value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
                problems.add(new Problem(name, "The value is too long, or has characters that no setting has"));
            } else if ((secrets.contains(name) || name.endsWith("secret"))
                    && !HANDLE.matcher(value).matches()) {
                problems.add(new Problem(
                        name,
                        "Must be env:NAME or file:PATH, which say where the secret is; it must not be the secret. If it"
                                + " was: change it, it has been sent here"));
            }
        });
        kind.get().settings().stream()
                .filter(setting -> setting.mandatory() && !draft.settings().containsKey(setting.name()))
                .forEach(setting -> problems.add(new Problem(setting.name(), "Is missing: " + setting.description())));
        return problems;
    }

    private static PlatformSettings bound(Draft draft) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put(DRAFT + ".kind", draft.kind());
        draft.settings().forEach((name, value) -> source.put(DRAFT + "." + name, value));
        return new Binder(source)
                .bind(DRAFT, Bindable.of(PlatformSettings.class))
                .get();
    }

    /** Messages of factories name the setting in full. */
    private static Problem problem(Draft draft, String message) {
        Matcher named = Pattern.compile("takedown\\.platforms\\." + Pattern.quote(draft.instance())
                        + "\\.([a-z0-9-]+(?:\\.[a-z0-9-]+)*)")
                .matcher(message);
        return new Problem(named.find() ? named.group(1) : "instance", message);
    }

    private static List<String> lines(Draft draft) {
        List<String> lines = new ArrayList<>(
                List.of("takedown:", "  platforms:", "    " + draft.instance() + ":", "      kind: " + draft.kind()));
        draft.settings().entrySet().stream()
                .filter(setting -> !setting.getKey().startsWith("options."))
                .forEach(setting -> lines.add("      " + setting.getKey() + ": " + quoted(setting.getValue())));
        List<String> options = draft.settings().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith("options."))
                .map(setting -> "        " + setting.getKey().substring("options.".length()) + ": "
                        + quoted(setting.getValue()))
                .toList();
        if (!options.isEmpty()) {
            lines.add("      options:");
            lines.addAll(options);
        }
        return lines;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private Connection connection(Draft draft, PlatformSettings settings, Platform platform) {
        String mayBeSent = "env:" + secretName(draft.instance());
        Optional<String> other = draft.settings().entrySet().stream()
                .filter(setting -> HANDLE.matcher(setting.getValue()).matches())
                .filter(setting -> !setting.getValue().startsWith(mayBeSent))
                .map(Map.Entry::getKey)
                .findFirst();
        if (other.isPresent()) {
            return new Connection(
                    false,
                    false,
                    "Not checked. A draft sends only secrets that are meant for it: for the check, let " + other.get()
                            + " begin with " + mayBeSent);
        }
        CompletableFuture<Connection> outcome = new CompletableFuture<>();
        // Threads of their own: not those of any platform that is at work.
        if (!bulkheads.offer(Bulkheads.DRAFTS, () -> outcome.complete(ask(platform)))) {
            return new Connection(false, false, "Not checked: other drafts are being checked. Try again in a minute");
        }
        return outcome(outcome, ConnectionChecks.limit(settings));
    }

    private static Connection outcome(CompletableFuture<Connection> outcome, Duration limit) {
        try {
            return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return failed();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A check answers or is never done", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Connection(false, false, "The hub is stopping");
        }
    }

    private static Connection ask(Platform platform) {
        try {
            platform.checkConnection();
            return new Connection(true, true, "Address and credentials work");
        } catch (RuntimeException e) {
            LOG.warn("The draft of {} did not connect: {}", platform.instance(), e.getMessage());
            return failed();
        }
    }

    /** One sentence for everything: else whoever may write drafts could feel their way around our network. */
    private static Connection failed() {
        return new Connection(
                true, false, "Address and credentials do not work together; the hub's own log says what happened");
    }
}
