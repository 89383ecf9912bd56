package org.takedownhub.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.takedownhub.cases.CaseVisibility;

/**
 * The engine with its locks and its REST API, and nothing else of the hub. Without a stereotype, so that no scan of
 * another test finds it.
 */
@EnableAutoConfiguration
@Import(EngineSettings.class)
class EngineInTest {

    /** A delegate that models may call, and that counts how often they did. */
    static final class CountCalls implements JavaDelegate {

        final AtomicInteger calls = new AtomicInteger();
        final AtomicReference<RuntimeException> failure = new AtomicReference<>();

        @Override
        public void execute(DelegateExecution execution) {
            if (failure.get() != null) {
                throw failure.get();
            }
            calls.incrementAndGet();
        }
    }

    @Bean
    CountCalls countCalls() {
        return new CountCalls();
    }

    /** It knows of no case, and so of no covert one. */
    @Bean
    CaseVisibility noCases() {
        return Mockito.mock(CaseVisibility.class);
    }

    /** Who may do what is not this test's question. */
    @Bean
    SecurityFilterChain everybodyMayKnock(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}
