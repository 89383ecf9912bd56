package org.takedownhub.platform.mail;

import java.util.Optional;

/**
 * Where abuse may be reported.
 *
 * @param address    checked by {@link MailAddresses}
 * @param source     who says so: the address of an RDAP answer, or a setting
 * @param answerHash SHA-256 in hex of that answer
 */
record Contact(String address, Scope scope, String source, Optional<String> answerHash) {}
