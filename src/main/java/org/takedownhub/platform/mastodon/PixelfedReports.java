package org.takedownhub.platform.mastodon;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.takedownhub.casefile.Category;
import org.takedownhub.platform.ContentGone;
import org.takedownhub.platform.NeedsPerson;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformAlarms;
import org.takedownhub.platform.PlatformRefusal;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.Receipt;
import org.takedownhub.platform.ReferralAnswer;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Secret;
import org.takedownhub.platform.Uncertain;

/**
 * Pixelfed's report call, {@code POST /api/v1.1/report}: a type, a post or an account, and no words. It gives the report
 * no id, and takes one of each account of ours and item: it says of a second that it has the first, which is as good.
 */
final class PixelfedReports {

    private static final String PATH = "api/v1.1/report";

    private final String instance;
    private final MastodonApi api;
    private final PlatformAlarms alarms;
    private final Clock clock;

    PixelfedReports(String instance, MastodonApi api, PlatformAlarms alarms, Clock clock) {
        this.instance = instance;
        this.api = api;
        this.alarms = alarms;
        this.clock = clock;
    }

    static String type(Category category) {
        return switch (category) {
            case THREAT,
                    INCITEMENT,
                    GANG_PROMOTION,
                    WEAPONS_SALE,
                    WEAPONS_GLORIFICATION,
                    GRAPHIC_VIOLENCE -> "violence";
            case TERRORISM -> "terrorism";
            case RECRUITMENT, INTIMIDATION, OTHER -> "abusive";
        };
    }

    /** @throws PlatformUnavailable nothing was handed in */
    ReferralAnswer report(MastodonTargets.Found found, String type, Secret token) {
        boolean account = found.statusIds().isEmpty();
        String id = account ? found.accountId() : found.statusIds().get(0);
        Response answer;
        try {
            answer = api.report(PATH, new Entities.PixelfedReportForm(type, account ? "user" : "post", id));
        } catch (NoAnswer e) {
            return new Uncertain("Nobody knows whether " + instance + " took the report: " + e.getMessage());
        }
        int status = answer.status();
        Optional<Entities.PixelfedAnswer> said = MastodonApi.entity(answer, Entities.PixelfedAnswer.class);
        if (status == 200) {
            return said.map(Entities.PixelfedAnswer::code)
                            .filter(code -> code == 200)
                            .isPresent()
                    ? receipt(found, id)
                    : undocumented();
        }
        if (status < 400 || status == 408 || status >= 500) {
            return new Uncertain("Nobody knows whether " + instance + " took the report: it answered HTTP " + status);
        }
        if (status == 400 && said.map(Entities.PixelfedAnswer::errorCode).isPresent()) {
            return refused(found, id, said.get());
        }
        if (MastodonApi.failure(answer).isEmpty()) {
            throw new PlatformUnavailable(
                    "Something in front of " + instance + " answered HTTP " + status + " with a page",
                    api.retryAfter(answer));
        }
        return status == 401 || status == 403
                ? new NeedsPerson("The platform does not let our account report (HTTP " + status + "): mend "
                        + token.setting() + " (scope write), or hand the notice in")
                : new NeedsPerson(instance + " answered HTTP " + status
                        + " to a report, which it also does to addresses it has barred: hand the notice in");
    }

    private ReferralAnswer refused(MastodonTargets.Found found, String id, Entities.PixelfedAnswer said) {
        return switch (String.valueOf(said.errorCode())) {
            case "ERROR_REPORT_DUPLICATE" -> receipt(found, id);
            case "ERROR_INVALID_OBJECT_ID" -> new ContentGone(
                    "The platform says that what was reported is not there any more");
            case "ERROR_NO_SELF_REPORTS" -> new PlatformRefusal(
                    "The platform takes no report of our own account about itself");
            default -> {
                alarms.raise(
                        instance,
                        MastodonPlatform.CONTRACT,
                        "The server refused a report with " + code(said) + ": compare its API before more is sent");
                yield new NeedsPerson("The platform does not take the report as it is documented (" + code(said)
                        + "): hand the notice in");
            }
        };
    }

    private static String code(Entities.PixelfedAnswer said) {
        String code = String.valueOf(said.errorCode());
        return code.matches("[A-Z_]{1,60}") ? code : "an error without a name";
    }

    private Receipt receipt(MastodonTargets.Found found, String id) {
        alarms.clear(instance, MastodonPlatform.CONTRACT);
        String reference = (found.statusIds().isEmpty() ? "user/" : "post/") + id;
        Map<String, String> identities = new HashMap<>(found.identities());
        return new Receipt(reference, clock.instant(), identities);
    }

    private Uncertain undocumented() {
        alarms.raise(
                instance,
                MastodonPlatform.CONTRACT,
                "The server answered a report with something that is not documented: look there whether reports still"
                        + " arrive");
        return new Uncertain("Nobody knows whether " + instance + " took the report: its answer is not as documented");
    }
}
