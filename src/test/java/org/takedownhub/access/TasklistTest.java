package org.takedownhub.access;

import java.nio.file.*;
import java.time.*;
import java.util.*;
import org.camunda.bpm.engine.*;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.*;
import org.openqa.selenium.chrome.*;
import org.openqa.selenium.support.ui.*;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(
        classes = SignInTest.App.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "server.port=18080",
            "spring.datasource.url=jdbc:h2:mem:tasklist",
            "takedown.training.password=right",
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.auto-deployment-enabled=false",
            "spring.flyway.enabled=false",
            "logging.level.root=WARN",
        })
@ActiveProfiles("training")
class TasklistTest {
    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Test
    void look() throws Exception {
        var d = repository.createDeployment().addClasspathResource("access/takedown.bpmn");
        try (var s = Files.list(Path.of("forms"))) {
            s.forEach(f -> {
                try {
                    d.addInputStream(f.getFileName().toString(), Files.newInputStream(f));
                } catch (Exception e) {
                    throw new RuntimeException(e);
                }
            });
        }
        d.deploy();
        runtime.startProcessInstanceByKey(
                "takedown",
                "TH-2026-1",
                Variables.createVariables()
                        .putValue("caseReference", "TH-2026-1")
                        .putValue("platform", "training")
                        .putValue("category", "THREAT")
                        .putValue("threatToLife", true)
                        .putValue("caseDueAt", Date.from(Instant.now().plus(Duration.ofHours(2))))
                        .putValue("flaggedUrl", "hxxp://evil[.]example/p?x=<b>&y=1")
                        .putValue("flagReason", "Says 'I will stab him'. x) [phish](http://evil/)")
                        .putValue("guideSuggestion", "UNLAWFUL")
                        .putValue("guideSource", "CPS guidance <script>alert(1)</script>")
                        .putValue("packetText", "Dear platform,\nline two\n\nline four")
                        .putValue("portalSteps", "1. Open\n2. Paste")
                        .putValue("portalHost", "www.tiktok.com"));
        for (int i = 0; i < 600; i++) {
            if (Files.exists(Path.of("/tmp/acc/stop"))) break;
            Thread.sleep(2000);
        }
    }
}
