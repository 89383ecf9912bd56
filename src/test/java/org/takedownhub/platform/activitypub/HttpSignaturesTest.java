package org.takedownhub.platform.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The published examples of both standards, and what their receivers ask for. */
class HttpSignaturesTest {

    private static final URI KEY_ID = URI.create("https://hub.example/ap/actors/referrals#main-key");
    private static final URI INBOX = URI.create("https://social.example:8443/inbox?x=1");
    private static final Instant NOW = Instant.parse("2026-11-22T09:05:07Z");
    private static final byte[] HELLO = "{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8);

    /** draft-cavage-http-signatures-12, appendix C. */
    private static final URI OF_THE_DRAFT = URI.create("https://example.com/foo?param=value&pet=dog");

    private static final Map<String, String> HEADERS_OF_THE_DRAFT = Map.of(
            "Host", "example.com",
            "Date", "Sun, 05 Jan 2014 21:31:40 GMT",
            "Content-Type", "application/json",
            "Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
            "Content-Length", "18");

    private static final SigningKey KEY_OF_THE_DRAFT = key("cavage-appendix-c.pem");

    @Test
    void signsTheBasicExampleOfTheDraft() {
        assertThat(signedAsInTheDraft("(request-target)", "host", "date"))
                .isEqualTo("qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3"
                        + "HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=");
    }

    @Test
    void signsTheExampleOfTheDraftWithAllHeaders() {
        assertThat(signedAsInTheDraft("(request-target)", "host", "date", "content-type", "digest", "content-length"))
                .isEqualTo("vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52"
                        + "LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=");
    }

    private static String signedAsInTheDraft(String... names) {
        return KEY_OF_THE_DRAFT.sign(
                HttpSignatures.signingString(List.of(names), "POST", OF_THE_DRAFT, HEADERS_OF_THE_DRAFT));
    }

    @Test
    void digestsTheExampleOfTheDraftAndOfRfc9530() {
        assertThat(HttpSignatures.sha256(HELLO)).isEqualTo("X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=");
    }

    /** RFC 9421 section 4.3, the one published example of rsa-v1_5-sha256: PKCS #1 leaves one signature only. */
    @Test
    void signsTheProxysExampleOfRfc9421() {
        String base =
                "\"signature\";key=\"sig1\": :LAH8BjcfcOcLojiuOBFWn0P5keD3xAOuJRGziCLuD8r5MW9S0RoXXLzLSRfGY/3SF8kVI"
                        + "kHjE13SEFdTo4Af/fJ/Pu9wheqoLVdwXyY/UkBIS1M8Brc8IODsn5DFIrG0IrburbLi0uCc+E2ZIIb6HbUJ+o+jP58JelMTe0QE3"
                        + "IpWINTEzpxjqDf5/Df+InHCAkQCTuKsamjWXUpyOT1Wkxi7YPVNOjW4MfNuTZ9HdbD2Tr65+BXeTG9ZS/9SWuXAc+BZ8WyPz0QRz"
                        + "//ec3uWXd7bYYODSjRAxHqX+S1ag3LZElYyUKaAIjZ8MGOt4gXEwCSLDv/zqxZeWLj/PDkn6w==:\n"
                        + "\"forwarded\": for=192.0.2.123\n"
                        + "\"@signature-params\": (\"signature\";key=\"sig1\" \"forwarded\");created=1618884480"
                        + ";expires=1618884540;keyid=\"test-key-rsa\";alg=\"rsa-v1_5-sha256\"";

        assertThat(key("rfc9421-test-key-rsa.pem").sign(base))
                .isEqualTo("G1WLTL4/9PGSKEQbSAMypZNk+I2dpLJ6qvl2JISahlP31OO/QEUd8/HdO2O7vYLi5k3JIiAK3UPK4U+kvJZyIUid"
                        + "siXlzRI+Y2se3SGo0D8dLfhG95bKr6ukYXl60QHpsGRTfSiwdtvYKXGpKNrMlISJYd+oGrGRyI9gbCy0aFhc6I/okIMLeK4g"
                        + "9PgzpC3YTwhUQ98KIBNLWHgREfBgJxjPbxFlsgJ9ykPviLj8GKJ81HwsK3XM9P7WaS7fMGOt8h1kSqgkZQB9YqiIo+WhHvJa"
                        + "7iPy8QrYFKzx9BBEY6AwfStZAsXXz3LobZseyxsYcLJLs8rY0wVA9NPsxKrHGA==");
    }

