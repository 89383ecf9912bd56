package org.takedownhub.modelling.lint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.takedownhub.engine.HostileModels;

/** Files made to hurt, or not made by a modeler at all. Each is small in this source, whatever it grows to. */
public final class BadFiles {

    private static final String MEGABYTES = "x".repeat(1024 * 1024);
    private static final String HEAD = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
            + " targetNamespace=\"t\" id=\"d\"><process id=\"bad\" isExecutable=\"true\">";
    private static final String TAIL = "</process></definitions>";

    /**
     * One file.
     *
     * @param rule    expected
     * @param element expected; empty for the file as a whole
     */
    public record Bad(String title, String rule, String element, String name, byte[] content) {

        Bad(String title, String rule, String element, String name, String text) {
            this(title, rule, element, name, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private BadFiles() {}

    /** Code in every place that can hold an expression, and everything else that the engine's guard was written for. */
    public static List<Bad> hostile() {
        return new HostileModels(Path.of("target", "hostile-marker"))
                .all().stream()
                        .map(model -> new Bad(model.title(), "", "", model.fileName(), model.content()))
                        .toList();
    }

    public static List<Bad> unreadable() {
        List<Bad> bad = new ArrayList<>(List.of(
                new Bad("zip instead of XML", "unreadable", "", "bad.bpmn", "PK\u0003\u0004" + "word/document.xml"),
                new Bad("PDF instead of XML", "unreadable", "", "bad.dmn", "%PDF-1.7 not a table"),
                new Bad("empty file", "unreadable", "", "bad.bpmn", ""),
                new Bad("JSON in a process", "unreadable", "", "bad.bpmn", "{\"id\":\"bad\"}"),
                new Bad("XML in a form", "unreadable", "", "bad.form", "<form id=\"bad\"/>"),
                new Bad("half a file", "unreadable", "", "bad.bpmn", HEAD + "<startEvent id=\"s\""),
                new Bad("two roots", "unreadable", "", "bad.bpmn", HEAD + TAIL + HEAD + TAIL),
                new Bad(
                        "UTF-16 that is not",
                        "unreadable",
                        "",
                        "bad.bpmn",
                        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + HEAD + TAIL),
                new Bad(
                        "another encoding",
                        "unreadable",
                        "",
                        "bad.bpmn",
                        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + HEAD + TAIL),
                new Bad(
                        "an encoding that is none",
                        "unreadable",
                        "",
                        "bad.dmn",
                        "<?xml version=\"1.0\" encoding=\"rot13\"?><definitions/>"),
                new Bad(
                        "entity bomb",
                        "unreadable",
                        "",
                        "bad.bpmn",
                        bomb() + HEAD + "<startEvent id=\"s\" name=\"&e9;\"/>" + TAIL),
                new Bad(
                        "quadratic entities",
                        "unreadable",
                        "",
                        "bad.dmn",
                        "<!DOCTYPE d [<!ENTITY a \"" + "a".repeat(50_000) + "\">]><definitions name=\""
                                + "&a;".repeat(1000) + "\"/>"),
                new Bad(
                        "entity from a file",
                        "unreadable",
                        "",
                        "bad.bpmn",
                        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + HEAD
                                + "<startEvent id=\"s\" name=\"&x;\"/>" + TAIL),
                new Bad(
                        "entity from the network",
                        "unreadable",
                        "",
                        "bad.bpmn",
                        "<!DOCTYPE d SYSTEM \"http://127.0.0.1:1/x.dtd\">" + HEAD + TAIL),
                new Bad(
                        "parameter entity",
                        "unreadable",
                        "",
                        "bad.dmn",
                        "<!DOCTYPE d [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x\"> %p;]><definitions/>"),
                new Bad(
                        "control characters",
                        "unreadable",
                        "",
                        "bad.bpmn",
                        HEAD + "<startEvent id=\"s\" name=\"\u0001\"/>" + TAIL),
                new Bad(
                        "form with a key twice",
                        "unreadable",
                        "",
                        "bad.form",
                        "{\"id\":\"bad\",\"id\":\"worse\",\"components\":[]}"),
                new Bad(
                        "form with more behind it",
                        "unreadable",
                        "",
                        "bad.form",
                        "{\"id\":\"bad\",\"schemaVersion\":16,\"components\":[]} true"),
                new Bad(
                        "form nested 5,000 deep",
                        "unreadable",
                        "",
                        "bad.form",
                        "{\"components\":[".repeat(5000) + "]}".repeat(5000)),
                new Bad(
                        "form with a text without end",
                        "unreadable",
                        "",
                        "bad.form",
                        "{\"id\":\"" + "x".repeat(100_000) + "\",\"components\":[]}"),
                new Bad("form that is a list", "unreadable", "", "bad.form", "[1,2,3]"),
                new Bad(
                        "form with a number without end",
                        "unreadable",
                        "",
                        "bad.form",
                        "{\"schemaVersion\":1" + "0".repeat(5000) + "}"),
                new Bad("process in a table's file", "not-allowed", "d", "bad.dmn", HEAD + TAIL),
                new Bad(
                        "table in a process's file",
                        "not-allowed",
                        "d",
                        "bad.bpmn",
                        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\"/>"),
                new Bad("script in a table's file name", "file-name", "", "bad<script>.dmn", "<definitions/>"),
                new Bad("folder in a name", "file-name", "", "../../bad.bpmn", HEAD + TAIL),
                new Bad("program", "file-name", "", "bad.bpmn.exe", "MZ"),
                new Bad("name in capitals", "file-name", "", "BAD.BPMN", HEAD + TAIL),
                new Bad("name without an end", "file-name", "", "x".repeat(5000) + ".bpmn", HEAD + TAIL),
                new Bad("100,000 elements", "too-large", "", "bad.bpmn", HEAD + "<task/>".repeat(100_000) + TAIL),
                new Bad("100,000 attributes", "", "", "bad.bpmn", "<definitions " + attributes() + "/>"),
                new Bad(
                        "nested 10,000 deep",
                        "too-large",
                        "",
                        "bad.bpmn",
                        HEAD + "<subProcess>".repeat(10_000) + "</subProcess>".repeat(10_000) + TAIL)));
        return bad;
    }

    /** Apart, since nobody wants to send it through every door. */
    public static List<Bad> huge() {
        return List.of(
                new Bad(
                        "50 MB of XML",
                        "too-large",
                        "",
                        "bad.bpmn",
                        HEAD + "<!--" + MEGABYTES.repeat(50) + "-->" + TAIL),
                new Bad("50 MB of JSON", "too-large", "", "bad.form", "{\"id\":\"" + MEGABYTES.repeat(50) + "\"}"));
    }

    /** What is not text at all, and so never becomes a file of a set. */
    public static List<Bad> notText() {
        return List.of(
                new Bad("a real zip", "", "", "bad.bpmn", zip()),
                new Bad("UTF-16 with its mark", "", "", "bad.bpmn", (HEAD + TAIL).getBytes(StandardCharsets.UTF_16)),
                new Bad(
                        "Latin letters of another set",
                        "",
                        "",
                        "bad.form",
                        "{\"id\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE d [<!ENTITY e0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            bomb.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return bomb.append("]>").toString();
    }

    private static String attributes() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            attributes.append("a").append(i).append("='' ");
        }
        return attributes.toString();
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bad.bpmn"));
            zip.write((HEAD + TAIL).repeat(50).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }
}
