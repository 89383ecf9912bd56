package org.takedownhub.pages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.Filter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.BeanIds;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/**
 * Lets a real browser see the pages of a hub that has no port of its own: it hands each request to the hub's servlets
 * and security chains. So the hub that all tests share needs no start of its own to be looked at.
 */
public final class PageServer implements AutoCloseable {

    public static final String SESSION = "JSESSIONID";

    private static final AtomicInteger VISITORS = new AtomicInteger();

    private final MockMvc hub;
    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Map<String, MockHttpSession> sessions = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    /** Each server's visitors come from an address of their own, so that nobody waits for another test's mistakes. */
    private final String visitor = "198.51.100." + VISITORS.incrementAndGet() % 250;

    public PageServer(WebApplicationContext context) throws IOException {
        // In the order of the real filters: what names files by their content stands next to the pages.
        hub = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(
                        context.getBean(BeanIds.SPRING_SECURITY_FILTER_CHAIN, Filter.class),
                        new ResourceUrlEncodingFilter())
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(thread);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    /** Every request so far, as {@code GET /path}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /**
     * Begins a session of somebody who has signed in.
     *
     * @return what the session's cookie says
     */
    public String session(String user, String... groups) {
        MockHttpSession session = new MockHttpSession();
        session.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                        user, null, AuthorityUtils.createAuthorityList(groups))));
        return id(session);
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            MockHttpSession session = session(exchange);
            MockHttpServletResponse response = perform(exchange, session, request(exchange, session));
            response.getHeaderNames().stream()
                    .filter(name -> !name.equalsIgnoreCase("Set-Cookie"))
                    .forEach(name -> response.getHeaders(name)
                            .forEach(value -> exchange.getResponseHeaders().add(name, value)));
            for (Cookie cookie : response.getCookies()) {
                exchange.getResponseHeaders().add("Set-Cookie", inFull(cookie));
            }
            if (!session.isInvalid() && session.getAttributeNames().hasMoreElements()) {
                exchange.getResponseHeaders().add("Set-Cookie", SESSION + "=" + id(session) + "; Path=/; HttpOnly");
            }
            byte[] body = response.getContentAsByteArray();
            exchange.sendResponseHeaders(response.getStatus(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private MockHttpServletRequestBuilder request(HttpExchange exchange, MockHttpSession session) throws IOException {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.request(
                        HttpMethod.valueOf(exchange.getRequestMethod()),
                        URI.create(exchange.getRequestURI().getRawPath()))
                .session(session)
                .with(asked -> {
                    asked.setRemoteAddr(visitor);
                    return asked;
                });
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            parameters(query, request);
            request.with(asked -> {
                asked.setQueryString(query);
                return asked;
            });
        }
        exchange.getRequestHeaders().forEach((name, values) -> request.header(name, values.toArray()));
        List<Cookie> cookies = cookies(exchange);
        if (!cookies.isEmpty()) {
            request.cookie(cookies.toArray(Cookie[]::new));
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            parameters(new String(body, StandardCharsets.UTF_8), request);
        } else if (body.length > 0) {
            request.content(body);
        }
        return request;
    }

    /** What a servlet container does with {@code sendError} is left to the hub's own page for errors. */
    private MockHttpServletResponse perform(
            HttpExchange exchange, MockHttpSession session, MockHttpServletRequestBuilder request) {
        MockHttpServletResponse response = perform(request);
        if (response.getStatus() < 400 || response.getContentAsByteArray().length > 0) {
            return response;
        }
        MockHttpServletResponse page = perform(MockMvcRequestBuilders.get("/error")
                .session(session)
                .header("Accept", String.valueOf(exchange.getRequestHeaders().getFirst("Accept")))
                .with(dispatched -> {
                    dispatched.setDispatcherType(jakarta.servlet.DispatcherType.ERROR);
                    dispatched.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, response.getStatus());
                    dispatched.setAttribute(
                            RequestDispatcher.ERROR_REQUEST_URI,
                            exchange.getRequestURI().getPath());
                    return dispatched;
                }));
        page.setStatus(response.getStatus());
        response.getHeaderNames().stream()
                .filter(name -> !page.containsHeader(name))
                .forEach(name -> page.addHeader(name, String.valueOf(response.getHeader(name))));
        return page;
    }

    private MockHttpServletResponse perform(MockHttpServletRequestBuilder request) {
        // Where the hub breaks, this says so with its exception.
        return MockMvcTester.create(hub).perform(request).getResponse();
    }

    private MockHttpSession session(HttpExchange exchange) {
        return cookies(exchange).stream()
                .filter(cookie -> cookie.getName().equals(SESSION))
                .map(cookie -> sessions.get(cookie.getValue()))
                .filter(known -> known != null && !known.isInvalid())
                .findFirst()
                .orElseGet(MockHttpSession::new);
    }

    private String id(MockHttpSession session) {
        return sessions.entrySet().stream()
                .filter(entry -> entry.getValue() == session)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> {
                    String id = UUID.randomUUID().toString();
                    sessions.put(id, session);
                    return id;
                });
    }

    private static List<Cookie> cookies(HttpExchange exchange) {
        List<Cookie> cookies = new ArrayList<>();
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String cookie : header.split(";\\s*")) {
                int equals = cookie.indexOf('=');
                cookies.add(new Cookie(cookie.substring(0, equals), cookie.substring(equals + 1)));
            }
        }
        return cookies;
    }

    /** A response's own header leaves attributes such as {@code SameSite} out. */
    private static String inFull(Cookie cookie) {
        StringBuilder text = new StringBuilder(cookie.getName()).append('=').append(cookie.getValue());
        cookie.getAttributes().forEach((name, value) -> {
            boolean flag = value.isEmpty() || value.equals("true");
            if (flag || !value.equals("false") && !value.startsWith("-")) {
                text.append("; ").append(name).append(flag ? "" : "=" + value);
            }
        });
        return text.toString();
    }

    private static void parameters(String encoded, MockHttpServletRequestBuilder request) {
        // A browser that was led elsewhere still names the type of a body that it does not send again.
        for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            int equals = pair.indexOf('=');
            request.param(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
