package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class UploadLimitTest {

    private final AtomicLong taken = new AtomicLong(-1);
    private final FilterChain reader =
            (request, response) -> taken.set(request.getInputStream().readAllBytes().length);
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void refusesAnAnnouncedLengthBeyondTheLimit() throws ServletException, IOException {
        new UploadLimit().doFilter(body(UploadLimit.MAX_BYTES + 1), response, reader);

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(taken).hasValue(-1);
    }

    @Test
    void stopsReadingABodyThatDidNotSayHowLongItIs() {
        MockHttpServletRequest endless = new MockHttpServletRequest() {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        endless.setContent(new byte[(int) UploadLimit.MAX_BYTES + 1]);

        assertThatThrownBy(() -> new UploadLimit().doFilter(endless, response, reader))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger");
    }

    @Test
    void takesABodyOfTheLimit() throws ServletException, IOException {
        new UploadLimit().doFilter(body(UploadLimit.MAX_BYTES), response, reader);

        assertThat(taken).hasValue(UploadLimit.MAX_BYTES);
    }

    private static MockHttpServletRequest body(long length) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContent(new byte[(int) length]);
        return request;
    }
}
