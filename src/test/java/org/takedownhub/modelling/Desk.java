package org.takedownhub.modelling;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** What a test of the manager's desk says: who works, on which live set, and how all is put back. */
@TestComponent
public class Desk {

    private final PublishedModels published;
    private final RepositoryService repository;
    private final ModelSet shipped;

    Desk(PublishedModels published, RepositoryService repository) {
        this.published = published;
        this.repository = repository;
        this.shipped = published.live().files();
    }

    /** The models that came with the program. */
    public ModelSet shipped() {
        return shipped;
    }

    /** A file of the program's own with some text replaced; the text must be there. */
    public ModelFile changed(String name, String from, String to) {
        ModelFile file = shipped.file(name).orElseThrow();
        if (!file.text().contains(from)) {
            throw new IllegalArgumentException(name + " does not hold " + from);
        }
        return new ModelFile(name, file.text().replace(from, to));
    }

    /** Does something as a signed-in person. */
    public <T> T as(String user, Supplier<T> work, String... groups) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        user,
                        "",
                        AuthorityUtils.createAuthorityList(groups.length == 0 ? new String[] {"managers"} : groups)));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    /** Makes a set live without asking anybody. */
    public String publish(ModelSet set) {
        DeploymentBuilder deployment =
                repository.createDeployment().name("test").source("test");
        set.files().values().forEach(file -> deployment.addString(file.name(), file.text()));
        return deployment.deploy().getId();
    }

    /** The program's own models are live again. */
    public void close() {
        if (!published.live().files().equals(shipped)) {
            publish(shipped);
        }
    }

    public List<String> sets() {
        return published.history();
    }
}
