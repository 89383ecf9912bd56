package org.takedownhub.modelling.change;

/** Where a change request came from. */
public enum Origin {
    DESK,
    /** The engine's deployment address, as Camunda Modeler calls it. */
    MODELER,
    API,
    /** The folder that is read when the program starts. */
    FOLDER,
    /** A newer program whose models differ from what managers have published. */
    PROGRAM,
    ROLL_BACK
}
