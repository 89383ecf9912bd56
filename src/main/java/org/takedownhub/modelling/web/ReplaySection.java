package org.takedownhub.modelling.web;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.takedownhub.modelling.change.ChangeRequest;
import org.takedownhub.modelling.change.ChangeRequests;
import org.takedownhub.modelling.replay.Replay;
import org.takedownhub.modelling.replay.Replays;

/** What the draft would have made of past cases, in short. */
@Component
class ReplaySection implements ChangeSection {

    private final ChangeRequests requests;
    private final Replays replays;

    ReplaySection(ChangeRequests requests, Replays replays) {
        this.requests = requests;
        this.replays = replays;
    }

    /** @param newest empty where nobody has asked for one yet */
    public record Shown(Optional<ReplayWords> newest) {}

    @Override
    public String id() {
        return "replay";
    }

    @Override
    public String title() {
        return "Replay of past cases";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public Shown data(ChangeRequest request) {
        List<Replay> all = replays.of(request.reference().number());
        return new Shown(all.stream()
                .findFirst()
                .map(newest -> ReplayWords.of(
                        newest, requests.draft(request.reference()).sha256())));
    }
}
