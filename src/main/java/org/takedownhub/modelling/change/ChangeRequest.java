package org.takedownhub.modelling.change;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One change request.
 *
 * @param revision             counts every change of it; whoever changes something says which one they saw
 * @param version              the set's semantic version once published, such as {@code 4.2.0}; empty before submission
 * @param effectiveAt          when it goes live, UTC; empty: as soon as it is approved
 * @param changed              names of the files it adds, replaces or takes out
 * @param moved                ids of steps in the live set, and what they are called in the draft
 * @param setSha256            of the whole set as it was submitted
 * @param deploymentId         of the engine, once published
 * @param replacedDeploymentId the set that was live before
 */
public record ChangeRequest(
        ChangeReference reference,
        String title,
        String reason,
        Origin origin,
        ChangeState state,
        int revision,
        String version,
        String createdBy,
        Instant createdAt,
        Optional<String> submittedBy,
        Optional<Instant> submittedAt,
        Optional<Instant> effectiveAt,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        Optional<String> decisionReason,
        Optional<String> setSha256,
        Optional<Instant> publishedAt,
        Optional<String> deploymentId,
        Optional<String> replacedDeploymentId,
        SortedSet<String> changed,
        Map<String, String> moved) {}
