package org.takedownhub.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to set, in place of a stack trace. Registered in {@code META-INF/spring.factories}. */
class MissingSettingsAnalyzer extends AbstractFailureAnalyzer<MissingSettings> {

    @Override
    protected FailureAnalysis analyze(Throwable root, MissingSettings missing) {
        return new FailureAnalysis(
                "Takedown Hub does not start half configured. These settings are missing:\n\n  "
                        + String.join("\n  ", missing.settings()),
                "Set each as a property or as an environment variable"
                        + " (spring.datasource.url is SPRING_DATASOURCE_URL), secrets only as the latter."
                        + " To try the program on this machine, start it with the profile 'training'.",
                missing);
    }
}
