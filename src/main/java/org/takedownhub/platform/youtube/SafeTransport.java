package org.takedownhub.platform.youtube;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.takedownhub.platform.SafeHttp;
import org.takedownhub.platform.SafeHttp.Request;
import org.takedownhub.platform.SafeHttp.Response;

/**
 * Carries the calls of Google's client over {@link SafeHttp}, so that our limits on time, size and addresses hold for
 * them, too. Its exceptions pass through the client as they are. Answers come as they were sent: nothing is asked for
 * compressed, and what comes compressed all the same is not inflated.
 */
final class SafeTransport extends HttpTransport {

    private final SafeHttp http;

    SafeTransport(SafeHttp http) {
        this.http = http;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Call(method, URI.create(url));
    }

    private final class Call extends LowLevelHttpRequest {

        private final String method;
        private final URI uri;
        private final Map<String, String> headers = new HashMap<>();

        Call(String method, URI uri) {
            this.method = method;
            this.uri = uri;
        }

        @Override
        public void addHeader(String name, String value) {
            if (!name.equalsIgnoreCase("Accept-Encoding")) {
                headers.put(name, value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            byte @Nullable [] body = null;
            if (getStreamingContent() != null) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                getStreamingContent().writeTo(bytes);
                body = bytes.toByteArray();
                if (getContentType() != null) {
                    headers.put("Content-Type", getContentType());
                }
                if (getContentEncoding() != null) {
                    headers.put("Content-Encoding", getContentEncoding());
                }
            }
            return new Answer(http.send(new Request(method, uri, headers, body)));
        }
    }

    private static final class Answer extends LowLevelHttpResponse {

        private final Response response;
        private final List<Map.Entry<String, String>> headers;

        Answer(Response response) {
            this.response = response;
            this.headers = response.headers().entrySet().stream()
                    .filter(header -> !header.getKey().equals("content-encoding"))
                    .toList();
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(response.body());
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public long getContentLength() {
            return response.body().length;
        }

        @Override
        public @Nullable String getContentType() {
            return response.header("content-type").orElse(null);
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + response.status();
        }

        @Override
        public int getStatusCode() {
            return response.status();
        }

        @Override
        public @Nullable String getReasonPhrase() {
            return null;
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}
