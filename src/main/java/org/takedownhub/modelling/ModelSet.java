package org.takedownhub.modelling;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.takedownhub.modelling.ModelFile.Kind;

/**
 * All models, tables, forms and test cases that are published together. A process finds the tables and forms of its own
 * set, so a set is always whole.
 */
public record ModelSet(SortedMap<String, ModelFile> files) {

    public ModelSet {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public static ModelSet of(Collection<ModelFile> files) {
        SortedMap<String, ModelFile> byName = new TreeMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        return new ModelSet(byName);
    }

    public Optional<ModelFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    public Stream<ModelFile> all(Kind kind) {
        return files.values().stream().filter(file -> file.kind() == kind);
    }

    /** This set with a file added or replaced. */
    public ModelSet with(ModelFile file) {
        SortedMap<String, ModelFile> changed = new TreeMap<>(files);
        changed.put(file.name(), file);
        return new ModelSet(changed);
    }

    public ModelSet without(String name) {
        SortedMap<String, ModelFile> changed = new TreeMap<>(files);
        changed.remove(name);
        return new ModelSet(changed);
    }

    /** Names of files that are new, gone or different. */
    public SortedSet<String> changedFrom(ModelSet other) {
        SortedSet<String> names = new TreeSet<>(files.keySet());
        names.addAll(other.files.keySet());
        names.removeIf(name -> file(name).equals(other.file(name)));
        return names;
    }

    /** In hex; over the names and the hashes of all files, in the order of their names. */
    public String sha256() {
        StringBuilder text = new StringBuilder();
        files.values().forEach(file -> text.append(file.sha256())
                .append("  ")
                .append(file.name())
                .append('\n'));
        return ModelFile.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
