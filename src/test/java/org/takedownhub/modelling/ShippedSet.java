package org.takedownhub.modelling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The models that come with the program, without an engine. */
public final class ShippedSet {

    private ShippedSet() {}

    public static ModelSet read() {
        List<ModelFile> files = new ArrayList<>();
        for (String folder : List.of("bpmn", "forms")) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                for (Path path : found.toList()) {
                    String name = path.getFileName().toString();
                    if (ModelFile.Kind.ofName(name).isPresent()) {
                        files.add(new ModelFile(name, Files.readString(path)));
                    }
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return ModelSet.of(files);
    }

    /** The set with some text of one file replaced; the text must be there. */
    public static ModelSet with(String name, String from, String to) {
        ModelSet set = read();
        ModelFile file = set.file(name).orElseThrow();
        if (!file.text().contains(from)) {
            throw new IllegalArgumentException(name + " does not hold " + from);
        }
        return set.with(new ModelFile(name, file.text().replace(from, to)));
    }
}
