package org.takedownhub.casefile;

/** What the content is flagged as. */
public enum Category {
    THREAT,
    INCITEMENT,
    GANG_PROMOTION,
    WEAPONS_SALE,
    WEAPONS_GLORIFICATION,
    GRAPHIC_VIOLENCE,
    RECRUITMENT,
    INTIMIDATION,
    TERRORISM,
    OTHER
}
