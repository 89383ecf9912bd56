package org.takedownhub.casefile;

import java.math.BigInteger;
import java.util.Optional;

/** Meta's short codes: an unsigned 64-bit number in base64url digits, most significant first, without padding. */
final class MediaCode {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final BigInteger RADIX = BigInteger.valueOf(DIGITS.length());
    /** Posts of private accounts carry this many characters of a secret behind the code. */
    private static final int SECRET_LENGTH = 28;

    private MediaCode() {}

    /** The number in decimal digits, or empty when the code is none: foreign characters, zero, more than 64 bits. */
    static Optional<String> number(String code) {
        String digits = code.length() > SECRET_LENGTH ? code.substring(0, code.length() - SECRET_LENGTH) : code;
        BigInteger number = BigInteger.ZERO;
        for (int at = 0; at < digits.length(); at++) {
            int digit = DIGITS.indexOf(digits.charAt(at));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        return number.signum() == 0 || number.bitLength() > Long.SIZE
                ? Optional.empty()
                : Optional.of(number.toString());
    }

    /** The shortest code of a number. */
    static String code(String number) {
        StringBuilder code = new StringBuilder();
        for (BigInteger rest = new BigInteger(number); rest.signum() > 0; rest = rest.divide(RADIX)) {
            code.append(DIGITS.charAt(rest.mod(RADIX).intValue()));
        }
        return code.reverse().toString();
    }
}
