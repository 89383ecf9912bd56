package org.takedownhub.escalation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.takedownhub.casefile.CaseReference;

/** A dossier as one ZIP, with a manifest that names every file in it by its hash. */
final class EvidencePack {

    static final String MANIFEST = "manifest.json";

    private EvidencePack() {}

    static byte[] of(CaseReference reference, Dossier dossier, byte[] summary, Instant madeAt) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("summary.pdf", summary);
        files.put("case.json", DossierJson.of(dossier.subject()));
        files.put("law.json", DossierJson.of(dossier.law()));
        files.put("notices.json", DossierJson.of(dossier.notices()));
        files.put("deliveries.json", DossierJson.of(dossier.deliveries()));
        files.put("clock.json", DossierJson.of(dossier.clock()));
        files.put("observations.json", DossierJson.of(dossier.observations()));
        files.put("answers.json", DossierJson.of(dossier.answers()));
        files.put("ladder.json", DossierJson.of(dossier.ladder()));
        files.put("custody.json", DossierJson.of(dossier.evidence()));
        files.put("chronology.json", DossierJson.of(dossier.chronology()));
        Manifest manifest = new Manifest(
                reference.value(),
                DossierPaper.MARKING,
                madeAt,
                files.entrySet().stream()
                        .map(file -> new Entry(file.getKey(), Sha256.hex(file.getValue()), file.getValue().length))
                        .toList());
        return zip(files, DossierJson.of(manifest), madeAt);
    }

    private static byte[] zip(Map<String, byte[]> files, byte[] manifest, Instant madeAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, MANIFEST, manifest, madeAt);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue(), madeAt);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A pack could not be put together", e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content, Instant madeAt) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(madeAt.toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** @param files every file of the pack but the manifest itself */
    record Manifest(String caseReference, String marking, Instant madeAt, List<Entry> files) {}

    /** @param sha256 in hex, over the file as it lies in the pack */
    record Entry(String name, String sha256, long sizeInBytes) {}
}
