package org.takedownhub.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.casefile.Category;
import org.takedownhub.casefile.ContentKey;
import org.takedownhub.platform.Content;
import org.takedownhub.platform.Packet;
import org.takedownhub.platform.portal.PortalForm.FormField;
import org.takedownhub.platform.portal.PortalForm.Overflow;
import org.takedownhub.platform.portal.PortalForm.Value;

class PortalFormTest {

    private static final CaseReference REFERENCE = new CaseReference("TH-2026-000001");

    @ParameterizedTest
    @ValueSource(strings = {"fb", "ig", "threads", "tiktok", "x", "snap", "tg", "discord", "twitch"})
    void knowsWhatThePortalOfEachPlatformAsksFor(String family) {
        PortalForm form = PortalForm.of(family).orElseThrow();

        assertThat(form.name()).isNotBlank();
        assertThat(form.address()).contains(".");
        assertThat(form.checklist()).isNotEmpty().allSatisfy(step -> assertThat(step)
                .endsWith("."));
        assertThat(form.fields()).extracting(FormField::value).contains(Value.URL, Value.CATEGORY, Value.TEXT);
        assertThat(form.fields()).allSatisfy(field -> {
            assertThat(field.name()).isNotBlank();
            assertThat(field.limit().isPresent()).isEqualTo(field.overflow().isPresent());
            if (field.value() == Value.CATEGORY) {
                assertThat(field.words().orElse(Map.of())).containsOnlyKeys(Category.values());
            } else {
                assertThat(field.limit()).isPresent();
                assertThat(field.overflow()).contains(field.value() == Value.TEXT ? Overflow.SPLIT : Overflow.REFUSE);
            }
        });
    }

    @Test
    void knowsNoPortalOfAnybodyElse() {
        assertThat(PortalForm.of("web")).isEmpty();
        assertThat(PortalForm.of("../application")).isEmpty();
    }

    @Test
    void saysWhatNobodyHasChecked() {
        Packet packet = filled("tiktok", "https://www.tiktok.com/@a/video/7300000000000000001", "Because.");

        assertThat(packet.address()).contains("not checked");
        assertThat(packet.fieldsInWords())
                .contains(
                        "Link to the video or photo post (at most 500 characters, not checked with the platform):\n"
                                + "https://www.tiktok.com/@a/video/7300000000000000001",
                        "Violence, abuse and criminal exploitation: threats",
                        "Tell us more (at most 1000 characters, not checked with the platform):\nBecause.");
        assertThat(packet.refusal()).isEmpty();
    }

    @Test
    void believesTheAddressThatAnOperatorSet() {
        Packet packet = PortalForm.of("x")
                .orElseThrow()
                .filled(
                        Optional.of("https://portal.example/police"),
                        content("https://x.com/i/status/20"),
                        Category.THREAT,
                        "Because.");

        assertThat(packet.address()).isEqualTo("https://portal.example/police");
    }

    @Test
    void splitsATextThatIsTooLongAndLosesNothing() {
        String text = "Words that matter in court. ".repeat(140).strip();

        Packet packet = filled("twitch", "https://clips.twitch.tv/SomeClip", text);

        Packet.Field field = packet.fields().get(packet.fields().size() - 1);
        assertThat(field.parts()).hasSizeGreaterThan(7).allSatisfy(part -> assertThat(part)
                .hasSizeLessThanOrEqualTo(500)
                .matches("(?s)\\([0-9]+ of " + field.parts().size() + "\\) .*"));
        assertThat(field.parts().stream()
                        .map(part -> part.replaceFirst("\\([0-9]+ of [0-9]+\\) ", ""))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(text);
        assertThat(packet.fieldsInWords())
                .contains("Description, part 2 of " + field.parts().size());
    }

    @Test
    void splitsAWordThatIsLongerThanTheFieldBetweenWholeCharacters() {
        String text = "\ud83d\udd2a".repeat(400);

        List<String> parts = PortalForm.parts(text, 101);

        assertThat(parts).allSatisfy(part -> {
            assertThat(part).hasSizeLessThanOrEqualTo(101);
            assertThat(Character.isHighSurrogate(part.charAt(part.length() - 1)))
                    .isFalse();
        });
        assertThat(parts.stream()
                        .map(part -> part.substring(part.indexOf(") ") + 2))
                        .collect(Collectors.joining()))
                .isEqualTo(text);
    }

    @Test
    void refusesAnAddressThatDoesNotFitInsteadOfCuttingIt() {
        String url = "https://www.tiktok.com/@a/video/7300000000000000001?" + "a=1&".repeat(200);

        Packet packet = filled("tiktok", url, "Because.");

        assertThat(packet.refusal()).hasValueSatisfying(why -> assertThat(why).contains("500", "Link to the video"));
        assertThat(packet.checklistInWords()).startsWith("DO NOT HAND THIS IN: ");
        assertThat(packet.fieldsInWords()).contains(url);
    }

    private static Packet filled(String family, String url, String text) {
        return PortalForm.of(family).orElseThrow().filled(Optional.empty(), content(url), Category.THREAT, text);
    }

    private static Content content(String url) {
        return new Content(REFERENCE, new ContentKey("web:url:" + url), URI.create(url), Map.of());
    }
}
