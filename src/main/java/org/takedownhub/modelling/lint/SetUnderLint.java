package org.takedownhub.modelling.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.modelling.ModelSet;

/**
 * What the rules for one file may ask about the others and about the set that is live.
 *
 * @param processes of the draft, by file name, those that could be read and were not refused
 * @param tables    likewise
 * @param forms     likewise
 */
record SetUnderLint(
        ModelSet draft,
        Map<String, ProcessFile> processes,
        Map<String, TableFile> tables,
        Map<String, JsonNode> forms,
        Map<String, ProcessFile> liveProcesses,
        Map<String, TableFile> liveTables,
        Map<String, JsonNode> liveForms,
        Map<String, String> moved,
        ProgramWords words,
        Instant now) {

    /** Whether the set has a file, whatever is wrong with it. */
    boolean has(String name) {
        return draft.files().containsKey(name);
    }

    Optional<JsonNode> form(String id) {
        return Optional.ofNullable(forms.get(id + ".form"));
    }

    /** What a step of the live set is called in the draft. */
    String idInDraft(String liveId) {
        return moved.getOrDefault(liveId, liveId);
    }
}
