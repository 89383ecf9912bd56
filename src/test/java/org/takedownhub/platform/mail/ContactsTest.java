package org.takedownhub.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.StoreContext;
import org.takedownhub.clock.MutableClock;
import org.takedownhub.platform.PlatformUnavailable;

class ContactsTest {

    private static final MutableClock CLOCK = MutableClock.at("2026-11-22T10:00:00Z");
    private static StoreContext store;

    @TempDir
    Path folder;

    private RdapStub rdap;
    private MailHub hub;

    @BeforeAll
    static void open() {
        store = StoreContext.builder(CLOCK).start();
    }

    @AfterAll
    static void shut() {
        store.close();
    }

    @BeforeEach
    void start() {
        store.jdbc().sql("delete from rdap_answer").update();
        rdap = new RdapStub();
        hub = new MailHub(store, CLOCK, folder)
                .option("rdap-bootstrap-url", rdap.bootstrapUrl().toString())
                .names(host -> List.of(address("198.51.100.7")));
    }

    @AfterEach
    void stop() {
        List<String> breaches = rdap.breaches();
        rdap.close();
        assertThat(breaches).isEmpty();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> found(String host) {
        return hub.contacts().of(host).stream()
                .map(contact -> contact.scope() + " " + contact.address())
                .toList();
    }

    @Test
    void findsEveryContactWithItsScopeInTheOrderOfTheSettings() {
        rdap.json(
                "/rdap/domain/forum.example",
                RdapStub.domainObject(
                        "forum.example",
                        RdapStub.entity("registrar", "", RdapStub.entity("abuse", "abuse@registrar.example")),
                        RdapStub.entity("abuse", "trust@forum.example")));
        rdap.network("198.51.100.7", "noc@network.example");
        assertThat(found("www.forum.example"))
                .containsExactly(
                        "OPERATOR trust@forum.example",
                        "NETWORK noc@network.example",
                        "REGISTRAR abuse@registrar.example",
                        "ROLE_ADDRESS abuse@forum.example");
        hub.option("contact-order", "registrar,network");
        assertThat(found("www.forum.example"))
                .containsExactly("REGISTRAR abuse@registrar.example", "NETWORK noc@network.example");
    }

    @Test
    void findsARoleFourEntitiesDeep() {
        rdap.json(
                "/rdap/domain/deep.example",
                RdapStub.domainObject(
                        "deep.example",
                        RdapStub.entity(
                                "registrar",
                                "",
                                RdapStub.entity(
                                        "technical",
                                        "",
                                        RdapStub.entity("noc", "", RdapStub.entity("abuse", "a@b.example"))))));
        assertThat(found("deep.example")).contains("REGISTRAR a@b.example");
    }

    @Test
    void askAboutTheRegistrableDomainAndNotAboutAHostingCustomer() {
        rdap.domain("police.example", "a@b.example");
        found("very.deep.police.example");
        assertThat(rdap.calls()).contains("/rdap/domain/police.example");
        assertThat(found("someone.co.uk")).contains("ROLE_ADDRESS abuse@someone.co.uk");
        assertThat(found("gang.github.io")).contains("ROLE_ADDRESS abuse@github.io");
    }

    @Test
    void followsAThinRegistryToTheRegistrarOnceAndNoFurther() {
        String related = "\"links\":[{\"rel\":\"related\",\"type\":\"application/rdap+json\",\"href\":\"";
        rdap.json(
                "/rdap/domain/thin.example",
                "{\"objectClassName\":\"domain\"," + related + rdap.base() + "domain/thin.test\"}]}");
        rdap.json(
                "/rdap/domain/thin.test",
                "{\"objectClassName\":\"domain\",\"entities\":["
                        + RdapStub.entity("registrar", "", RdapStub.entity("abuse", "abuse@registrar.example")) + "],"
                        + related + rdap.base() + "domain/thin.example\"}]}");
        assertThat(found("thin.example")).contains("REGISTRAR abuse@registrar.example");
        assertThat(rdap.calls().stream().filter(call -> call.contains("thin"))).hasSize(2);
    }

    @Test
    void asksWhoAnnouncesANetworkThatNamesNobody() {
        rdap.json(
                "/rdap/ip/198.51.100.7",
                "{\"objectClassName\":\"ip network\",\"arin_originas0_originautnums\":[64500]}");
        rdap.json(
                "/rdap/autnum/64500",
                "{\"objectClassName\":\"autnum\",\"entities\":[" + RdapStub.entity("abuse", "as@network.example")
                        + "]}");
        assertThat(found("forum.example")).contains("NETWORK as@network.example");
    }

    @Test
    void knowsIpv6AndAddressesWithoutAName() {
        rdap.network("2001:db8:0:0:0:0:0:7", "six@network.example");
        hub.names(host -> List.of(address("2001:db8::7")));
        assertThat(found("[2001:db8::7]")).containsExactly("NETWORK six@network.example");
    }

    @Test
    void keepsAnswersForADayWithTheHashOfWhatCame() {
        rdap.domain("kept.example", "abuse@registrar.example");
        found("kept.example");
        int calls = rdap.calls().size();
        Instant asked = CLOCK.instant();
        CLOCK.advance(Duration.ofHours(23));
        assertThat(found("kept.example")).contains("REGISTRAR abuse@registrar.example");
        assertThat(rdap.calls()).hasSize(calls);
        CLOCK.advance(Duration.ofHours(2));
        found("kept.example");
        assertThat(rdap.calls()).hasSizeGreaterThan(calls);
        assertThat(hub.contacts().of("kept.example").get(0).answerHash().orElseThrow())
                .hasSize(64);
        assertThat(store.jdbc()
                        .sql("select count(*) from rdap_answer where query like '%kept.example'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(CLOCK.instant()).isAfter(asked);
    }

    @Test
    void fallsBackToTheRoleAddressWhereNobodyIsPublished() {
        assertThat(found("www.nobody.example")).containsExactly("ROLE_ADDRESS abuse@nobody.example");
    }

    @Test
    void guessesNoAddressWhileARegistryIsBusy() {
        rdap.answer("/rdap/domain/busy.example", 429, "{}", "Retry-After", "120");
        assertThatThrownBy(() -> found("busy.example"))
                .isInstanceOfSatisfying(PlatformUnavailable.class, unavailable -> assertThat(unavailable.retryAt())
                        .contains(CLOCK.instant().plusSeconds(120)));
    }

    @Test
    void takesWhatOneSourceSaysWhenTheOtherIsBroken() {
        rdap.answer("/rdap/domain/half.example", 500, "oops");
        rdap.network("198.51.100.7", "noc@network.example");
        assertThat(found("half.example")).startsWith("NETWORK noc@network.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abuse@registrar.example\\r\\nBcc: everybody@victim.example",
                "abuse@registrar.example\\nRCPT TO:<x@y.example>",
                "abuse@registrar.example, second@victim.example",
                "<abuse@registrar.example>",
                "\\\"a b\\\"@registrar.example",
                "abuse@[127.0.0.1]",
                "abuse@localhost",
                "abuse@10.0.0.1",
                "@registrar.example",
                "abuse",
                "",
                "duty@hub.police.test",
                "duty@sub.hub.police.test",
                "duty@other.police.test",
                "abuse@@registrar.example",
                "ab\\u0000use@registrar.example",
                "аbuse@registrar.example",
                "abuse@registrar.example%0aBcc:x@y.example"
            })
    void writesToNoHostileAddressAndNeverToOurselves(String hostile) {
        rdap.domain("hostile.example", hostile);
        assertThat(found("hostile.example")).containsExactly("ROLE_ADDRESS abuse@hostile.example");
    }

    @Test
    void readsNoFurtherThanAnHonestAnswerGoes() {
        String nested = RdapStub.entity("abuse", "deep@b.example");
        for (int depth = 0; depth < 100; depth++) {
            nested = RdapStub.entity("technical", "", nested);
        }
        StringBuilder many = new StringBuilder(RdapStub.entity("abuse", "first@b.example"));
        for (int number = 0; number < 2000; number++) {
            many.append(',')
                    .append("{\"roles\":[\"abuse\"],\"vcardArray\":[\"vcard\",[[\"email\",{},\"text\",\"n")
                    .append(number)
                    .append("@b.example\"]]]}");
        }
        rdap.json("/rdap/domain/loops.example", RdapStub.domainObject("loops.example", nested));
        rdap.json("/rdap/domain/many.example", RdapStub.domainObject("many.example", many.toString()));
        assertThat(found("loops.example")).containsExactly("ROLE_ADDRESS abuse@loops.example");
        assertThat(found("many.example")).startsWith("OPERATOR first@b.example").hasSizeLessThan(30);
    }

    @Test
    void endsARedirectThatGoesInACircle() {
        rdap.answer("/rdap/domain/circle.example", 302, "", "Location", rdap.base() + "domain/circle.example");
        assertThatThrownBy(() -> found("circle.example"))
                .isInstanceOf(PlatformUnavailable.class)
                .hasMessageContaining("circle");
        assertThat(rdap.calls().stream().filter(call -> call.contains("circle")))
                .hasSize(4);
    }

    @Test
    void followsAnHonestRedirect() {
        rdap.answer("/rdap/domain/moved.example", 301, "", "Location", "/elsewhere/moved.example");
        rdap.json(
                "/elsewhere/moved.example",
                RdapStub.domainObject("moved.example", RdapStub.entity("abuse", "a@b.example")));
        assertThat(found("moved.example")).contains("OPERATOR a@b.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:1/inside",
                "https://169.254.169.254/latest/meta-data/",
                "http://rdap.example/unprotected",
                "file:///etc/passwd",
                "https://user:pw@rdap.example/",
                "gopher:x"
            })
    void isLedNowhereByARedirect(String target) {
        rdap.answer("/rdap/domain/led.example", 302, "", "Location", target);
        assertThatThrownBy(() -> found("led.example")).isInstanceOf(PlatformUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"objectClassName\":", "[]", "{}", "\"domain\"", "{} {}", ""})
    void takesNothingForAnAnswerThatIsNone(String body) {
        rdap.json("/rdap/domain/broken.example", body);
        assertThatThrownBy(() -> found("broken.example")).isInstanceOf(PlatformUnavailable.class);
    }

    @Test
    void readsNoTenMegabytes() {
        rdap.json(
                "/rdap/domain/large.example",
                "{\"objectClassName\":\"domain\",\"x\":\"" + "x".repeat(10_000_000) + "\"}");
        assertThatThrownBy(() -> found("large.example")).isInstanceOf(PlatformUnavailable.class);
    }

    @Test
    void prefersTheContactThatAnOperatorKnows() {
        rdap.domain("known.example", "abuse@registrar.example");
        hub.option("contacts", "www.known.example=police-desk@known.example");
        assertThat(found("www.known.example")).startsWith("OPERATOR police-desk@known.example");
    }

    @Test
    void worksWithTheShippedBootstrapFilesUntilNewOnesCome() {
        hub.option("rdap-bootstrap-url", "http://localhost:9/bootstrap/").names(host -> List.of());
        // .zz is in no file: no server is asked, and the role address remains
        assertThat(found("forum.zz")).containsExactly("ROLE_ADDRESS abuse@forum.zz");
        assertThat(found("forum.io")).containsExactly("ROLE_ADDRESS abuse@forum.io");
    }
}
