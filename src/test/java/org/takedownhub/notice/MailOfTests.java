package org.takedownhub.notice;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.TestConfiguration;
import org.takedownhub.StoreContext;
import org.takedownhub.platform.Bulkheads;
import org.takedownhub.platform.FakePlatforms;
import org.takedownhub.platform.Node;
import org.takedownhub.platform.PlatformsSettings;

/** Lets a test of another room write letters and have them mailed. */
public final class MailOfTests {

    private MailOfTests() {}

    /** A hub that writes letters as {@code hub@police.example}; it mails them when given a mail server. */
    public static StoreContext.Builder with(StoreContext.Builder hub) {
        return hub.property("takedown.workers.node", "one")
                .property("takedown.mail.from", "hub@police.example")
                .with(PlatformsSettings.class, FakePlatforms.of().settings())
                .with(Settings.class, Node.class, Bulkheads.class, Letters.class, Post.class);
    }

    /** One round of the post. Does not wait for the mail server. */
    public static void post(StoreContext hub) {
        hub.bean(Post.class).run();
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MailSettings.class)
    static class Settings {}
}
