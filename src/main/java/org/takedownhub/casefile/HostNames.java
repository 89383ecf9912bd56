package org.takedownhub.casefile;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Host names as the network sees them: lower case, A-labels, no trailing dot; and names that pose as others. */
final class HostNames {

    private static final Pattern ASCII_HOST = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Pattern ENDS_AS_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
    private static final Pattern DOTTED_QUAD = Pattern.compile(
            "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}\\]");
    /** The four characters IDNA 2003 and 2008 turn into different names (UTS 46 section 2.2); the joiners are refused before. */
    private static final String DEVIATIONS = "ßς";
    /** Shorter names are common inside others: t.co.uk is nobody's look-alike. */
    private static final int SHORTEST_IMITATED_NAME = 8;

    private static final Map<Integer, Character> LOOK_ALIKES = lookAlikes(
            "аɑαᴀ", 'a', "вʙβьƅ", 'b', "сᴄϲ", 'c', "ԁđɗᴅ", 'd', "еєεᴇҽ", 'e', "ғƒ", 'f', "ɡցɢ", 'g', "һհнʜħ", 'h',
            "іıɩιɪӏ", 'i', "јᴊϳ", 'j', "кκᴋƙ", 'k', "łʟɭ", 'l', "мᴍ", 'm', "пηոɴ", 'n', "оοօøᴏσ", 'o', "рρᴘ", 'p', "ԛգ",
            'q', "гʀɾ", 'r', "ѕꜱʂ", 's', "тτᴛŧ", 't', "υսᴜʋ", 'u', "ѵνᴠ", 'v', "ԝωᴡɯ", 'w', "хχ×", 'x', "уγүʏɣ", 'y',
            "ᴢʐƶ", 'z');

    private HostNames() {}

    /**
     * The host in the one spelling used for keys.
     *
     * @throws InvalidContentUrl when it cannot be a host, or is a number written to hide an address
     */
    static String normalised(String raw) {
        if (IPV6.matcher(raw).matches()) {
            return ipv6(raw);
        }
        if (raw.indexOf('%') >= 0) {
            throw new InvalidContentUrl("The host holds percent signs: write its name plainly");
        }
        String host = UrlText.lowerCase(Normalizer.normalize(raw, Normalizer.Form.NFKC))
                .replaceAll("[。．｡]", ".");
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.chars().anyMatch(character -> DEVIATIONS.indexOf(character) >= 0)) {
            throw new InvalidContentUrl(
                    "The host holds ß or ς, which programs read differently: write the host in its xn-- form");
        }
        if (host.chars().anyMatch(character -> character > 0x7F)) {
            host = toALabels(host);
        }
        if (!ASCII_HOST.matcher(host).matches()) {
            throw new InvalidContentUrl(
                    "The host is not a valid name: copy the address from the browser's address bar");
        }
        if (ENDS_AS_NUMBER.matcher(host).matches() && !DOTTED_QUAD.matcher(host).matches()) {
            throw new InvalidContentUrl(
                    "The host is a number in disguise: write an IP address as four decimal numbers with dots");
        }
        return host;
    }

    /** The known host this one poses as, when it does: look-alike letters, or a known name followed by somebody else's. */
    static Optional<String> imitatedBy(String host, Set<String> knownHosts) {
        String shown = IDN.toUnicode(host);
        String skeleton = skeleton(shown);
        return knownHosts.stream()
                .filter(known -> looksLike(shown, skeleton, known) || leadsWith(host, known))
                .sorted()
                .findFirst();
    }

    private static boolean looksLike(String shown, String skeleton, String known) {
        return !skeleton.equals(shown) && (skeleton.equals(known) || skeleton.endsWith("." + known));
    }

    private static boolean leadsWith(String host, String known) {
        int start = ("." + host).indexOf("." + known + ".");
        return start >= 0
                && known.length() >= SHORTEST_IMITATED_NAME
                && host.indexOf('.', start + known.length() + 1) > 0;
    }

    private static String skeleton(String shown) {
        StringBuilder result = new StringBuilder();
        Normalizer.normalize(shown, Normalizer.Form.NFD)
                .codePoints()
                .filter(codePoint -> Character.getType(codePoint) != Character.NON_SPACING_MARK)
                .forEach(codePoint -> {
                    Character latin = LOOK_ALIKES.get(codePoint);
                    result.appendCodePoint(latin == null ? codePoint : latin);
                });
        return result.toString();
    }

    private static String toALabels(String host) {
        try {
            return UrlText.lowerCase(IDN.toASCII(host, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException noName) {
            throw new InvalidContentUrl("The host cannot be written as an internet name: copy it from the address bar");
        }
    }

    private static String ipv6(String bracketed) {
        try {
            String address = InetAddress.getByName(bracketed).getHostAddress();
            return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        } catch (UnknownHostException malformed) {
            throw new InvalidContentUrl("The host in square brackets is not an IPv6 address: check its digits");
        }
    }

    private static Map<Integer, Character> lookAlikes(Object... pairs) {
        Map<Integer, Character> result = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            Character latin = (Character) pairs[at + 1];
            ((String) pairs[at]).codePoints().forEach(codePoint -> result.put(codePoint, latin));
        }
        return Map.copyOf(result);
    }
}
