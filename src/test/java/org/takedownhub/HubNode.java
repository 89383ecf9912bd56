package org.takedownhub;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.takedownhub.platform.FakePlatformConfiguration;
import org.takedownhub.process.TakedownScenario;

/**
 * The whole hub with a fake platform, started by hand: for tests that need several nodes on one database, and for
 * measuring. Each is an engine of its own name, so that closing one takes nothing from the others of this JVM.
 */
public final class HubNode implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private HubNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings more settings, and other values for those below */
    public static HubNode start(String name, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "server.port", "0",
                "camunda.bpm.process-engine-name", name,
                "takedown.workers.node", name,
                "takedown.training.port", "0",
                "takedown.training.data-directory", "target/" + name,
                "takedown.training.password", "node-password-1",
                "takedown.deconfliction.ask-all", "false",
                "takedown.platforms.fake.kind", "fake",
                "takedown.platforms.fake.hosts", "fake.example"));
        all.putAll(settings);
        return new HubNode(
                new SpringApplicationBuilder(TakedownHub.class, FakePlatformConfiguration.class, TakedownScenario.class)
                        .profiles("training")
                        .bannerMode(Banner.Mode.OFF)
                        .initializers(starting -> {
                            starting.getEnvironment().getPropertySources().addFirst(new MapPropertySource(name, all));
                            starting.getBeanFactory().registerSingleton("leaveTestsOut", new LeaveTestsOut());
                        })
                        .run());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    /** The configurations of other tests lie on the class path too, and are none of the hub's. */
    private static final class LeaveTestsOut extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) throws IOException {
            return type.getResource().getURL().getPath().contains("/test-classes/");
        }
    }
}
