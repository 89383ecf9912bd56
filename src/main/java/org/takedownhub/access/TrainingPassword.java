package org.takedownhub.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The one password of all training accounts: the one that was set, else a new one at every start. It is kept in memory
 * only, so there is nothing that a slow hash would protect.
 */
@Component
@Profile("training")
class TrainingPassword {

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 20;

    private final String password;
    private final boolean set;

    /** @param set the setting {@code takedown.training.password}, environment {@code TAKEDOWN_TRAINING_PASSWORD} */
    TrainingPassword(@Value("${takedown.training.password:}") String set) {
        this.set = !set.isBlank();
        this.password = this.set ? set : random();
    }

    boolean matches(String presented) {
        return MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    /** What to tell the person who has just started the program. */
    String forConsole() {
        return set ? "the one in TAKEDOWN_TRAINING_PASSWORD" : password;
    }

    @Override
    public String toString() {
        return "TrainingPassword[hidden]";
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
