package org.takedownhub.modelling.change;

import java.time.Instant;
import java.util.Optional;

/** A change request with some of its values replaced. */
final class Edited {

    private final ChangeRequest before;
    private ChangeState state;
    private String version;
    private Optional<String> submittedBy;
    private Optional<Instant> submittedAt;
    private Optional<Instant> effectiveAt;
    private Optional<String> decidedBy;
    private Optional<Instant> decidedAt;
    private Optional<String> decisionReason;
    private Optional<String> setSha256;
    private Optional<Instant> publishedAt;
    private Optional<String> deploymentId;
    private Optional<String> replacedDeploymentId;

    Edited(ChangeRequest before) {
        this.before = before;
        this.state = before.state();
        this.version = before.version();
        this.submittedBy = before.submittedBy();
        this.submittedAt = before.submittedAt();
        this.effectiveAt = before.effectiveAt();
        this.decidedBy = before.decidedBy();
        this.decidedAt = before.decidedAt();
        this.decisionReason = before.decisionReason();
        this.setSha256 = before.setSha256();
        this.publishedAt = before.publishedAt();
        this.deploymentId = before.deploymentId();
        this.replacedDeploymentId = before.replacedDeploymentId();
    }

    Edited state(ChangeState next) {
        state = next;
        return this;
    }

    Edited version(String next) {
        version = next;
        return this;
    }

    Edited submitted(String by, Instant at) {
        submittedBy = Optional.of(by);
        submittedAt = Optional.of(at);
        return this;
    }

    Edited effectiveAt(Optional<Instant> at) {
        effectiveAt = at;
        return this;
    }

    Edited setSha256(String hash) {
        setSha256 = Optional.of(hash);
        return this;
    }

    Edited decided(String by, Instant at, String reason) {
        decidedBy = Optional.of(by);
        decidedAt = Optional.of(at);
        decisionReason = Optional.of(reason);
        return this;
    }

    Edited published(Instant at, String deployment, String replaced) {
        publishedAt = Optional.of(at);
        deploymentId = Optional.of(deployment);
        replacedDeploymentId = Optional.of(replaced);
        return this;
    }

    Edited backToDraft() {
        state = ChangeState.DRAFT;
        version = "";
        submittedBy = Optional.empty();
        submittedAt = Optional.empty();
        effectiveAt = Optional.empty();
        decidedBy = Optional.empty();
        decidedAt = Optional.empty();
        decisionReason = Optional.empty();
        setSha256 = Optional.empty();
        return this;
    }

    ChangeRequest build() {
        return new ChangeRequest(
                before.reference(),
                before.title(),
                before.reason(),
                before.origin(),
                state,
                before.revision(),
                version,
                before.createdBy(),
                before.createdAt(),
                submittedBy,
                submittedAt,
                effectiveAt,
                decidedBy,
                decidedAt,
                decisionReason,
                setSha256,
                publishedAt,
                deploymentId,
                replacedDeploymentId,
                before.changed(),
                before.moved());
    }
}
