package org.takedownhub.modelling.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.takedownhub.modelling.change.Drafts;

/** Puts the door before each address under which the engine would take a deployment. */
@Configuration(proxyBeanMethods = false)
class ModelerDoorConfiguration {

    private static final long LARGEST = 8L * 1024 * 1024;

    @Bean
    ServletRegistrationBean<ModelerDoor> modelerDoor(Drafts drafts, ObjectMapper json) {
        ServletRegistrationBean<ModelerDoor> door = new ServletRegistrationBean<>(
                new ModelerDoor(drafts, json),
                "/engine-rest/deployment/create",
                "/engine-rest/engine/default/deployment/create",
                "/camunda/api/engine/engine/default/deployment/create");
        // Everything stays in memory: an upload is small or refused, and nothing of it is left in a folder.
        door.setMultipartConfig(new MultipartConfigElement("", LARGEST, LARGEST, (int) LARGEST));
        return door;
    }
}
