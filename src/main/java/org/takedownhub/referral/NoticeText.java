package org.takedownhub.referral;

import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Instrument;
import org.takedownhub.casefile.Verdict;
import org.takedownhub.cases.CaseFile;

/**
 * The words of a notice, for the platform's moderators: what, why, on which ground, and how to refer to it. It never
 * names an officer.
 */
@Component
class NoticeText {

    private static final int LENGTH = 4000;
    private static final String CUT = " […] The reasons go on; ask us for the rest under this reference.";

    private final JdbcClient jdbc;

    NoticeText(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Never longer than a notice may be; what has to be left out is said to be. */
    String explanation(CaseFile file, Instrument instrument) {
        Ground ground = ground(file.reference());
        StringBuilder text = new StringBuilder()
                .append("Reference ")
                .append(file.reference())
                .append(". ")
                .append(opening(instrument))
                .append(" Content: ")
                .append(file.canonicalUrl())
                .append(". Category: ")
                .append(file.category().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(". Ground: ")
                .append(
                        file.verdict()
                                        .filter(verdict -> verdict == Verdict.UNLAWFUL)
                                        .isPresent()
                                ? "unlawful"
                                        + ground.offence()
                                                .map(code -> " (" + code + ")")
                                                .orElse("")
                                : "breach of your terms")
                .append(". ");
        if (file.threatToLife()) {
            text.append("There is a threat to life: please act at once. ");
        }
        text.append("Reasons: ").append(ground.reasons());
        return text.length() > LENGTH ? text.substring(0, LENGTH - CUT.length()) + CUT : text.toString();
    }

    private static String opening(Instrument instrument) {
        return switch (instrument.name()) {
            case "VOLUNTARY_REFERRAL" -> "Police social-media hub: we ask you to review this content under your terms.";
            case "WEAPONS_REMOVAL_NOTICE" -> "Content removal notice under section 21 of the Crime and Policing Act 2026:"
                    + " remove the content and confirm it before the end of 48 hours beginning with the time this"
                    + " notice is given. You may ask for a review within that time. Failure to comply may lead to a"
                    + " civil penalty.";
            case "TERRORISM_NOTICE" -> "Notice under section 3 of the Terrorism Act 2006.";
            case "DSA_NOTICE" -> "Notice under Article 16 of Regulation (EU) 2022/2065.";
            case "TCO_ORDER" -> "Removal order under Article 3 of Regulation (EU) 2021/784.";
            default -> throw new IllegalArgumentException("No words are known for the instrument " + instrument);
        };
    }

    private Ground ground(CaseReference reference) {
        return jdbc.sql("select offence, reasons from verification where case_reference = ? order by id desc"
                        + " fetch first 1 rows only")
                .params(reference.value())
                .query((row, number) ->
                        new Ground(Optional.ofNullable(row.getString("offence")), row.getString("reasons")))
                .single();
    }

    private record Ground(Optional<String> offence, String reasons) {}
}