    /** RFC 9421 appendix B.2.6: our base fits the published signature, which another key made. */
    @Test
    void buildsTheBaseOfAppendixB() throws GeneralSecurityException {
        List<String> components = List.of("date", "@method", "@path", "@authority", "content-type", "content-length");
        String parameters = HttpSignatures.parameters(components, ";created=1618884473;keyid=\"test-key-ed25519\"");
        String base = HttpSignatures.signatureBase(
                components,
                parameters,
                "POST",
                URI.create("https://example.com/foo?param=Value&Pet=dog"),
                Map.of(
                        "Date", "Tue, 20 Apr 2021 02:07:55 GMT",
                        "Content-Type", "application/json",
                        "Content-Length", "18"));

        Signature published = Signature.getInstance("Ed25519");
        published.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(
                        Base64.getDecoder().decode("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="))));
        published.update(base.getBytes(StandardCharsets.UTF_8));
        assertThat(
                        published.verify(
                                Base64.getDecoder()
                                        .decode(
                                                "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==")))
                .isTrue();
    }

    @Test
    void coversWhatMastodonAsksForInTheOldKind() {
        Map<String, String> signed = sign(SignatureKind.CAVAGE, "POST", Optional.of(HELLO));

        assertThat(signed)
                .containsEntry("Date", "Sun, 22 Nov 2026 09:05:07 GMT")
                .containsEntry("Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=")
                .doesNotContainKey("Signature-Input");
        assertThat(signed.get("Signature"))
                .startsWith("keyId=\"" + KEY_ID + "\",algorithm=\"rsa-sha256\","
                        + "headers=\"(request-target) host date digest content-type\",signature=\"");
    }

    @Test
    void coversWhatMastodonAsksForInTheNewKind() {
        Map<String, String> signed = sign(SignatureKind.RFC9421, "POST", Optional.of(HELLO));

        assertThat(signed)
                .containsEntry("Content-Digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
                .containsEntry(
                        "Signature-Input",
                        "sig1=(\"@method\" \"@target-uri\" \"content-digest\" \"content-type\");created=1795338307"
                                + ";keyid=\"" + KEY_ID + "\";alg=\"rsa-v1_5-sha256\"");
        assertThat(signed.get("Signature")).matches("sig1=:[A-Za-z0-9+/=]+:");
    }

    @Test
    void signsNoDigestWhereThereIsNoBody() {
        assertThat(sign(SignatureKind.CAVAGE, "GET", Optional.empty()).get("Signature"))
                .contains("headers=\"(request-target) host date\"");
        assertThat(sign(SignatureKind.RFC9421, "GET", Optional.empty()).get("Signature-Input"))
                .startsWith("sig1=(\"@method\" \"@target-uri\");");
    }

    private static Map<String, String> sign(SignatureKind kind, String method, Optional<byte[]> body) {
        return HttpSignatures.sign(
                kind, KEY_OF_THE_DRAFT, KEY_ID, method, INBOX, Map.of("Content-Type", Actor.ACTIVITY_JSON), body, NOW);
    }

    static SigningKey key(String name) {
        return SigningKey.ofPem(pem(name)).orElseThrow();
    }

    static String pem(String name) {
        try (InputStream file = HttpSignaturesTest.class.getResourceAsStream("/activitypub/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
