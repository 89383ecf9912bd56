package org.takedownhub;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration;
import org.camunda.bpm.spring.boot.starter.webapp.CamundaBpmWebappAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.takedownhub.api.SecurityProblems;
import org.takedownhub.audit.Actor;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.evidence.EvidenceStore;
import org.takedownhub.platform.Platform;
import org.takedownhub.platform.PlatformFactory;
import org.takedownhub.platform.PlatformSettings;
import org.takedownhub.platform.Platforms;
import org.takedownhub.process.Takedowns;
import org.takedownhub.process.Transactions;

/** The hub's web front over its real tables, with a process that only counts its starts. */
@EnableAutoConfiguration(
        exclude = {
            CamundaBpmAutoConfiguration.class,
            CamundaBpmWebappAutoConfiguration.class,
            CamundaBpmRestJerseyAutoConfiguration.class
        })
@ComponentScan(
        basePackages = {
            "org.takedownhub.api",
            "org.takedownhub.audit",
            "org.takedownhub.cases",
            "org.takedownhub.evidence.web",
            "org.takedownhub.flagging"
        })
@ConfigurationPropertiesScan(
        basePackages = {"org.takedownhub.api", "org.takedownhub.cases", "org.takedownhub.platform"})
@Import({EvidenceStore.class, Platforms.class, Transactions.class, HubSlice.Probe.class})
public class HubSlice {

    @Bean
    MovableClock clock() {
        return new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    }

    @Bean
    Actor actor() {
        return new Actor() {
            @Override
            public String current() {
                Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
                return signedIn == null ? SYSTEM : signedIn.getName();
            }

            @Override
            public Set<String> groups() {
                Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
                return signedIn == null ? Set.of() : AuthorityUtils.authorityListToSet(signedIn.getAuthorities());
            }
        };
    }

    @Bean
    Starts starts() {
        return new Starts();
    }

    @Bean
    Takedowns takedowns(Starts starts) {
        Takedowns takedowns = mock(Takedowns.class);
        when(takedowns.start(org.mockito.ArgumentMatchers.any(), org.mockito.ArgumentMatchers.any()))
                .thenAnswer(call -> starts.add(call.getArgument(0), call.getArgument(1)));
        return takedowns;
    }

    /** What the engine was asked to start. Mockito keeps arguments as well, but not in a form to ask by case. */
    public static final class Starts {

        public record Started(CaseReference reference, Map<String, Object> variables) {}

        private final List<Started> all = new CopyOnWriteArrayList<>();

        private String add(CaseReference reference, Map<String, Object> variables) {
            all.add(new Started(reference, variables));
            return "takedown:1";
        }

        public List<Started> of(String reference) {
            return all.stream()
                    .filter(started -> started.reference().value().equals(reference))
                    .toList();
        }
    }

    @Bean
    PlatformFactory portals() {
        return new PlatformFactory() {
            @Override
            public String kind() {
                return Platforms.PORTAL;
            }

            @Override
            public Platform create(String instance, PlatformSettings settings) {
                Platform platform = mock(Platform.class);
                when(platform.instance()).thenReturn(instance);
                return platform;
            }
        };
    }

    @Bean
    SecurityFilterChain signIn(HttpSecurity http, SecurityProblems problems) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                jakarta.servlet.DispatcherType.ERROR, jakarta.servlet.DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/api/v1/probe/forbidden", "/api/v1/nowhere/**")
                        .denyAll()
                        .requestMatchers(HttpMethod.PUT)
                        .denyAll()
                        .requestMatchers("/assets/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(Customizer.withDefaults())
                .build();
    }

    @Bean
    UserDetailsService people() {
        return new InMemoryUserDetailsManager(
                User.withUsername("caseworker1").password("{noop}secret").build(),
                User.withUsername("caseworker2").password("{noop}secret").build(),
                User.withUsername("covert1")
                        .password("{noop}secret")
                        .authorities(CaseVisibility.COVERT_OFFICERS)
                        .build());
    }

    @Bean
    Http http(Environment environment) {
        return new Http(environment);
    }

    /** A call that counts, waits and breaks on demand. */
    @RestController
    public static class Probe {

        public final AtomicInteger calls = new AtomicInteger();
        public volatile CountDownLatch entered = new CountDownLatch(0);
        public volatile CountDownLatch mayAnswer = new CountDownLatch(0);

        public record Body(String word) {}

        public record Counted(int call, String word) {}

        @PostMapping("/api/v1/probe")
        public Counted count(@RequestBody Body body) throws InterruptedException {
            int call = calls.incrementAndGet();
            entered.countDown();
            if (!mayAnswer.await(20, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let the probe answer");
            }
            if (body.word().equals("break")) {
                throw new IllegalStateException("jdbc:h2:secret-of-the-house");
            }
            return new Counted(call, body.word());
        }

        @PostMapping("/api/v1/platforms/probe/events")
        public Counted event(@RequestBody Body body) {
            return new Counted(calls.incrementAndGet(), body.word());
        }

        @GetMapping("/api/v1/probe/forbidden")
        public String forbidden() {
            return "";
        }
    }
}
