package org.takedownhub.platform.cloudflare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of Cloudflare's <a href="https://developers.cloudflare.com/api/resources/abuse_reports/">abuse reports</a>,
 * as far as the hub reads or writes them. What is read comes from outside: any part may be missing.
 */
final class Wire {

    /** In characters; counted in UTF-16 units, which are never fewer. */
    static final int LONGEST_JUSTIFICATION = 5000;

    static final int LONGEST_COMMENTS = 2000;

    private Wire() {}

    /** @param urls one to a line, at most 250, all of one host, none twice */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Report(
            String act,
            String email,
            String email2,
            String name,
            String urls,
            String justification,
            String comments,
            String hostNotification,
            String ownerNotification,
            @Nullable String company,
            @Nullable String reportedCountry) {}

    /** The answer to a report, taken or not. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Submitted(
            @Nullable String abuseRand, @Nullable String result, @Nullable String errorCode, @Nullable String msg) {}

    record Envelope<T>(@Nullable Boolean success, @Nullable T result) {}

    record Token(@Nullable String status) {}

    /** One of our own reports. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record OwnReport(
            @Nullable String id,
            @Nullable String cdate,
            @Nullable String status,
            @Nullable String denialReason,
            @Nullable List<String> urls) {}

    record OwnReports(@Nullable List<OwnReport> reports) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Details(@Nullable String id, @Nullable Summary mitigationSummary) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Summary(@Nullable Boolean externalHostNotified) {}

    record Mitigations(@Nullable List<Mitigation> mitigations) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Mitigation(
            @Nullable String id, @Nullable String effectiveDate, @Nullable String status, @Nullable String type) {}
}
