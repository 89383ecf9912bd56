package org.takedownhub.modelling.change;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.takedownhub.platform.WorkerSettings;

/** Lets approved changes go live when they take effect, with nobody watching. */
@Component
class PublicationWorker {

    private final ChangeRequests requests;
    private final WorkerSettings workers;

    PublicationWorker(ChangeRequests requests, WorkerSettings workers) {
        this.requests = requests;
        this.workers = workers;
    }

    @Scheduled(fixedDelayString = "PT10S")
    void publish() {
        if (workers.enabled()) {
            requests.publishDue();
        }
    }
}
