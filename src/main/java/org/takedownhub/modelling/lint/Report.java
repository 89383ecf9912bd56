package org.takedownhub.modelling.lint;

import java.util.ArrayList;
import java.util.List;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.Finding.Severity;

/** Collects what is wrong with one file. */
final class Report {

    /** Nobody reads more, and an answer must stay small. */
    private static final int MOST = 200;

    private final String file;
    private final List<Finding> findings = new ArrayList<>();

    Report(String file) {
        this.file = file;
    }

    void error(String rule, Element at, String message, String fix) {
        add(Severity.ERROR, rule, at, message, fix);
    }

    void advice(String rule, Element at, String message, String fix) {
        add(Severity.ADVICE, rule, at, message, fix);
    }

    /** For what has no place in an XML file: a form's component, a step that is gone. */
    void error(String rule, String elementId, String elementName, String message, String fix) {
        add(new Finding(Severity.ERROR, rule, file, elementId, elementName, message, fix, 0, 0));
    }

    void advice(String rule, String elementId, String elementName, String message, String fix) {
        add(new Finding(Severity.ADVICE, rule, file, elementId, elementName, message, fix, 0, 0));
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(Finding::isError);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void add(Severity severity, String rule, Element at, String message, String fix) {
        add(new Finding(severity, rule, file, at.nearestId(), Words.nameOf(at), message, fix, at.line(), at.column()));
    }

    private void add(Finding finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        }
    }
}
