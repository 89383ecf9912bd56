package org.takedownhub.engine;

import java.util.List;
import org.camunda.bpm.engine.Problem;

/**
 * Why a model is not taken: where, which rule, and what to do instead. It is a {@link Problem} of the engine, so that
 * Camunda Modeler and the engine's REST API show it at its element.
 *
 * @param elementId the id of the element or of its nearest parent that has one; empty for the file as a whole
 * @param line      in the file, from 1; 0 when the file has no lines to speak of
 */
public record Refusal(String elementId, String rule, String fix, int line, int column, Kind kind) implements Problem {

    /** What sort of rule it is, for programs. */
    public enum Kind {
        /** The file's name. */
        FILE_NAME,
        /** Too many bytes, elements, levels or files. */
        TOO_LARGE,
        /** No XML, no JSON, or nothing that the engine can read. */
        UNREADABLE,
        /** An element, an attribute, a value or an expression that is not on the list. */
        NOT_ALLOWED
    }

    Refusal(String elementId, String rule, String fix, int line, int column) {
        this(elementId, rule, fix, line, column, Kind.NOT_ALLOWED);
    }

    static Refusal ofFile(Kind kind, String rule, String fix) {
        return new Refusal("", rule, fix, 0, 0, kind);
    }

    @Override
    public String getMessage() {
        return (elementId.isEmpty() ? "" : elementId + ": ") + rule + ". " + fix + ".";
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public String getMainElementId() {
        return elementId;
    }

    @Override
    public List<String> getElementIds() {
        return elementId.isEmpty() ? List.of() : List.of(elementId);
    }
}
