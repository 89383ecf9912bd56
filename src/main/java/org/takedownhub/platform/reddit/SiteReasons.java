package org.takedownhub.platform.reddit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * The reasons for which Reddit itself, not a community, takes reports: the leaves of {@code site_rules_flow} in
 * {@code /r/{community}/about/rules}. Those that lead to a form of their own cannot be sent.
 *
 * @param texts each as {@code reasonText} has it, at most 100 characters
 */
record SiteReasons(Set<String> texts) {

    private static final int DEEPEST = 10;

    SiteReasons {
        texts = Set.copyOf(texts);
    }

    /** Empty when the answer tells no reason. */
    static Optional<SiteReasons> of(Response answer) {
        Set<String> texts = new LinkedHashSet<>();
        if (answer.status() == 200) {
            collect(RedditApi.json(answer).path("site_rules_flow"), texts, DEEPEST);
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(new SiteReasons(texts));
    }

    private static void collect(JsonNode steps, Set<String> texts, int deepest) {
        if (deepest == 0) {
            return;
        }
        for (JsonNode step : steps) {
            String text = step.path("reasonText").asText();
            boolean leaf = step.path("nextStepReasons").isMissingNode();
            if (leaf
                    && !text.isBlank()
                    && text.length() <= RedditSettings.LONGEST_REASON
                    && !step.path("fileComplaint").asBoolean()) {
                texts.add(text);
            }
            collect(step.path("nextStepReasons"), texts, deepest - 1);
        }
    }

    @Override
    public String toString() {
        return String.join("; ", texts.stream().sorted().toList());
    }
}
