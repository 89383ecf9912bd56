package org.takedownhub.modelling.table;

/**
 * A value that a cell may have.
 *
 * @param value as the file has it
 * @param label as people read it
 */
public record Choice(String value, String label) {}
