package org.takedownhub.engine;

import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.impl.calendar.BusinessCalendarManager;
import org.camunda.bpm.engine.impl.calendar.CycleBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.DueDateBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.DurationBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.MapBusinessCalendarManager;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/** Has periods in models begin when it is that time in the story, not on the wall. */
final class StageCalendars {

    private StageCalendars() {}

    static BusinessCalendarManager all() {
        MapBusinessCalendarManager calendars = new MapBusinessCalendarManager();
        calendars.addBusinessCalendar(DurationBusinessCalendar.NAME, new Durations());
        calendars.addBusinessCalendar(DueDateBusinessCalendar.NAME, new DueDates());
        calendars.addBusinessCalendar(CycleBusinessCalendar.NAME, new Cycles());
        return calendars;
    }

    private static Date begin(@Nullable Date given) {
        return given != null ? given : Date.from(PlayedStage.time().orElse(Instant.EPOCH));
    }

    private static final class Durations extends DurationBusinessCalendar {

        @Override
        public Date resolveDuedate(String description, @Nullable Date startDate) {
            return super.resolveDuedate(description, begin(startDate));
        }

        @Override
        public Date resolveDuedate(String description) {
            return resolveDuedate(description, begin(null));
        }

        @Override
        public Date resolveDuedate(String description, Task task) {
            return resolveDuedate(description, begin(null));
        }
    }

    private static final class DueDates extends DueDateBusinessCalendar {

        @Override
        public Date resolveDuedate(String description, @Nullable Date startDate) {
            return super.resolveDuedate(description, begin(startDate));
        }

        @Override
        public Date resolveDuedate(String description) {
            return resolveDuedate(description, begin(null));
        }

        @Override
        public Date resolveDuedate(String description, Task task) {
            return resolveDuedate(description, begin(null));
        }
    }

    private static final class Cycles extends CycleBusinessCalendar {

        @Override
        public Date resolveDuedate(String description, @Nullable Date startDate, long repeatOffset) {
            return super.resolveDuedate(description, begin(startDate), repeatOffset);
        }
    }
}
