package org.takedownhub.notice.web;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.takedownhub.api.InvalidRequest;
import org.takedownhub.cases.PlatformContacts.ContactSheet;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.notice.web.ContactsController.Contacts;
import org.takedownhub.notice.web.ContactsController.ContactsToBe;
import org.takedownhub.notice.web.ContactsController.Entry;
import org.takedownhub.pages.FormErrors;
import org.takedownhub.pages.FormErrors.FormError;

/** Where managers and operators keep whom to turn to at a platform, one entry at a time. The rules are the API's own. */
@Controller
class ContactPages {

    private static final List<String> INPUTS = List.of("role", "name", "address", "hours", "timeZone", "language");

    private final ContactsController contacts;
    private final Clock clock;

    ContactPages(ContactsController contacts, Clock clock) {
        this.contacts = contacts;
        this.clock = clock;
    }

    /** What stands in the form; empty text where nothing was entered. */
    public record Entered(
            String role,
            boolean backup,
            String name,
            String address,
            String hours,
            String timeZone,
            String language,
            boolean twentyFourSeven,
            boolean verified) {

        private static Entered of(ContactSheet sheet) {
            return new Entered(
                    sheet.role(),
                    sheet.backup(),
                    sheet.name(),
                    sheet.address(),
                    text(sheet.hours()),
                    text(sheet.timeZone()),
                    text(sheet.language()),
                    sheet.twentyFourSeven(),
                    false);
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    @GetMapping("/platforms/{instance}/contacts")
    String show(
            @PathVariable String instance,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "false") boolean backup,
            Model model) {
        Contacts known = contacts.read(instance);
        Entered entered = known.contacts().stream()
                .filter(sheet -> sheet.role().equals(role) && sheet.backup() == backup)
                .map(Entered::of)
                .findFirst()
                .orElse(new Entered(role, backup, "", "", "", "Europe/London", "en", false, false));
        return page(model, known, entered, FormErrors.NONE);
    }

    @PostMapping("/platforms/{instance}/contacts")
    String send(
            @PathVariable String instance,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "false") boolean backup,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String hours,
            @RequestParam(defaultValue = "") String timeZone,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "false") boolean twentyFourSeven,
            @RequestParam(defaultValue = "false") boolean verified,
            @RequestParam(required = false) @Nullable String remove,
            Model model,
            RedirectAttributes next) {
        Contacts known = contacts.read(instance);
        Entered entered = new Entered(
                role, backup, name.strip(), address.strip(), hours, timeZone, language, twentyFourSeven, verified);
        List<Entry> entries = new ArrayList<>();
        known.contacts().stream()
                .filter(sheet -> !(sheet.role().equals(role) && sheet.backup() == backup))
                .map(ContactPages::kept)
                .forEach(entries::add);
        if (remove == null) {
            entries.add(entry(entered));
        }
        try {
            contacts.replace(instance, new ContactsToBe(entries));
        } catch (InvalidRequest refused) {
            return page(model, known, entered, errors(refused));
        }
        next.addFlashAttribute("done", remove == null ? "The entry is saved" : "The entry is gone");
        return "redirect:/platforms/" + known.platform() + "/contacts";
    }

    private String page(Model model, Contacts known, Entered entered, FormErrors errors) {
        model.addAttribute("platform", known.platform());
        model.addAttribute("contacts", known.contacts());
        model.addAttribute("roles", ContactRole.values());
        model.addAttribute("entered", entered);
        model.addAttribute("errors", errors);
        model.addAttribute("text", new Text());
        return "platforms/contacts";
    }

    /** An entry that stays as it is. */
    private static Entry kept(ContactSheet sheet) {
        return new Entry(
                ContactRole.valueOf(sheet.role()),
                sheet.backup(),
                sheet.name(),
                sheet.address(),
                sheet.hours(),
                sheet.timeZone(),
                sheet.language(),
                sheet.twentyFourSeven(),
                sheet.verifiedAt());
    }

    private Entry entry(Entered entered) {
        return new Entry(
                Arrays.stream(ContactRole.values())
                        .filter(role -> role.name().equals(entered.role()))
                        .findFirst()
                        .orElse(null),
                entered.backup(),
                entered.name(),
                entered.address(),
                entered.hours(),
                // A time zone is asked for with hours only.
                entered.hours().isBlank() ? null : entered.timeZone(),
                entered.language(),
                entered.twentyFourSeven(),
                entered.verified() ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : null);
    }

    /** {@code /contacts/3/hours} is the input {@code hours}: only the entry in the form can be wrong. */
    private static FormErrors errors(InvalidRequest refused) {
        return new FormErrors(refused.errors().stream()
                .map(error -> {
                    String field = error.pointer().substring(error.pointer().lastIndexOf('/') + 1);
                    return new FormError(
                            INPUTS.contains(field) ? field : "name",
                            Optional.of(error.detail())
                                    .map(detail -> detail.replaceFirst("^timeZone", "time zone"))
                                    .map(detail -> detail.substring(0, 1).toUpperCase(Locale.UK) + detail.substring(1))
                                    .orElseThrow());
                })
                .toList());
    }

    /** What the template says things with. */
    public static final class Text {

        /** {@code CONTENT_MANAGER} as {@code Content manager}. */
        public String role(Object code) {
            String words = code.toString().replace('_', ' ').toLowerCase(Locale.UK);
            return words.substring(0, 1).toUpperCase(Locale.UK) + words.substring(1);
        }
    }
}
