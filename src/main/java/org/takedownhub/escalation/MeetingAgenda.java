package org.takedownhub.escalation;

import java.util.List;
import org.springframework.stereotype.Component;
import org.takedownhub.casefile.Source;

/** Puts an overdue removal on the agenda of the next meeting with the platform. */
@Component
class MeetingAgenda implements RungEffect {

    private final Agenda agenda;

    MeetingAgenda(Agenda agenda) {
        this.agenda = agenda;
    }

    @Override
    public String action() {
        return "MEETING_AGENDA";
    }

    @Override
    public List<Done> climb(RungInHand rung) {
        if (rung.file().source() == Source.COVERT) {
            return List.of(new Done(
                    Done.Kind.NOTHING,
                    rung.key(),
                    "On no agenda: the case is covert, and a person decides whether it is raised with anybody"));
        }
        long item = agenda.place(rung.file(), rung.recipient());
        return List.of(new Done(
                Done.Kind.AGENDA_ITEM,
                Long.toString(item),
                "Item " + item + " on the agenda of the next meeting with "
                        + rung.file().platform()));
    }
}
