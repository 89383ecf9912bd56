package org.takedownhub.modelling.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.ModelSet;

/** The models as they stand in the sources. */
final class Shipped {

    private static final Path MODELS = Path.of("bpmn");

    private Shipped() {}

    static ModelFile file(String name) {
        try {
            return new ModelFile(name, Files.readString(MODELS.resolve(name)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static ModelFile table(String id) {
        return file(id + ".dmn");
    }

    static List<ModelFile> tables() {
        return files(".dmn");
    }

    static ModelSet set() {
        return ModelSet.of(
                Stream.concat(tables().stream(), files(".csv").stream()).toList());
    }

    private static List<ModelFile> files(String ending) {
        try (Stream<Path> files = Files.list(MODELS)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .map(Shipped::file)
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
