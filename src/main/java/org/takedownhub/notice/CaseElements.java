package org.takedownhub.notice;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.takedownhub.cases.CaseFile;
import org.takedownhub.cases.Cases;
import org.takedownhub.cases.UploaderNotification;

/** What the case knows: the content, its hashes, and whether its uploader may be told. Hashes and addresses, no media. */
@Component
@Order(200)
class CaseElements implements NoticeElements {

    private static final int MOST_HASHES = 10;

    private final JdbcClient jdbc;
    private final Cases cases;

    CaseElements(JdbcClient jdbc, Cases cases) {
        this.jdbc = jdbc;
        this.cases = cases;
    }

    @Override
    public Map<String, String> of(NoticeDraft draft) {
        CaseFile file = draft.file();
        Map<String, String> elements = new HashMap<>();
        elements.put(Element.REFERENCE.code(), file.reference().value());
        elements.put(Element.NOTICE_NUMBER.code(), file.reference() + "/" + draft.number());
        elements.put(Element.ISSUED_AT.code(), Words.at(draft.at()));
        elements.put(Element.CONTENT_URL.code(), file.canonicalUrl().toString());
        elements.put(Element.CONTENT_IDENTIFIER.code(), file.contentKey().value());
        elements.put(Element.CONTENT_HASHES.code(), hashes(file));
        elements.put(
                Element.CATEGORY.code(),
                file.category().name().toLowerCase(Locale.UK).replace('_', ' '));
        elements.put(
                Element.THREAT_TO_LIFE.code(),
                file.threatToLife() ? "There is a threat to life: please act at once." : "");
        elements.put(Element.UPLOADER_NOTIFICATION.code(), uploader(cases.uploaderNotification(file.reference())));
        return elements;
    }

    private String hashes(CaseFile file) {
        return jdbc
                .sql(
                        "select distinct sha256 from evidence where case_reference = ? and state = 'CAPTURED' and sha256 is"
                                + " not null and method not like 'proof%' order by sha256 fetch first ? rows only")
                .params(file.reference().value(), MOST_HASHES)
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.joining("\n"));
    }

    private static String uploader(UploaderNotification notification) {
        return switch (notification.rule()) {
            case ALLOWED -> "You may tell the person who uploaded the content of this notice.";
            case DEFER_UNTIL -> "Please do not tell the person who uploaded the content of this notice before "
                    + Words.at(notification.until().orElseThrow()) + ": to tell them could prejudice an investigation.";
            case PROHIBITED -> "Please do not tell the person who uploaded the content of this notice: to tell them could"
                    + " prejudice an investigation.";
        };
    }
}
