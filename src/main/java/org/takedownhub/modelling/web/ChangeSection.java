package org.takedownhub.modelling.web;

import org.takedownhub.modelling.change.ChangeRequest;

/**
 * One section of the page of a change request. Its template {@code manager/<id>.html} has a fragment {@code section}, in
 * which {@code request} is the {@link ChangeRequest} and {@code data} what {@link #data} gave.
 */
public interface ChangeSection {

    /** In kebab case; the anchor of the section and the name of its template. */
    String id();

    /** As the heading says. */
    String title();

    /** Sections stand in this order: findings 10, changes 20, replay 30, impact 40, decision 50, migration 60. */
    int order();

    /** Whether there is anything to say about a request. */
    default boolean shows(ChangeRequest request) {
        return true;
    }

    Object data(ChangeRequest request);
}
