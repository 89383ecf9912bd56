package org.takedownhub.deconfliction;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param forces the forces that the access room knows groups of */
@ConfigurationProperties("takedown.access")
record ForceNames(@DefaultValue List<String> forces) {

    ForceNames {
        forces = List.copyOf(forces);
    }
}
