package org.takedownhub.cases;

import static org.takedownhub.audit.Instants.stored;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.takedownhub.casefile.ContentIdentity;
import org.takedownhub.casefile.InvalidContentUrl;

/** Finds cases. The order is that of their references, newest first, so that pages neither repeat nor skip a case. */
@Component
public class CaseSearch {

    private static final Pattern REFERENCE = Pattern.compile("TH-[0-9]{4}-[0-9]{1,12}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    /** Families of content keys whose accounts go by a handle. */
    private static final List<String> FAMILIES = List.of("ap", "at", "ig", "tiktok", "x", "yt");

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ContentAddresses addresses;
    private final CaseVisibility visibility;

    CaseSearch(JdbcClient jdbc, Clock clock, ContentAddresses addresses, CaseVisibility visibility) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.addresses = addresses;
        this.visibility = visibility;
    }

    @Transactional(readOnly = true)
    public List<CaseFile> find(CaseQuery query) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        query.state().ifPresent(state -> {
            conditions.add("state = :state");
            values.put("state", state.name());
        });
        query.platform().ifPresent(platform -> {
            conditions.add("platform = :platform");
            values.put("platform", platform);
        });
        query.overdue().ifPresent(overdue -> {
            conditions.add(
                    overdue
                            ? "(outcome is null and removal_due_at <= :now)"
                            : "(outcome is not null or removal_due_at is null or removal_due_at > :now)");
            values.put("now", stored(clock.instant()));
        });
        query.text().ifPresent(text -> conditions.add(about(text.strip(), values)));
        query.after().ifPresent(after -> {
            conditions.add("case_reference < :after");
            values.put("after", after.value());
        });
        values.put("limit", query.limit());
        conditions.add(visibility.condition());
        return jdbc.sql("select * from takedown_case shown where "
                        + String.join(" and ", conditions)
                        + " order by case_reference desc fetch first :limit rows only")
                .params(values)
                .query((row, number) -> Cases.caseFile(row))
                .list();
    }

    private String about(String text, Map<String, Object> values) {
        String reference = text.toUpperCase(Locale.ROOT);
        if (REFERENCE.matcher(reference).matches()) {
            values.put("text", reference);
            return "case_reference = :text";
        }
        if (HASH.matcher(text).matches()) {
            values.put("text", text.toLowerCase(Locale.ROOT));
            return "case_reference in (select case_reference from evidence where sha256 = :text"
                    + " union select case_reference from observation where evidence_hash = :text)";
        }
        values.put("text", text);
        values.put("keys", keys(text));
        values.put("anywhere", "ap:account:" + literally(handle(text)) + "@%");
        return "case_reference in (select case_reference from takedown_case where content_key in (:keys)"
                + " union select case_reference from takedown_case where account_key in (:keys)"
                + " union select case_reference from takedown_case where account_key like :anywhere escape '!'"
                + " union select case_reference from flag where content_key in (:keys)"
                + " union select case_reference from flag where reporter_reference = :text"
                + " union select case_reference from platform_identity where known_as = :text"
                + " union select case_reference from submission where platform_reference = :text)";
    }

    /** Every key that the text may stand for: itself, that of the address it is, those of the account it names. */
    private Set<String> keys(String text) {
        Set<String> keys = new HashSet<>();
        keys.add(text);
        try {
            ContentIdentity identity = addresses.identify(text);
            keys.add(identity.key().value());
        } catch (InvalidContentUrl noAddress) {
            String handle = handle(text);
            for (String name : List.of(handle, handle.toLowerCase(Locale.ROOT))) {
                for (String family : FAMILIES) {
                    keys.add(family + ":account:" + name);
                    keys.add(family + ":account:@" + name);
                }
            }
        }
        return keys;
    }

    private static String handle(String text) {
        return text.startsWith("@") ? text.substring(1) : text;
    }

    private static String literally(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }
}
