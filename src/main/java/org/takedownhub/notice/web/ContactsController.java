package org.takedownhub.notice.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.api.NotFound;
import org.takedownhub.cases.PlatformContacts.ContactSheet;
import org.takedownhub.clock.OfficeHours;
import org.takedownhub.notice.Contact;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.platform.Platforms;

/** Whom to turn to at a platform. */
@RestController
@Tag(name = "Contacts")
class ContactsController {

    private static final int MOST_ENTRIES = 2 * ContactRole.values().length;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_ADDRESS = 500;
    private static final int LONGEST_HOURS = 200;

    /** The platform of a case that no connector serves is the host of its content. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})+");

    private final ContactDirectory directory;
    private final Platforms platforms;
    private final Clock clock;

    ContactsController(ContactDirectory directory, Platforms platforms, Clock clock) {
        this.directory = directory;
        this.platforms = platforms;
        this.clock = clock;
    }

    @GetMapping("/api/v1/platforms/{instance}/contacts")
    @Operation(summary = "List whom to turn to at a platform")
    Contacts read(@PathVariable String instance) {
        return shown(existing(instance));
    }

    @PutMapping("/api/v1/platforms/{instance}/contacts")
    @Operation(
            summary = "Replace the list of whom to turn to at a platform",
            description = "Each role has at most one first entry and one backup. An entry with another name or address"
                    + " than before counts as unverified unless verifiedAt is given; whoever sends a new verifiedAt is"
                    + " noted as the one who verified it. Every change is logged.")
    Contacts replace(@PathVariable String instance, @RequestBody ContactsToBe body) {
        String platform = existing(instance);
        if (body.contacts() == null) {
            throw new InvalidRequest(400, "/contacts", "contacts is missing; send a list, which may be empty");
        }
        if (body.contacts().size() > MOST_ENTRIES) {
            throw new InvalidRequest(422, "/contacts", "A platform has at most " + MOST_ENTRIES + " entries");
        }
        List<FieldError> errors = new ArrayList<>();
        List<Contact> entries = new ArrayList<>();
        Set<String> places = new HashSet<>();
        for (int i = 0; i < body.contacts().size(); i++) {
            @Nullable Entry sent = body.contacts().get(i);
            if (sent == null) {
                throw new InvalidRequest(400, "/contacts/" + i, "An entry is missing; leave it out");
            }
            Checked checked = new Checked("/contacts/" + i, sent, clock.instant());
            checked.entry().ifPresent(entry -> {
                if (!places.add(entry.role() + "/" + entry.backup())) {
                    checked.problem("role", "stands there twice; a role has one first entry and one backup");
                }
                entries.add(entry);
            });
            errors.addAll(checked.errors);
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(422, errors);
        }
        directory.replace(platform, entries);
        return shown(platform);
    }

    private String existing(String instance) {
        if (platforms.configured(instance).isEmpty() && !HOST.matcher(instance).matches()) {
            throw new NotFound("There is no platform of this name in the settings, and it is no host name.");
        }
        return instance;
    }

    private Contacts shown(String platform) {
        return new Contacts(platform, directory.shownFor(platform));
    }

    /** One entry that was sent, and what is wrong with it. */
    private static final class Checked {

        private final String pointer;
        private final Entry sent;
        private final Instant now;
        private final List<FieldError> errors = new ArrayList<>();

        Checked(String pointer, Entry sent, Instant now) {
            this.pointer = pointer;
            this.sent = sent;
            this.now = now;
        }

        void problem(String field, String detail) {
            errors.add(new FieldError(pointer + "/" + field, field + " " + detail));
        }

        Optional<Contact> entry() {
            if (sent.role() == null) {
                problem("role", "is missing; send one of " + Arrays.toString(ContactRole.values()));
            }
            String name = line("name", sent.name(), LONGEST_NAME)
                    .orElseGet(() -> missing("name", "is missing; say what people call it"));
            String address = line("address", sent.address(), LONGEST_ADDRESS)
                    .orElseGet(() -> missing("address", "is missing; send a mail, web or postal address"));
            if (sent.role() == ContactRole.PORTAL && !isPage(address)) {
                problem("address", "of a portal must be an address that begins with https://");
            }
            Optional<String> hours = line("hours", sent.hours(), LONGEST_HOURS);
            Optional<String> zone = line("timeZone", sent.timeZone(), LONGEST_HOURS);
            zone.ifPresent(text -> check("timeZone", () -> OfficeHours.zone(text)));
            if (hours.isPresent() && zone.isEmpty()) {
                problem("timeZone", "is missing; hours mean nothing without it");
            }
            if (errors.isEmpty()) {
                hours.ifPresent(text -> check("hours", () -> OfficeHours.parse(text, zone.orElseThrow())));
            }
            Optional<String> language = line("language", sent.language(), LONGEST_NAME);
            language.filter(tag -> Locale.forLanguageTag(tag).getLanguage().isEmpty() || tag.length() > 35)
                    .ifPresent(tag -> problem("language", "must be a language tag such as en or de-AT"));
            if (sent.verifiedAt() != null && sent.verifiedAt().isAfter(now)) {
                problem("verifiedAt", "lies in the future; send when somebody made sure of the entry, in UTC");
            }
            if (!errors.isEmpty() || sent.role() == null) {
                return Optional.empty();
            }
            return Optional.of(new Contact(
                    sent.role(),
                    Boolean.TRUE.equals(sent.backup()),
                    name,
                    address,
                    hours,
                    zone,
                    language,
                    Boolean.TRUE.equals(sent.twentyFourSeven()),
                    Optional.ofNullable(sent.verifiedAt()),
                    Optional.empty()));
        }

        private String missing(String field, String detail) {
            if (errors.stream().noneMatch(error -> error.pointer().equals(pointer + "/" + field))) {
                problem(field, detail);
            }
            return "";
        }

        private Optional<String> line(String field, @Nullable String text, int longest) {
            if (text == null || text.isBlank()) {
                return Optional.empty();
            }
            if (text.length() > longest) {
                problem(field, "is longer than " + longest + " characters; shorten it");
                return Optional.empty();
            }
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                problem(field, "must be one line of text");
                return Optional.empty();
            }
            return Optional.of(text.strip());
        }

        private void check(String field, Runnable parser) {
            try {
                parser.run();
            } catch (IllegalArgumentException e) {
                problem(field, String.valueOf(e.getMessage()));
            }
        }

        private static boolean isPage(String address) {
            try {
                URI page = new URI(address);
                return "https".equalsIgnoreCase(page.getScheme()) && page.getHost() != null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }

    @Schema(name = "ContactsToBe")
    record ContactsToBe(@Nullable List<Entry> contacts) {}

    @Schema(name = "ContactToBe")
    record Entry(
            @Nullable ContactRole role,
            @Schema(description = "Turned to while the first entry of the role is closed") @Nullable Boolean backup,
            @Schema(description = "A role, never a person", example = "Trust and safety desk") @Nullable String name,
            @Schema(description = "A mail, web or postal address", example = "law@social.example") @Nullable
                    String address,
            @Schema(example = "Mo-Fr 09:00-17:30; Sa 10:00-14:00") @Nullable String hours,
            @Schema(example = "Europe/Dublin") @Nullable String timeZone,
            @Schema(description = "BCP 47", example = "en") @Nullable String language,
            @Nullable Boolean twentyFourSeven,
            @Schema(description = "When somebody made sure that this entry holds, UTC") @Nullable Instant verifiedAt) {}

    /** @param contacts in the order of roles, each backup after its first */
    @Schema(name = "Contacts")
    record Contacts(String platform, List<ContactSheet> contacts) {}
}
