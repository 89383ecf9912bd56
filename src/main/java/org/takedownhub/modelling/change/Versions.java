package org.takedownhub.modelling.change;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelFile.Kind;
import org.takedownhub.modelling.ModelSet;

/** Gives what has changed its next version tag, so that nobody has to think of it and no two versions bear the same. */
final class Versions {

    private static final Pattern TAG = Pattern.compile("(camunda:versionTag=\")([^\"]*)(\")");

    private Versions() {}

    static SemanticVersion.Step step(Set<String> changed, Map<String, String> moved) {
        if (!moved.isEmpty()) {
            return SemanticVersion.Step.MAJOR;
        }
        return changed.stream().anyMatch(name -> Kind.ofName(name).orElse(Kind.FORM) == Kind.PROCESS)
                ? SemanticVersion.Step.MINOR
                : SemanticVersion.Step.PATCH;
    }

    /**
     * A changed file that still bears the live file's tag gets the next one. A tag that somebody has raised by hand, and
     * a file without any, stay as they are.
     */
    static ModelFile stamped(ModelFile draft, ModelSet live, SemanticVersion.Step step) {
        String liveTag = live.file(draft.name()).map(Versions::tag).orElse("");
        String tag = tag(draft);
        if (tag.isEmpty() || !tag.equals(liveTag)) {
            return draft;
        }
        return SemanticVersion.parse(tag)
                .map(version -> new ModelFile(
                        draft.name(),
                        TAG.matcher(draft.text())
                                .replaceFirst("$1"
                                        + Matcher.quoteReplacement(
                                                version.next(step).toString()) + "$3")))
                .orElse(draft);
    }

    /** A file under the tag that its name has in the live set, where it has one. */
    static ModelFile retagged(ModelFile file, ModelSet live) {
        String tag = live.file(file.name()).map(Versions::tag).orElse("");
        return tag.isEmpty()
                ? file
                : new ModelFile(
                        file.name(),
                        TAG.matcher(file.text()).replaceFirst("$1" + Matcher.quoteReplacement(tag) + "$3"));
    }

    static String tag(ModelFile file) {
        Matcher matcher = TAG.matcher(file.text());
        return matcher.find() ? matcher.group(2) : "";
    }
}
