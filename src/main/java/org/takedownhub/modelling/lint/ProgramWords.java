package org.takedownhub.modelling.lint;

import java.util.Map;
import java.util.Set;

/**
 * What a model may speak of, because the program knows it.
 *
 * @param variables      process variables with the types of their values
 * @param groupVariables those that hold the id of a group
 * @param messages       names of the messages that the program sends
 * @param errors         codes of the errors that steps of the program end with
 * @param steps          ids that the program finds cases and timers by
 * @param processes      ids of the processes that must be there
 * @param decisions      ids of the decision tables that must be there
 * @param groups         ids of the groups of people
 * @param taskFields     per user task the program has a form for: the keys it takes
 * @param startFields    per process that people start: the keys it takes
 */
record ProgramWords(
        Map<String, Class<?>> variables,
        Set<String> groupVariables,
        Set<String> messages,
        Set<String> errors,
        Set<String> steps,
        Set<String> processes,
        Set<String> decisions,
        Set<String> groups,
        Map<String, Set<String>> taskFields,
        Map<String, Set<String>> startFields) {}
