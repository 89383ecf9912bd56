package org.takedownhub.training;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletRegistration;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.Container;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A small social network on a port of its own, on the loopback address, that answers the Mastodon API. It shares
 * nothing with the hub but the Java machine: own web server, own dispatcher, own database file, so none of the hub's
 * filters, converters or controllers reach it. From a test:
 *
 * <pre>{@code
 * try (TrainingPlatform platform = TrainingPlatform.start(TrainingSettings.onFreePort(directory, hubUrl), clock)) {
 *     platform.baseUri(); platform.token(); platform.webhookSecret();
 * }
 * }</pre>
 *
 * <p>Stopping and starting it again, also as another object on the same data directory, keeps posts, reports, secrets
 * and everything that is still to happen.
 */
public final class TrainingPlatform implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingPlatform.class);

    /** Before the engine's workers and before the hub takes its first request; stopped after both. */
    private static final int PHASE = Integer.MIN_VALUE + 100;

    private static final int LARGEST_REQUEST = 64 * 1024;

    private final TrainingSettings settings;
    private final Clock clock;
    private final MastodonApi.Tokens tokens;
    private final String webhookSecret;
    private @Nullable Running running;

    /** What there is between a start and a stop. */
    private record Running(
            WebServer server, Addresses addresses, TrainingStore store, Webhooks webhooks, CountDownLatch stopping) {}

    /**
     * A platform that does not run yet; its secrets are in force at once.
     *
     * @throws java.io.UncheckedIOException when the data directory cannot be written
     */
    public TrainingPlatform(TrainingSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        tokens = new MastodonApi.Tokens(
                SecretFile.inForce(settings.dataDirectory().resolve(TrainingSettings.TOKEN_FILE), settings.token()),
                SecretFile.inForce(settings.dataDirectory().resolve("training-read-only-token"), ""));
        webhookSecret = SecretFile.inForce(
                settings.dataDirectory().resolve(TrainingSettings.WEBHOOK_SECRET_FILE), settings.webhookSecret());
    }

    /** A platform that runs; closing it stops it. */
    public static TrainingPlatform start(TrainingSettings settings, Clock clock) {
        TrainingPlatform platform = new TrainingPlatform(settings, clock);
        platform.start();
        return platform;
    }

    /** Where it is, such as {@code http://localhost:8090}. */
    public URI baseUri() {
        return URI.create(running().addresses().base());
    }

    /** The access token of the hub's account here: may search, look up and report. */
    public String token() {
        return tokens.full();
    }

    /** An access token that lacks the scope to report. */
    public String readOnlyToken() {
        return tokens.readOnly();
    }

    /** The key of the HMAC-SHA256 in the header {@code X-Hub-Signature} of its webhooks. */
    public String webhookSecret() {
        return webhookSecret;
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        CountDownLatch stopping = new CountDownLatch(1);
        TrainingStore store = new TrainingStore(settings.dataDirectory(), clock);
        WebServer server = null;
        try {
            Late late = new Late();
            server = server(late);
            server.start();
            Addresses addresses = new Addresses(server.getPort());
            MastodonJson entities = new MastodonJson(addresses, store);
            RateLimits limits = new RateLimits(settings, store, clock);
            Scenes scenes = new Scenes(store, addresses, clock);
            RouterFunction<ServerResponse> routes = new MastodonApi(
                            tokens, store, entities, addresses, limits, clock, stopping)
                    .routes()
                    .and(scenes.routes())
                    .and(new Pages(store, entities, addresses, clock, scenes).routes())
                    .filter((request, next) -> guarded(addresses, request, next));
            late.open(routes);
            Webhooks webhooks = new Webhooks(store, entities, clock, webhookSecret, settings);
            running = new Running(server, addresses, store, webhooks, stopping);
        } finally {
            if (running == null) {
                if (server != null) {
                    server.stop();
                }
                store.close();
            }
        }
        LOG.info("Training platform at {}", baseUri());
    }

    /** The routes are known only once the port is: who calls in between waits for the fraction of a second. */
    private static final class Late implements RouterFunction<ServerResponse> {

        private final CountDownLatch opened = new CountDownLatch(1);
        private volatile @Nullable RouterFunction<ServerResponse> routes;

        void open(RouterFunction<ServerResponse> all) {
            routes = all;
            opened.countDown();
        }

        @Override
        public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
            try {
                opened.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            RouterFunction<ServerResponse> all = routes;
            return all == null ? Optional.empty() : all.route(request);
        }
    }

    private WebServer server(RouterFunction<ServerResponse> routes) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(InetAddress.getLoopbackAddress());
        factory.setRegisterDefaultServlet(false);
        factory.addConnectorCustomizers(connector -> connector.setMaxPostSize(LARGEST_REQUEST));
        factory.addContextCustomizers(context -> {
            ErrorReportValve quiet = new ErrorReportValve();
            quiet.setShowReport(false);
            quiet.setShowServerInfo(false);
            Container host = context.getParent();
            host.getPipeline().addValve(quiet);
        });
        GenericWebApplicationContext context = new GenericWebApplicationContext();
        context.setDisplayName("training platform");
        context.registerBean("routes", RouterFunction.class, () -> routes);
        return factory.getWebServer(servletContext -> {
            context.setServletContext(servletContext);
            ServletRegistration.Dynamic dispatcher =
                    servletContext.addServlet("training", new DispatcherServlet(context));
            dispatcher.addMapping("/");
            dispatcher.setLoadOnStartup(1);
            // Lets the container read a report sent as multipart/form-data, as the real platform does.
            dispatcher.setMultipartConfig(
                    new MultipartConfigElement("", LARGEST_REQUEST, LARGEST_REQUEST, LARGEST_REQUEST));
        });
    }

    /**
     * Nobody signs in to set a scene, so a page elsewhere must not be able to do it through a trainee's browser: the
     * call must name this host (no rebound name) and must not come from another origin.
     */
    private static ServerResponse guarded(
            Addresses addresses, ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        try {
            List<String> host = request.headers().header(HttpHeaders.HOST);
            if (host.size() != 1 || !addresses.isOurs(host.get(0))) {
                throw Refusal.of(421, "This server answers as " + addresses.domain() + " only");
            }
            String origin = request.headers().firstHeader(HttpHeaders.ORIGIN);
            boolean changes = !HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method());
            if (changes && origin != null && !addresses.isOurOrigin(origin)) {
                throw Refusal.of(403, "Calls from pages of another origin are refused");
            }
            return next.handle(request);
        } catch (Refusal refusal) {
            return Answers.refusal(request, refusal);
        }
    }

    @Override
    public synchronized void stop() {
        Running stopped = running;
        if (stopped == null) {
            return;
        }
        running = null;
        stopped.stopping().countDown();
        stopped.webhooks().close();
        stopped.server().stop();
        stopped.server().destroy();
        stopped.store().close();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private synchronized Running running() {
        if (running == null) {
            throw new IllegalStateException("The training platform does not run; start it first");
        }
        return running;
    }
}
