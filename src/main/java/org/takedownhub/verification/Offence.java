package org.takedownhub.verification;

/** The offences a verdict of unlawful can name. */
enum Offence {
    /** Threats to kill: Offences against the Person Act 1861 s.16. */
    OAPA_1861_S16,
    /** Encouraging or assisting an offence: Serious Crime Act 2007 ss.44-46. */
    SCA_2007_S44,
    /** Offensive weapons: Criminal Justice Act 1988 s.141. */
    CJA_1988_S141,
    /** Flick and gravity knives: Restriction of Offensive Weapons Act 1959 s.1. */
    ROWA_1959_S1,
    /** Unlawful marketing of knives: Knives Act 1997 s.1. */
    KNIVES_ACT_1997_S1,
    /** Fear or provocation of violence: Public Order Act 1986 s.4. */
    POA_1986_S4,
    /** Intimidation of witnesses: Criminal Justice and Public Order Act 1994 s.51. */
    CJPOA_1994_S51,
    /** Slavery, servitude and trafficking for exploitation: Modern Slavery Act 2015 s.2. */
    MSA_2015_S2,
    /** Encouragement of terrorism: Terrorism Act 2006 s.1. */
    TA_2006_S1,
    /** Dissemination of terrorist publications: Terrorism Act 2006 s.2. */
    TA_2006_S2
}
