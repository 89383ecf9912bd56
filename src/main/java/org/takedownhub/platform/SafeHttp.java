package org.takedownhub.platform;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The only way out to platforms. It ends every call at a deadline, whatever the other side does; limits what it reads;
 * follows no redirect; keeps no cookie; repeats nothing by itself; and connects to public addresses only. A host name is resolved once per call and the checked address is the one connected to, so that an answer of the
 * name service that changes in between (DNS rebinding) changes nothing.
 *
 * <p>Through the proxy of a {@link Vantage} the same holds as far as we can see: the target is resolved and checked here
 * before the proxy hears of it, TLS is with the target and not with the proxy, and what a proxy refuses to connect is
 * nobody's answer. But the proxy resolves the name again by itself, so that it gets the address of its country: it can
 * be led into its own network by a name that changes, and must refuse private targets there. To plain http it can answer
 * in the target's place.
 *
 * <p>The origins an operator wrote into the settings are exempt from the address check: they may lie inside our network.
 */
public final class SafeHttp {

    /** Largest answer read unless said otherwise, in bytes. */
    public static final int BODY_LIMIT = 1024 * 1024;

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);
    private static final int MOST_ADDRESSES = 2;
    private static final int MOST_LOOKUPS = 16;
    private static final String USER_AGENT = "TakedownHub";
    private static final String CONNECT = "CONNECT";
    private static final int DEFAULT_REQUESTS_PER_MINUTE = 50;
    private static final int MEDIA_PER_MINUTE = 60;

    private static final TlsSocketStrategy TLS = DefaultClientTlsStrategy.createDefault();
    private static final HttpConnectionFactory<ManagedHttpClientConnection> CONNECTIONS =
            ManagedHttpClientConnectionFactory.builder()
                    .http1Config(Http1Config.custom()
                            .setMaxLineLength(16 * 1024)
                            .setMaxHeaderCount(200)
                            .build())
                    .build();
    private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();
    /** A name service may hang, and a lookup cannot be interrupted: it happens where a call can leave it behind. */
    private static final ExecutorService LOOKUPS = new ThreadPoolExecutor(
            0, MOST_LOOKUPS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("platform-lookup"));

    private final HostResolver resolver;
    private final Set<Origin> trusted;
    private final Duration timeout;
    private final int bodyLimit;
    private final Bucket budget;
    private final String userAgent;
    private final Optional<URI> proxy;
    private final Clock clock;

    SafeHttp(
            HostResolver resolver,
            Set<URI> trusted,
            Duration timeout,
            int bodyLimit,
            int requestsPerMinute,
            Clock clock) {
        this(
                resolver,
                trusted.stream().map(Origin::of).collect(Collectors.toUnmodifiableSet()),
                timeout,
                bodyLimit,
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(requestsPerMinute)
                                .refillGreedy(requestsPerMinute, Duration.ofMinutes(1)))
                        .build(),
                USER_AGENT,
                Optional.empty(),
                clock);
    }

    private SafeHttp(
            HostResolver resolver,
            Set<Origin> trusted,
            Duration timeout,
            int bodyLimit,
            Bucket budget,
            String userAgent,
            Optional<URI> proxy,
            Clock clock) {
        this.resolver = resolver;
        this.trusted = trusted;
        this.timeout = timeout;
        this.bodyLimit = bodyLimit;
        this.budget = budget;
        this.userAgent = userAgent;
        this.proxy = proxy;
        this.clock = clock;
    }

    /** The same client, with the same budget, as the world sees it from there. */
    public SafeHttp from(Vantage vantage) {
        return vantage.proxy().equals(proxy)
                ? this
                : new SafeHttp(resolver, trusted, timeout, bodyLimit, budget, userAgent, vantage.proxy(), clock);
    }

    /** The same client under the name that a site's owner can ask after. */
    private SafeHttp calling(@Nullable URI contactUrl) {
        return new SafeHttp(
                resolver,
                trusted,
                timeout,
                bodyLimit,
                budget,
                contactUrl == null ? USER_AGENT : USER_AGENT + " (+" + contactUrl + ")",
                proxy,
                clock);
    }

    /**
     * The client of one instance: its time limit, its budget of requests (option {@code requests-per-minute}, 50 unless
     * set), and its {@code base-url} and {@code labeler-url} as trusted origins.
     *
     * @param furtherOrigins other addresses from the same operator's settings
     * @throws IllegalStateException a setting is impossible; the message names it in full
     */
    public static SafeHttp of(String instance, PlatformSettings settings, Clock clock, URI... furtherOrigins) {
        Set<URI> origins = Stream.concat(
                        Stream.of(Optional.ofNullable(settings.baseUrl()), Optional.ofNullable(settings.labelerUrl()))
                                .flatMap(Optional::stream),
                        Arrays.stream(furtherOrigins))
                .collect(Collectors.toUnmodifiableSet());
        return new SafeHttp(
                        InetAddress::getAllByName,
                        origins,
                        settings.timeout(),
                        BODY_LIMIT,
                        requestsPerMinute(instance, settings),
                        clock)
                .calling(settings.contactUrl());
    }

    /**
     * The client that fetches an instance's media: with limits of its own, and beside the instance's budget of requests,
     * so that pictures never keep a report waiting.
     *
     * @param timeout   longest time one file may take
     * @param bodyLimit largest file read, in bytes
     */
    public static SafeHttp forMedia(PlatformSettings settings, Duration timeout, int bodyLimit, Clock clock) {
        return new SafeHttp(
                InetAddress::getAllByName,
                Stream.ofNullable(settings.baseUrl()).collect(Collectors.toUnmodifiableSet()),
                timeout,
                bodyLimit,
                MEDIA_PER_MINUTE,
                clock);
    }

    private static int requestsPerMinute(String instance, PlatformSettings settings) {
        String text = settings.options().get("requests-per-minute");
        if (text == null) {
            return DEFAULT_REQUESTS_PER_MINUTE;
        }
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalStateException("The setting takedown.platforms." + instance
                    + ".options.requests-per-minute must be a number from 1 to 999999");
        }
        return Integer.parseInt(text);
    }

    /**
     * Makes one call. Every status is an answer, redirects included.
     *
     * @throws PlatformUnavailable the request certainly had no effect: refused, unknown host, TLS, connect time-out, an
     *                             address that is not public, or our own budget of requests is used up
     * @throws NoAnswer            the request may have had its effect
     */
    public Response send(Request request) {
        return send(request, false);
    }

    private Response send(Request request, boolean headersOnly) {
        String host = host(request.uri());
        spendBudget(host);
        long deadline = System.nanoTime() + timeout.toNanos();
        InetAddress[] addresses = addresses(request.uri(), host);
        // a proxy is an operator's word and may lie inside our network
        return call(request, host, proxy.map(URI::getHost).map(this::lookUp).orElse(addresses), deadline, headersOnly);
    }

    /**
     * Makes one call that has no effect at the other side, whatever becomes of it.
     *
     * @throws PlatformUnavailable there is no complete answer
     */
    public Response read(Request request) {
        try {
            return send(request);
        } catch (NoAnswer e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Makes one call that has no effect at the other side and hangs up once the headers are there: no body is read.
     *
     * @throws PlatformUnavailable there is no answer
     */
    public Response headers(Request request) {
        try {
            return send(request, true);
        } catch (NoAnswer e) {
            throw new PlatformUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static String host(URI uri) {
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw refused("Only http and https addresses are called");
        }
        if (uri.getHost() == null) {
            throw refused("The address has no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused("An address with a user name in it is not called");
        }
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private void spendBudget(String host) {
        ConsumptionProbe probe = budget.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new PlatformUnavailable(
                    "Our own budget of requests to " + host + " is used up for the moment",
                    Optional.of(clock.instant().plusNanos(probe.getNanosToWaitForRefill())));
        }
    }

    private InetAddress[] addresses(URI uri, String host) {
        InetAddress[] addresses = lookUp(host);
        if (!trusted.contains(Origin.of(uri))) {
            for (InetAddress address : addresses) {
                if (!PublicAddresses.contain(address)) {
                    throw refused(host + " does not lie on the public internet");
                }
            }
        }
        return Arrays.copyOf(addresses, Math.min(addresses.length, MOST_ADDRESSES));
    }

    private InetAddress[] lookUp(String host) {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            Future<InetAddress[]> lookup = LOOKUPS.submit(() -> resolver.resolve(name));
            InetAddress[] addresses = lookup.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (addresses.length == 0) {
                throw refused("The host " + host + " has no address");
            }
            return addresses;
        } catch (ExecutionException e) {
            throw new PlatformUnavailable("The host " + host + " is unknown", e);
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new PlatformUnavailable("The name service did not answer in time about " + host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnavailable("Interrupted before calling " + host, e);
        }
    }

    private Response call(Request request, String host, InetAddress[] addresses, long deadline, boolean headersOnly) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            throw refused("The time for calling " + host + " was over before it began");
        }
        HttpUriRequestBase message = message(request);
        SendingExecutor executor = new SendingExecutor();
        ScheduledFuture<?> alarm = WATCHDOG.schedule(message::cancel, left.toNanos(), TimeUnit.NANOSECONDS);
        try (CloseableHttpClient client = client(addresses, left, executor)) {
            return client.execute(message, answer -> {
                if (!executor.sending) {
                    // only the proxy has spoken so far, and it is not the platform
                    throw refused("The proxy does not connect to " + host + " (HTTP " + answer.getCode() + ")");
                }
                if (headersOnly) {
                    // Returning would read the rest first.
                    message.cancel();
                    throw new HeadersRead(new Response(answer.getCode(), headers(answer), new byte[0]));
                }
                return response(answer, message, host);
            });
        } catch (HeadersRead e) {
            return e.response;
        } catch (IOException | IllegalStateException e) {
            String what = host
                    + (System.nanoTime() >= deadline
                            ? " did not answer within " + timeout.toSeconds() + " s"
                            : " did not answer completely");
            if (executor.sending) {
                throw new NoAnswer(what, e, System.nanoTime() >= deadline);
            }
            throw new PlatformUnavailable(
                    "No connection to " + host
                            + proxy.map(via -> " through " + via).orElse("") + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        } finally {
            alarm.cancel(false);
        }
    }

    private CloseableHttpClient client(InetAddress[] addresses, Duration left, HttpRequestExecutor executor) {
        Timeout whole = Timeout.of(left);
        Duration perAddress = left.dividedBy(addresses.length);
        Timeout connect = Timeout.of(perAddress.compareTo(LONGEST_CONNECT) < 0 ? perAddress : LONGEST_CONNECT);
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new PinnedResolver(addresses))
                        .setTlsSocketStrategy(TLS)
                        .setConnectionFactory(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(whole)
                                .build())
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(whole).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(whole)
                        .setConnectionRequestTimeout(whole)
                        .setExpectContinueEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .setRequestExecutor(executor)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setProxy(proxy.map(SafeHttp::proxyHost).orElse(null))
                .setUserAgent(userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static HttpHost proxyHost(URI proxy) {
        return new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort());
    }

    private static HttpUriRequestBase message(Request request) {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(message::setHeader);
        if (request.body() != null) {
            message.setEntity(new ByteArrayEntity(request.body(), null));
        }
        return message;
    }

    private Response response(ClassicHttpResponse answer, HttpUriRequestBase message, String host) throws IOException {
        return new Response(answer.getCode(), headers(answer), body(answer.getEntity(), message, host));
    }

    private static Map<String, String> headers(ClassicHttpResponse answer) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : answer.getHeaders()) {
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    String.valueOf(header.getValue()),
                    (one, other) -> one + ", " + other);
        }
        return headers;
    }

    private byte[] body(@Nullable HttpEntity entity, HttpUriRequestBase message, String host) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        InputStream stream = entity.getContent();
        byte[] body = stream.readNBytes(bodyLimit + 1);
        if (body.length > bodyLimit) {
            // closing the stream would read the rest of it
            message.cancel();
            throw new NoAnswer(host + " sent an answer of more than " + bodyLimit + " bytes");
        }
        return body;
    }

    private static PlatformUnavailable refused(String message) {
        return new PlatformUnavailable(message, Optional.empty());
    }

    private static ScheduledThreadPoolExecutor watchdog() {
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, daemons("platform-deadline"));
        watchdog.setRemoveOnCancelPolicy(true);
        return watchdog;
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The name service. */
    @FunctionalInterface
    interface HostResolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Scheme, host and port: what an operator's word covers, and nothing beside it. */
    private record Origin(String scheme, String host, int port) {

        static Origin of(URI uri) {
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(scheme) ? 443 : 80;
            return new Origin(scheme, String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT), port);
        }
    }

    /** Leaves a call without the body. */
    private static final class HeadersRead extends RuntimeException {

        private final transient Response response;

        private HeadersRead(Response response) {
            super("headers read", null, false, false);
            this.response = response;
        }
    }

    /** Hands out the addresses that were checked, whatever name it is asked for. */
    private record PinnedResolver(InetAddress[] addresses) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) {
            return addresses.clone();
        }

        @Override
        public List<InetSocketAddress> resolve(String host, int port) {
            return Arrays.stream(addresses)
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Knows whether the first byte of the request may have left: the line between the two kinds of failure. */
    private static final class SendingExecutor extends HttpRequestExecutor {

        private volatile boolean sending;

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback informationCallback,
                HttpContext context)
                throws IOException, HttpException {
            // asking a proxy for a connection is not yet the request
            sending |= !CONNECT.equals(request.getMethod());
            return super.execute(request, connection, informationCallback, context);
        }
    }

    /** @param body null when there is none */
    public record Request(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {

        public Request {
            headers = Map.copyOf(headers);
            headers.forEach((name, value) -> {
                if ((name + value).chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
                    throw new IllegalArgumentException("A header holds no control characters: " + name);
                }
            });
        }

        public static Request get(URI uri, Map<String, String> headers) {
            return new Request("GET", uri, headers, null);
        }

        /** Without query, headers and body: they may hold secrets or content. */
        @Override
        public String toString() {
            return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        }
    }

    /** @param headers names in lower case; repeated ones joined with a comma */
    public record Response(int status, Map<String, String> headers, byte[] body) {

        public Response {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }

        /** SHA-256 of the body, in hex: which answer it was that decided something. */
        public String bodyHash() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }

        /**
         * When the other side says to come back: {@code Retry-After} in seconds or as an HTTP date (RFC 9110 section
         * 10.2.3). Never earlier than now, and never more than a day away, however long it says.
         */
        public Optional<Instant> retryAfter(Instant now) {
            return header("retry-after")
                    .flatMap(text -> retryAfter(text.trim(), now))
                    .map(at -> within(at, now));
        }

        private static Optional<Instant> retryAfter(String text, Instant now) {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(now.plusSeconds(Long.parseLong(text)));
            }
            try {
                return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        /** An instant at which a platform says to come back, brought into the day from now. */
        public static Instant within(Instant at, Instant now) {
            Instant latest = now.plus(LONGEST_RETRY_AFTER);
            return at.isBefore(now) ? now : at.isAfter(latest) ? latest : at;
        }

        @Override
        public String toString() {
            return "HTTP " + status + ", " + body.length + " bytes";
        }
    }
}
