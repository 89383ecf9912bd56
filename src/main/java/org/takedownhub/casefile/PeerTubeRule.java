package org.takedownhub.casefile;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PeerTube on any host: a video keeps its UUID on every instance that shows it, and the short form is the same number in
 * Flickr's base 58. Whether the host really is such an instance only the host can tell, so the key is weak.
 */
final class PeerTubeRule implements PlatformRule {

    private static final String DIGITS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final Pattern UUID_PATH = Pattern.compile(
            "/(?:videos/watch|videos/embed|api/v1/videos|w)/([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})");
    private static final Pattern SHORT_PATH =
            Pattern.compile("/(?:videos/watch|videos/embed|api/v1/videos|w)/([" + DIGITS + "]{22})");

    @Override
    public Set<String> hosts() {
        return Set.of();
    }

    @Override
    public Optional<ContentIdentity> identify(WebAddress address) {
        return uuid(address.shape())
                .flatMap(uuid -> PlatformRule.weak(
                        ContentKey.of("pt", "video", uuid),
                        address.scheme() + "://" + address.authority() + "/videos/watch/" + uuid,
                        null));
    }

    private static Optional<String> uuid(String shape) {
        Matcher written = UUID_PATH.matcher(shape);
        if (written.matches()) {
            return Optional.of(UrlText.lowerCase(written.group(1)));
        }
        Matcher shortened = SHORT_PATH.matcher(shape);
        return shortened.matches() ? expanded(shortened.group(1)) : Optional.empty();
    }

    private static Optional<String> expanded(String code) {
        BigInteger number = BigInteger.ZERO;
        for (int at = 0; at < code.length(); at++) {
            number = number.multiply(BigInteger.valueOf(DIGITS.length()))
                    .add(BigInteger.valueOf(DIGITS.indexOf(code.charAt(at))));
        }
        return number.bitLength() > 2 * Long.SIZE
                ? Optional.empty()
                : Optional.of(new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue()).toString());
    }
}
