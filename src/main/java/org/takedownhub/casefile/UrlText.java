package org.takedownhub.casefile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The characters of an address: what is cut off, what is refused, and how {@code %xx} is written (RFC 3986 section 6.2.2). */
final class UrlText {

    private static final String UNRESERVED_MARKS = "-._~";
    private static final String WRAPPING_OPEN = "<\"'([“‘«";
    private static final String WRAPPING_CLOSE = ">\"')]”’»";
    /** Letters by their class, yet drawn as nothing: the Hangul fillers and the grapheme joiner. */
    private static final String DRAWN_AS_NOTHING = "\u115F\u1160\u3164\uFFA0\u034F";

    private UrlText() {}

    /**
     * The address without what copying left around it: white space, invisible marks, brackets and quotes.
     *
     * @throws InvalidContentUrl when what is left is empty, too long, or holds characters no address has
     */
    static String cleaned(String raw) {
        String text = unwrapped(raw);
        if (text.isEmpty()) {
            throw new InvalidContentUrl("The address is empty: send the address of the post, starting with https://");
        }
        if (text.length() > ContentIdentities.MAX_URL_LENGTH) {
            throw new InvalidContentUrl(
                    "The address has %,d characters, more than %,d: send the address of the post alone"
                            .formatted(text.length(), ContentIdentities.MAX_URL_LENGTH));
        }
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            refuseStranger(text.codePointAt(at), at + 1);
        }
        refuseBrokenEncoding(text);
        return text;
    }

    private static String unwrapped(String raw) {
        String text = raw;
        while (true) {
            String before = text;
            text = withoutBlankEnds(text);
            if (text.length() > 1
                    && WRAPPING_OPEN.indexOf(text.charAt(0)) >= 0
                    && WRAPPING_OPEN.indexOf(text.charAt(0))
                            == WRAPPING_CLOSE.indexOf(text.charAt(text.length() - 1))) {
                text = text.substring(1, text.length() - 1);
            } else if (text.endsWith(",") || text.endsWith(";")) {
                text = text.substring(0, text.length() - 1);
            }
            if (text.equals(before) || text.length() > ContentIdentities.MAX_URL_LENGTH) {
                return text;
            }
        }
    }

    private static String withoutBlankEnds(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || isInvisible(character);
    }

    private static boolean isInvisible(int codePoint) {
        return Character.getType(codePoint) == Character.FORMAT || DRAWN_AS_NOTHING.indexOf(codePoint) >= 0;
    }

    private static void refuseStranger(int codePoint, int position) {
        if (Character.isISOControl(codePoint)) {
            throw new InvalidContentUrl(
                    "The address holds a control character at position %d: remove it".formatted(position));
        }
        if (isInvisible(codePoint)) {
            throw new InvalidContentUrl(
                    "The address holds the invisible character U+%04X at position %d: remove it, or copy the address from the browser's address bar"
                            .formatted(codePoint, position));
        }
        if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
            throw new InvalidContentUrl(
                    "The address holds a space at position %d: send one address, and write a space in it as %%20"
                            .formatted(position));
        }
        if (Character.getType(codePoint) == Character.SURROGATE) {
            throw new InvalidContentUrl(
                    "The address holds half a character at position %d: copy it again".formatted(position));
        }
        if (codePoint == '\\') {
            throw new InvalidContentUrl(
                    "The address holds a backslash at position %d: programs read it differently, write / or %%5C"
                            .formatted(position));
        }
    }

    private static void refuseBrokenEncoding(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length() || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
                throw new InvalidContentUrl(
                        "The percent sign at position %d is not followed by two hexadecimal digits: write a percent sign itself as %%25"
                                .formatted(at + 1));
            }
            if (Character.isISOControl(encodedByte(text, at)) && encodedByte(text, at) < 0x80) {
                throw new InvalidContentUrl(
                        "The address holds an encoded control character at position %d: remove it".formatted(at + 1));
            }
        }
    }

    /**
     * One spelling of percent-encoding: unreserved characters plain, all others as upper-case {@code %XX} of their UTF-8
     * bytes, except those in {@code alsoPlain}, which stay as they were written.
     */
    static String normalised(String text, String alsoPlain) {
        StringBuilder result = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            if (codePoint == '%') {
                int value = encodedByte(text, at);
                if (isUnreserved(value)) {
                    result.append((char) value);
                } else {
                    appendEncoded(result, value);
                }
                at += 3;
            } else {
                if (isUnreserved(codePoint) || alsoPlain.indexOf(codePoint) >= 0) {
                    result.appendCodePoint(codePoint);
                } else {
                    for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                        appendEncoded(result, octet & 0xFF);
                    }
                }
                at += Character.charCount(codePoint);
            }
        }
        return result.toString();
    }

    /** Decoded once, as UTF-8; text that is not UTF-8 stays encoded, so that no rule mistakes it for an id. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '%') {
                octets.write(encodedByte(text, at));
                at += 2;
            } else {
                octets.write(text.charAt(at));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return text;
        }
    }

    static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static void appendEncoded(StringBuilder result, int octet) {
        result.append('%').append(String.format(Locale.ROOT, "%02X", octet));
    }

    private static int encodedByte(String text, int percent) {
        return Integer.parseInt(text, percent + 1, percent + 3, 16);
    }

    private static boolean isHex(char character) {
        return character < 0x80 && Character.digit(character, 16) >= 0;
    }

    private static boolean isUnreserved(int character) {
        return character < 0x80 && (Character.isLetterOrDigit(character) || UNRESERVED_MARKS.indexOf(character) >= 0);
    }
}
