package org.takedownhub.platform.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.platform.MediaAddresses;
import org.takedownhub.platform.SafeHttp.Response;

class DocumentTest {

    @Test
    void readsWhereThePicturesOfANoteAre() {
        Response note = answer(
                """
                {"type":"Note","attachment":[
                {"type":"Document","mediaType":"image/png","url":"https://files.example/a.png"},
                {"type":"Image","url":[{"type":"Link","href":"https://files.example/b.png"}]},
                {"type":"PropertyValue","value":"x"}, {"type":"Image","url":"javascript:alert(1)"}, 7]}
                """);

        assertThat(MediaAddresses.of(Document.media(note)))
                .containsExactly(URI.create("https://files.example/a.png"), URI.create("https://files.example/b.png"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "{\"attachment\":{}}", "{\"attachment\":[{\"url\":{\"href\":5}}]}", "{\"atta"})
    void readsNoneWhereThereAreNone(String body) {
        assertThat(MediaAddresses.of(Document.media(answer(body)))).isEmpty();
    }

    private static Response answer(String body) {
        return new Response(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
