package org.takedownhub.modelling.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;
import org.takedownhub.modelling.compare.Change.Kind;

/** Compares what models mean rather than how they are written: re-saving a file in a modeler changes nothing here. */
@Component
public class Comparison {

    /** All differences, file by file in the order of their names. */
    public List<Change> compare(ModelSet before, ModelSet after) {
        List<Change> changes = new ArrayList<>();
        for (String name : after.changedFrom(before)) {
            Optional<ModelFile> was = before.file(name);
            Optional<ModelFile> is = after.file(name);
            if (was.isEmpty()) {
                changes.add(ofFile(Kind.ADDED, name, "Added: " + name));
            } else if (is.isEmpty()) {
                changes.add(ofFile(Kind.REMOVED, name, "Taken out: " + name));
            } else {
                changes.addAll(compare(was.get(), is.get()));
            }
        }
        return changes;
    }

    private static List<Change> compare(ModelFile before, ModelFile after) {
        List<Change> changes = new ArrayList<>();
        try {
            switch (after.kind()) {
                case PROCESS -> changes.addAll(new ProcessComparison(before, after).changes());
                case DECISION -> changes.addAll(new TableComparison(before, after).changes());
                case FORM -> changes.addAll(new FormComparison(before, after).changes());
                case TEST_CASES -> changes.addAll(new TestCasesComparison(before, after).changes());
            }
        } catch (Unreadable unreadable) {
            changes.add(ofFile(
                    Kind.CHANGED, after.name(), after.name() + " cannot be compared: " + unreadable.getMessage()));
        }
        if (changes.isEmpty()) {
            changes.add(ofFile(Kind.MOVED, after.name(), after.name() + " is written differently and means the same"));
        }
        return changes;
    }

    private static Change ofFile(Kind kind, String name, String text) {
        return new Change(kind, name, "", "", text, "", "");
    }

    /** One of the two files is none of its kind. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
