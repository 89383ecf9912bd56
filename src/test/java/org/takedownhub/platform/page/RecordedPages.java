package org.takedownhub.platform.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Look;
import org.takedownhub.platform.LookSettings;
import org.takedownhub.platform.NoAnswer;
import org.takedownhub.platform.PlatformUnavailable;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;
import org.takedownhub.platform.Vantage;
import org.takedownhub.platform.page.Recorded.Answer;
import org.takedownhub.platform.page.Recorded.Case;

/** Lets the recognisers read recorded answers instead of the network. */
public final class RecordedPages {

    public static final Vantage HOME = new Vantage("GB", "GB", Optional.empty());
    public static final Vantage ELSEWHERE = new Vantage("frankfurt", "DE", Optional.empty());

    private final Recorded recorded;
    private final Case played;
    private final PageLooks looks;
    private List<Answer> answers;

    /** @param xToken a file with a token for X's API; without one, its oEmbed interface is asked */
    public RecordedPages(Recorded recorded, Case played, MutableClock clock, Optional<Path> xToken) {
        this.recorded = recorded;
        this.played = played;
        this.answers = played.answers();
        this.looks = new PageLooks(
                this::read,
                new LookSettings(1000, xToken.map(path -> "file:" + path).orElse(null)),
                clock);
    }

    /** From now on the answers of the second look. */
    public void later() {
        answers = played.then() == null ? played.answers() : played.then();
    }

    public Look look(Vantage vantage) {
        Content content = recorded.content(played);
        return looks.look(List.of(content), vantage, recorded.hints()).get(0);
    }

    private Response read(Request request, Vantage vantage) {
        List<Answer> here = vantage.equals(ELSEWHERE) && played.elsewhere() != null ? played.elsewhere() : answers;
        Answer answer = recorded.answer(played, here, request.uri().toString())
                .orElseThrow(
                        () -> new PlatformUnavailable("Nothing was recorded for " + request.uri(), Optional.empty()));
        if ("TIME_OUT".equals(answer.fault())) {
            throw new PlatformUnavailable("did not answer within 10 s", new NoAnswer("did not answer within 10 s"));
        }
        if (answer.fault() != null) {
            throw new PlatformUnavailable("No connection", Optional.empty());
        }
        return answer.response();
    }
}
