package org.takedownhub.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.takedownhub.api.IdempotencyKeys.Answered;
import org.takedownhub.api.IdempotencyKeys.InProgress;
import org.takedownhub.api.IdempotencyKeys.Mine;
import org.takedownhub.api.IdempotencyKeys.Reused;
import org.takedownhub.api.IdempotencyKeys.Taken;
import org.takedownhub.api.InvalidRequest.FieldError;
import org.takedownhub.audit.Actor;

/**
 * Honours {@code Idempotency-Key} on every POST of the API: the same key with the same request gets the answer it got
 * before (draft-ietf-httpapi-idempotency-key-header-07). Should the hub stop between the effect and the answer, the
 * key is free again after a while; that nothing happens twice then is up to the store, which knows content by its key.
 */
@Component
@Order(BodyLimitFilter.ORDER + 10)
class IdempotencyFilter extends OncePerRequestFilter {

    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /** These say something about the moment, not about the request: the client may try again with the same key. */
    private static final Set<Integer> OF_THE_MOMENT = Set.of(401, 403, 408, 413, 429);

    private final IdempotencyKeys keys;
    private final Actor actor;
    private final Problems problems;

    IdempotencyFilter(IdempotencyKeys keys, Actor actor, Problems problems) {
        this.keys = keys;
        this.actor = actor;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod())
                || !Requests.api(Requests.path(request))
                || Requests.platformEvents(request)
                || request.getHeader(KEY) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(KEY).strip();
        if (!KEY_FORM.matcher(key).matches()) {
            refuse(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    ProblemType.INVALID_REQUEST,
                    "Idempotency-Key must be 1 to 200 visible ASCII characters, for example a UUID.");
            return;
        }
        String owner = actor.current();
        try (SpooledBody body = SpooledBody.of(request.getInputStream())) {
            Taken taken = keys.take(owner, key, requestHash(request, body));
            if (taken instanceof Mine mine) {
                answer(new SpooledRequest(request, body), response, chain, owner, key, mine);
            } else if (taken instanceof Answered answered) {
                replay(response, answered);
            } else if (taken instanceof Reused) {
                refuse(
                        request,
                        response,
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "You sent this Idempotency-Key with another request before. Use a new key for a new request.");
            } else if (taken instanceof InProgress) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                refuse(
                        request,
                        response,
                        HttpStatus.CONFLICT,
                        ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS,
                        "The first request with this Idempotency-Key is not answered yet. Ask again in a few seconds.");
            }
        }
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            String owner,
            String key,
            Mine mine)
            throws ServletException, IOException {
        ContentCachingResponseWrapper recorded = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        try {
            chain.doFilter(request, recorded);
            int status = recorded.getStatus();
            boolean written = recorded.getContentSize() > 0 || status < 400;
            if (written && status < 500 && !OF_THE_MOMENT.contains(status)) {
                keys.keep(
                        owner,
                        key,
                        mine,
                        new Answered(status, recorded.getContentType(), recorded.getContentAsByteArray()));
                kept = true;
            }
        } finally {
            if (!kept) {
                keys.release(owner, key, mine);
            }
        }
        recorded.copyBodyToResponse();
    }

    private static void replay(HttpServletResponse response, Answered answered) throws IOException {
        response.setStatus(answered.status());
        response.setHeader(REPLAYED, "true");
        if (answered.mediaType() != null) {
            response.setContentType(answered.mediaType());
        }
        response.setContentLength(answered.body().length);
        response.getOutputStream().write(answered.body());
    }

    private void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            ProblemType type,
            String detail)
            throws IOException {
        problems.write(
                response, problems.problem(request, status, type, detail, List.of(new FieldError("#" + KEY, detail))));
    }

    /** The whole request: a dry run and the real one have the same body. */
    private static String requestHash(HttpServletRequest request, SpooledBody body) {
        MessageDigest digest = SpooledBody.sha256Digest();
        for (String part : List.of(
                request.getRequestURI(),
                orEmpty(request.getQueryString()),
                orEmpty(request.getContentType()),
                body.sha256())) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static final class SpooledRequest extends HttpServletRequestWrapper {

        private final SpooledBody body;

        SpooledRequest(HttpServletRequest request, SpooledBody body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new SpooledStream(body.open());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class SpooledStream extends ServletInputStream {

        private final InputStream body;
        private boolean finished;

        SpooledStream(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            finished = next < 0;
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = body.read(into, offset, length);
            finished = count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("Requests with an Idempotency-Key are read in the foreground");
        }
    }
}
