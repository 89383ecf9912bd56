package org.takedownhub.deconfliction.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.Conflict;
import org.takedownhub.api.Cursor;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.api.NotFound;
import org.takedownhub.api.Page;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.cases.ContentAddresses;
import org.takedownhub.deconfliction.Forces;
import org.takedownhub.deconfliction.Interests;
import org.takedownhub.deconfliction.Strand;
import org.takedownhub.deconfliction.Strands;
import org.takedownhub.process.Transactions;

/** Whom to call at a force, and what a force's own officers tell the hub to watch for. */
@RestController
@RequestMapping(path = "/api/v1/forces", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Deconfliction")
class ForcesController {

    private static final int LONGEST_ROLE = 100;
    private static final int LONGEST_MAIL = 320;
    private static final int LONGEST_PHONE = 40;
    private static final int LONGEST_CONTACT = 200;
    private static final int LONGEST_OPERATION = 100;
    private static final int LONGEST_URL = 2000;
    private static final int MOST_HASHES = 1000;
    private static final int STRANDS_SHOWN = 200;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,18})");
    private static final Pattern MAIL = Pattern.compile("[^@\\s]{1,64}@[A-Za-z0-9.-]{1,255}");

    private final Forces forces;
    private final Interests interests;
    private final Strands strands;
    private final ContentAddresses addresses;
    private final Transactions transactions;
    private final Clock clock;

    ForcesController(
            Forces forces,
            Interests interests,
            Strands strands,
            ContentAddresses addresses,
            Transactions transactions,
            Clock clock) {
        this.forces = forces;
        this.interests = interests;
        this.strands = strands;
        this.addresses = addresses;
        this.transactions = transactions;
        this.clock = clock;
    }

    record ForceBody(String force, @Nullable String roleName, @Nullable String mail, @Nullable String phone) {}

    record ContactBody(@Nullable String roleName, @Nullable String mail, @Nullable String phone) {}

    /**
     * @param kind        CONTENT when left out
     * @param url         what to watch for: only its keyed hash is kept
     * @param keyedHashes instead of {@code url}: hashes that the force computed itself
     * @param operation   the force's own name for why; sealed
     */
    record InterestBody(
            Interests.@Nullable Kind kind,
            @Nullable String url,
            @Nullable List<@Nullable String> keyedHashes,
            @Nullable String contact,
            @Nullable String operation,
            @Nullable Instant expiresAt) {}

    record Added(List<Long> entries, Interests.Kind kind, Instant expiresAt) {}

    record EntryBody(
            long entry,
            Interests.Kind kind,
            String contact,
            @Nullable String operation,
            Instant addedAt,
            Instant expiresAt) {}

    record StrandBody(
            long id,
            String caseReference,
            Strand strand,
            Strand.Place place,
            @Nullable String operation,
            Instant openedAt,
            @Nullable Instant closedAt) {}

    @GetMapping
    @Operation(summary = "Whom to call at each force")
    List<ForceBody> all() {
        return forces.names().stream().map(this::body).toList();
    }

    @PostMapping("/{force}/contact")
    @Operation(summary = "Say whom to call at a force", description = "A role, never an officer's name.")
    ForceBody contact(@PathVariable String force, @RequestBody ContactBody body) {
        if (!forces.knows(force)) {
            throw new NotFound("There is no force " + force);
        }
        String role = Texts.required("/roleName", body.roleName(), LONGEST_ROLE, "name the role, not the officer");
        Optional<String> mail = Texts.optional("/mail", body.mail(), LONGEST_MAIL);
        if (mail.filter(address -> !MAIL.matcher(address).matches()).isPresent()) {
            throw new InvalidRequest(422, "/mail", "mail must be one plain mail address");
        }
        Optional<String> phone = Texts.optional("/phone", body.phone(), LONGEST_PHONE);
        transactions.run(() -> {
            forces.contactIs(force, new Forces.Contact(role, mail, phone));
            return force;
        });
        return body(force);
    }

    @PostMapping("/{force}/interests")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Watch for content or an account",
            description = "By address, of which only the keyed hash is kept, or by keyed hashes: HMAC-SHA-256 under the"
                    + " force's key over 'content:' or 'account:' and the normalised key, as GET /api/v1/content-key"
                    + " gives it, in lower-case hexadecimal.")
    Added watch(@PathVariable String force, @RequestBody InterestBody body, Authentication who) {
        mustBeOfficer(force, who);
        Interests.Kind kind = body.kind() == null ? Interests.Kind.CONTENT : body.kind();
        Instant now = clock.instant();
        if (body.expiresAt() == null) {
            throw new InvalidRequest(400, "/expiresAt", "expiresAt is missing; say until when to watch, in UTC");
        }
        Instant latest = now.plus(interests.longest());
        if (!body.expiresAt().isAfter(now) || body.expiresAt().isAfter(latest)) {
            throw new InvalidRequest(422, "/expiresAt", "expiresAt must lie in the future, and not after " + latest);
        }
        String contact = Texts.required("/contact", body.contact(), LONGEST_CONTACT, "say whom the hub is to call");
        Optional<String> operation = Texts.optional("/operation", body.operation(), LONGEST_OPERATION);
        if (!interests.possible(force)) {
            throw new Conflict("Force " + force + " has no key here; ask the operator of the hub to put it in place");
        }
        List<String> hashes = hashes(force, kind, body);
        List<Long> entries = transactions.run(() -> {
            List<Long> added = new ArrayList<>();
            for (String hash : hashes) {
                added.add(interests.add(force, kind, hash, contact, operation, body.expiresAt()));
            }
            return added;
        });
        return new Added(entries, kind, body.expiresAt());
    }

    private List<String> hashes(String force, Interests.Kind kind, InterestBody body) {
        Optional<String> url = Texts.optional("/url", body.url(), LONGEST_URL);
        if (url.isPresent() == (body.keyedHashes() != null)) {
            throw new InvalidRequest(400, "/url", "send either url or keyedHashes");
        }
        if (url.isPresent()) {
            return List.of(interests.hash(force, kind, key(kind, addresses.identify(url.get()))));
        }
        List<@Nullable String> given = body.keyedHashes();
        if (given == null || given.isEmpty() || given.size() > MOST_HASHES) {
            throw new InvalidRequest(422, "/keyedHashes", "send 1 to " + MOST_HASHES + " hashes at once");
        }
        List<String> hashes = new ArrayList<>();
        for (int index = 0; index < given.size(); index++) {
            String hash = given.get(index);
            if (hash == null || !HASH.matcher(hash).matches()) {
                throw new InvalidRequest(
                        422, "/keyedHashes/" + index, "must be 64 hexadecimal digits in lower case: HMAC-SHA-256");
            }
            hashes.add(hash);
        }
        return hashes.stream().distinct().toList();
    }

    private static String key(Interests.Kind kind, ContentIdentity identity) {
        return kind == Interests.Kind.CONTENT
                ? identity.key().value()
                : identity.accountKey()
                        .orElseThrow(() -> new InvalidRequest(
                                422, "/url", "the address does not tell the account; send the keyed hash of its key"));
    }

    @GetMapping("/{force}/interests")
    @Operation(summary = "The entries of one's own force", description = "What they stand for is kept nowhere.")
    Page<EntryBody> watched(
            @PathVariable String force,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit,
            Authentication who) {
        mustBeOfficer(force, who);
        int most = Cursor.limit(limit);
        long after = Cursor.read(cursor, PLACE)
                .map(place -> Long.parseLong(place.group(1)))
                .orElse(0L);
        return Page.of(
                interests.of(force, after, most + 1),
                most,
                entry -> new EntryBody(
                        entry.id(),
                        entry.kind(),
                        entry.contact(),
                        entry.operation().orElse(null),
                        entry.addedAt(),
                        entry.expiresAt()),
                entry -> Long.toString(entry.id()));
    }

    @DeleteMapping("/{force}/interests/{entry}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Watch no more")
    void forget(@PathVariable String force, @PathVariable long entry, Authentication who) {
        mustBeOfficer(force, who);
        if (!transactions.run(() -> interests.remove(force, entry))) {
            throw new NotFound("There is no entry " + entry);
        }
    }

    @GetMapping("/{force}/strands")
    @Operation(summary = "The strands of one's own force, newest first, with its operations")
    List<StrandBody> strands(@PathVariable String force, Authentication who) {
        mustBeOfficer(force, who);
        return strands.ofForce(force, STRANDS_SHOWN).stream()
                .map(row -> new StrandBody(
                        row.id(),
                        row.reference().value(),
                        row.strand(),
                        row.place(),
                        row.operation().orElse(null),
                        row.openedAt(),
                        row.closedAt().orElse(null)))
                .toList();
    }

    private ForceBody body(String force) {
        Optional<Forces.Contact> contact = forces.contact(force);
        return new ForceBody(
                force,
                contact.map(Forces.Contact::roleName).orElse(null),
                contact.flatMap(Forces.Contact::mail).orElse(null),
                contact.flatMap(Forces.Contact::phone).orElse(null));
    }

    /** For everybody else there is no such force: not even whether it watches anything can be told. */
    private void mustBeOfficer(String force, Authentication who) {
        Set<String> groups = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        if (!forces.speaksFor(force, groups)) {
            throw new NotFound("There is no force " + force + " that you are an officer of");
        }
    }
}
