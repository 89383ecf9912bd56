package org.takedownhub.platform.activitypub;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Signs requests. Only the sender's half of <a href="https://www.rfc-editor.org/rfc/rfc9421">RFC 9421</a> and of
 * draft-cavage-http-signatures-12: nothing that strangers signed is read here.
 */
final class HttpSignatures {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpSignatures() {}

    /**
     * The headers that make a request a signed one, dates and digests among them. The {@code Host} header is signed as
     * the HTTP client writes it.
     *
     * @param uri  with the path in it; the port only where it is not the scheme's own
     * @param body empty when there is none
     * @param now  UTC; receivers allow an hour or less between it and their clock
     */
    static Map<String, String> sign(
            SignatureKind kind,
            SigningKey key,
            URI keyId,
            String method,
            URI uri,
            Map<String, String> headers,
            Optional<byte[]> body,
            Instant now) {
        Map<String, String> signed = new LinkedHashMap<>(headers);
        signed.put("Date", HTTP_DATE.format(now));
        if (kind == SignatureKind.CAVAGE) {
            body.ifPresent(bytes -> signed.put("Digest", "SHA-256=" + sha256(bytes)));
            List<String> names = new ArrayList<>(List.of("(request-target)", "host", "date"));
            body.ifPresent(bytes -> names.addAll(List.of("digest", "content-type")));
            signed.put(
                    "Signature",
                    "keyId=\"" + keyId + "\",algorithm=\"rsa-sha256\",headers=\"" + String.join(" ", names)
                            + "\",signature=\"" + key.sign(signingString(names, method, uri, signed)) + "\"");
            return signed;
        }
        // RFC 9530; the older Digest header means the same to nobody who reads RFC 9421
        body.ifPresent(bytes -> signed.put("Content-Digest", "sha-256=:" + sha256(bytes) + ":"));
        List<String> components = new ArrayList<>(List.of("@method", "@target-uri"));
        body.ifPresent(bytes -> components.addAll(List.of("content-digest", "content-type")));
        String parameters = parameters(
                components, ";created=" + now.getEpochSecond() + ";keyid=\"" + keyId + "\";alg=\"rsa-v1_5-sha256\"");
        signed.put("Signature-Input", "sig1=" + parameters);
        signed.put("Signature", "sig1=:" + key.sign(signatureBase(components, parameters, method, uri, signed)) + ":");
        return signed;
    }

    /** draft-cavage-http-signatures-12, section 2.3. */
    static String signingString(List<String> names, String method, URI uri, Map<String, String> headers) {
        return names.stream()
                .map(name -> name + ": "
                        + (name.equals("(request-target)")
                                ? method.toLowerCase(Locale.ROOT) + " " + pathAndQuery(uri)
                                : name.equals("host") ? authority(uri) : header(headers, name)))
                .collect(Collectors.joining("\n"));
    }

    /** RFC 9421 section 2.3: what is signed, and how. */
    static String parameters(List<String> components, String parameters) {
        return components.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" ", "(", ")"))
                + parameters;
    }

    /** RFC 9421 section 2.5. */
    static String signatureBase(
            List<String> components, String parameters, String method, URI uri, Map<String, String> headers) {
        return components.stream()
                        .map(name -> "\"" + name + "\": " + component(name, method, uri, headers) + "\n")
                        .collect(Collectors.joining())
                + "\"@signature-params\": " + parameters;
    }

    private static String component(String name, String method, URI uri, Map<String, String> headers) {
        return switch (name) {
            case "@method" -> method;
            case "@target-uri" -> uri.toString();
            case "@authority" -> authority(uri);
            case "@path" -> uri.getRawPath();
            default -> header(headers, name);
        };
    }

    private static String header(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().strip())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no header " + name + " to sign"));
    }

    /** As in the {@code Host} header. */
    static String authority(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static String pathAndQuery(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
