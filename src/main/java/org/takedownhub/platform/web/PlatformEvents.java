package org.takedownhub.platform.web;

import static org.takedownhub.audit.Instants.stored;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.platform.PlatformEvent;
import org.takedownhub.platform.PlatformEventListener;

/** Hands each webhook on once, however often a platform delivers it. */
@Component
class PlatformEvents {

    private static final int LONGEST_KIND = 60;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ObjectProvider<PlatformEventListener> listeners;

    PlatformEvents(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            ObjectProvider<PlatformEventListener> listeners) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.listeners = listeners;
    }

    /** Remembering the delivery and acting on it succeed or fail together, so that a failed one can be repeated. */
    void received(String instance, PlatformEvent event) {
        try {
            transaction.executeWithoutResult(status -> {
                remember(instance, event);
                listeners.orderedStream().forEach(listener -> listener.received(instance, event));
            });
        } catch (DuplicateKeyException repeated) {
            if (!known(instance, event)) {
                throw repeated;
            }
        }
    }

    private void remember(String instance, PlatformEvent event) {
        String kind = event.kind();
        jdbc.sql("insert into platform_event (event_key, platform, kind, received_at) values (?, ?, ?, ?)")
                .params(
                        key(instance, event),
                        instance,
                        kind.length() > LONGEST_KIND ? kind.substring(0, LONGEST_KIND) : kind,
                        stored(clock.instant()))
                .update();
    }

    /** A listener may stumble over a key of its own, which is a fault and not a repetition. */
    private boolean known(String instance, PlatformEvent event) {
        return jdbc.sql("select count(*) from platform_event where event_key = ?")
                        .param(key(instance, event))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static String key(String instance, PlatformEvent event) {
        try {
            byte[] text = (instance + "\n" + event.deliveryKey()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
