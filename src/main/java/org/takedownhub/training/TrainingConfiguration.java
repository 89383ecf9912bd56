package org.takedownhub.training;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Runs the training platform beside the hub, in profile {@code training} only. */
@Configuration(proxyBeanMethods = false)
@Profile("training")
class TrainingConfiguration {

    /**
     * Puts the two secrets into their files before any bean is made, so that a connector whose setting is
     * {@code file:data/training-token} finds it there at the very first start.
     */
    @Bean
    static BeanFactoryPostProcessor trainingSecrets(Environment environment) {
        return beanFactory -> {
            TrainingSettings settings =
                    Binder.get(environment).bindOrCreate("takedown.training", TrainingSettings.class);
            SecretFile.inForce(settings.dataDirectory().resolve(TrainingSettings.TOKEN_FILE), settings.token());
            SecretFile.inForce(
                    settings.dataDirectory().resolve(TrainingSettings.WEBHOOK_SECRET_FILE), settings.webhookSecret());
        };
    }

    @Bean(destroyMethod = "")
    TrainingPlatform trainingPlatform(TrainingSettings settings, ObjectProvider<Clock> clock) {
        return new TrainingPlatform(settings, clock.getIfAvailable(Clock::systemUTC));
    }
}
