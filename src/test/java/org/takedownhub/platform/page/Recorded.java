package org.takedownhub.platform.page;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.PublicLooks.Hints;
import org.takedownhub.platform.SafeHttp.Response;
import org.yaml.snakeyaml.Yaml;

/**
 * One file of recorded answers, each with what was true; see {@code verdicts/README.md}.
 *
 * @param always    answers that every case has unless it says otherwise
 * @param otherwise the answer for every other address; none: no answer
 * @param item      what all cases are about unless they say otherwise
 */
public record Recorded(
        String recogniser,
        @Nullable String software,
        List<Answer> always,
        @Nullable Answer otherwise,
        @Nullable Item item,
        List<Case> cases) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String PROSE =
            "The whole street was out that evening and everybody had something to say about it before the rain came. "
                    .repeat(18);
    private static final Item SOME_PAGE =
            new Item("web:url:https://site.example/posts/one", "https://site.example/posts/one", Map.of());

    public Recorded {
        always = always == null ? List.of() : always;
    }

    /** What a person standing in the United Kingdom would find. */
    public enum Truth {
        UP,
        BLOCKED,
        RESTRICTED,
        GONE;

        public boolean isThere() {
            return this != GONE;
        }
    }

    public record Item(String key, String url, Map<String, String> identities) {}

    /** @param fault there is no answer: {@code TIME_OUT} or {@code REFUSED} */
    public record Answer(
            String at, int status, String type, Map<String, String> headers, String body, @Nullable String fault) {

        public Response response() {
            Map<String, String> all = new HashMap<>(headers == null ? Map.of() : headers);
            if (type != null) {
                all.put("content-type", type);
            }
            String text = body == null ? "" : body.replace("${prose}", PROSE);
            return new Response(status, all, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * @param then      answers to a second look some minutes later; none: the first ones again
     * @param elsewhere answers that another country gets; none: nobody looks from there
     */
    public record Case(
            String name,
            String source,
            Truth truth,
            @Nullable String key,
            @Nullable String url,
            @Nullable Map<String, String> identities,
            @Nullable Answer otherwise,
            List<Answer> answers,
            @Nullable List<Answer> then,
            @Nullable List<Answer> elsewhere) {}

    public static Recorded of(String recogniser) {
        String path = "/verdicts/" + recogniser + ".yaml";
        try (InputStream file = Recorded.class.getResourceAsStream(path)) {
            Object tree = new Yaml().load(file);
            return JSON.convertValue(tree, Recorded.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Content content(Case recorded) {
        Item usual = item == null ? SOME_PAGE : item;
        Map<String, String> identities = recorded.identities() != null ? recorded.identities() : usual.identities();
        return new Content(
                CaseReference.of(2026, 1),
                new ContentKey(recorded.key() != null ? recorded.key() : usual.key()),
                URI.create(recorded.url() != null ? recorded.url() : usual.url()),
                identities == null ? Map.of() : identities);
    }

    public Hints hints() {
        return new Hints(Optional.empty(), Optional.ofNullable(software));
    }

    /** The answer to an address, by the case's own answers first. */
    public Optional<Answer> answer(Case recorded, List<Answer> answers, String address) {
        List<Answer> all = new ArrayList<>(answers);
        all.addAll(always);
        return all.stream()
                .filter(answer -> answer.at().equals(address))
                .findFirst()
                .or(() -> all.stream()
                        .filter(answer -> answer.at().endsWith("*")
                                && address.startsWith(
                                        answer.at().substring(0, answer.at().length() - 1)))
                        .findFirst())
                .or(() -> Optional.ofNullable(recorded.otherwise() != null ? recorded.otherwise() : otherwise));
    }
}
