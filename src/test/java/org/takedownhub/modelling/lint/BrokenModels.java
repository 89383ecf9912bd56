package org.takedownhub.modelling.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.takedownhub.modelling.ModelFile;

/** Shipped files with one thing wrong in each, and the rule and element that must be named for it. */
public final class BrokenModels {

    private static final String TAKEDOWN = "takedown.bpmn";
    private static final String SAFEGUARDING = "safeguarding.bpmn";
    private static final String ESCALATION = "escalation.bpmn";
    private static final String DEADLINES = "removal-deadline.dmn";
    private static final String PRIORITY = "case-priority.dmn";
    private static final String LADDER = "escalation-ladder.dmn";
    private static final String REFER = "refer-safeguarding.form";
    private static final String FLAG = "flag-content.form";
    private static final String TIME =
            "<bpmn:timeDate xsi:type=\"bpmn:tFormalExpression\">${safeguardingDueAt}</bpmn:timeDate>";

    /**
     * @param advice whether it is only worth a thought
     * @param others rules that have a reason to speak up as well
     */
    public record Broken(String rule, String element, ModelFile file, boolean advice, Set<String> others) {

        Broken and(String... more) {
            return new Broken(rule, element, file, advice, Set.of(more));
        }

        Broken asAdvice() {
            return new Broken(rule, element, file, true, others);
        }

        @Override
        public String toString() {
            return rule + " at " + element + " of " + file.name();
        }
    }

    private BrokenModels() {}

    public static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        all.addAll(references());
        all.addAll(flows());
        all.addAll(clocks());
        all.addAll(tasks());
        all.addAll(words());
        all.addAll(names());
        all.addAll(drawings());
        all.addAll(tables());
        all.addAll(forms());
        return all;
    }

    private static List<Broken> references() {
        return List.of(
                changed(
                                "duplicate-id",
                                "EndEvent_SafeguardingDecided",
                                SAFEGUARDING,
                                "<bpmn:endEvent id=\"EndEvent_OverdueSafeguardingReported\"",
                                "<bpmn:endEvent id=\"EndEvent_SafeguardingDecided\"")
                        .and("unknown-reference"),
                changed(
                        "unknown-reference",
                        "Flow_ToCaseClosed",
                        TAKEDOWN,
                        "targetRef=\"EndEvent_CaseClosed\"",
                        "targetRef=\"EndEvent_CaseShut\""),
                changed(
                        "unknown-reference",
                        "Process_Deconfliction",
                        TAKEDOWN,
                        "calledElement=\"deconfliction\"",
                        "calledElement=\"deconflict\""),
                changed(
                        "unknown-reference",
                        "Task_RequireApproval",
                        TAKEDOWN,
                        "decisionRef=\"approval-rule\"",
                        "decisionRef=\"approval-rules\""),
                changed(
                        "unknown-reference",
                        "Event_HandInOverdue",
                        TAKEDOWN,
                        "attachedToRef=\"Task_ReferByHand\"",
                        "attachedToRef=\"Task_ReferByFoot\""),
                changed(
                        "unknown-reference",
                        "Gateway_ReturnWatched",
                        TAKEDOWN,
                        "default=\"Flow_ReturnWatchedNo\"",
                        "default=\"Flow_ReturnWatchedNever\""),
                changed(
                        "unknown-reference",
                        "Task_AwaitReturn",
                        TAKEDOWN,
                        "messageRef=\"Message_ContentReturned\"",
                        "messageRef=\"Message_ContentBack\""),
                changed(
                                "unknown-reference",
                                "Task_ReferSafeguarding",
                                SAFEGUARDING,
                                "formRef=\"refer-safeguarding\"",
                                "formRef=\"refer-elsewhere\"")
                        .and("file-unused"),
                changed(
                        "binding",
                        "Process_Deconfliction",
                        TAKEDOWN,
                        "calledElement=\"deconfliction\" camunda:calledElementBinding=\"deployment\"",
                        "calledElement=\"deconfliction\" camunda:calledElementBinding=\"latest\""),
                changed("file-id", "safeguarding-2", SAFEGUARDING, "=\"safeguarding\"", "=\"safeguarding-2\""),
                changed(
                                "one-process",
                                "Definitions_safeguarding",
                                SAFEGUARDING,
                                "</bpmn:process>",
                                "</bpmn:process><bpmn:process id=\"other\" isExecutable=\"true\""
                                        + " camunda:historyTimeToLive=\"P1D\" camunda:versionTag=\"1.0.0\" />")
                        .and("file-id"),
                changed(
                                "id-missing",
                                "safeguarding",
                                SAFEGUARDING,
                                "<bpmn:endEvent id=\"EndEvent_SafeguardingDecided\" ",
                                "<bpmn:endEvent ")
                        .and("unknown-reference"),
                changed(
                        "not-executable",
                        "safeguarding",
                        SAFEGUARDING,
                        "isExecutable=\"true\"",
                        "isExecutable=\"false\""),
                changed(
                        "history-time-to-live",
                        "safeguarding",
                        SAFEGUARDING,
                        " camunda:historyTimeToLive=\"P3650D\"",
                        ""),
                changed("version-tag", "safeguarding", SAFEGUARDING, "versionTag=\"1.0.0\"", "versionTag=\"1\""),
                changed(
                        "flow-across-subprocess",
                        "Flow_ToCheckRemoval",
                        TAKEDOWN,
                        "sourceRef=\"StartEvent_RemovalUnclear\" targetRef=\"Task_CheckRemoval\"",
                        "sourceRef=\"StartEvent_RemovalUnclear\" targetRef=\"Task_AwaitRemoval\""));
    }

    private static List<Broken> flows() {
        String watched =
                "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${returnWatched}</bpmn:conditionExpression>";
        return List.of(
                changed(
                        "gateway-without-default",
                        "Gateway_ReturnWatched",
                        TAKEDOWN,
                        " default=\"Flow_ReturnWatchedNo\"",
                        ""),
                changed("flow-without-condition", "Flow_ReturnWatchedYes", TAKEDOWN, watched, ""),
                changed(
                        "default-with-condition",
                        "Flow_ReturnWatchedNo",
                        TAKEDOWN,
                        "sourceRef=\"Gateway_ReturnWatched\" targetRef=\"Task_CloseCase\" />",
                        "sourceRef=\"Gateway_ReturnWatched\" targetRef=\"Task_CloseCase\">" + watched.replace("{", "{!")
                                + "</bpmn:sequenceFlow>"),
                changed(
                        "condition-twice",
                        "Flow_ReferralAnswerUncertain",
                        TAKEDOWN,
                        "${referralAnswer == 'UNCERTAIN'}",
                        "${referralAnswer == 'SENT'}"),
                changed(
                        "condition-too-clever",
                        "Flow_ReferredByHandYes",
                        TAKEDOWN,
                        "${channel == 'PORTAL'}",
                        "${channel != 'PORTAL'}"),
                changed("condition-type", "Flow_ReturnWatchedYes", TAKEDOWN, "${returnWatched}", "${channel}"),
                changed(
                        "implicit-split",
                        "Flow_ToCaseClosed",
                        TAKEDOWN,
                        "sourceRef=\"Task_CloseCase\" targetRef=\"EndEvent_CaseClosed\" />",
                        "sourceRef=\"Task_CloseCase\" targetRef=\"EndEvent_CaseClosed\">" + watched
                                + "</bpmn:sequenceFlow>"),
                of("dead-end", "Task_OpenReturnCase", without(TAKEDOWN, "Flow_ToCloseCaseReturned")),
                of(
                        "unreachable",
                        "EndEvent_NeverSeen",
                        file(
                                SAFEGUARDING,
                                text(SAFEGUARDING)
                                        .replace(
                                                "<bpmn:endEvent id=\"EndEvent_SafeguardingDecided\"",
                                                "<bpmn:endEvent id=\"EndEvent_NeverSeen\" name=\"Never seen\" /><bpmn:endEvent id=\"EndEvent_SafeguardingDecided\"")
                                        .replace(
                                                "</bpmndi:BPMNPlane>",
                                                "<bpmndi:BPMNShape id=\"EndEvent_NeverSeen_di\" bpmnElement=\"EndEvent_NeverSeen\">"
                                                        + "<dc:Bounds x=\"900\" y=\"500\" width=\"36\" height=\"36\" /></bpmndi:BPMNShape></bpmndi:BPMNPlane>"))),
                of(
                        "no-way-out",
                        "Task_ReportOverdueSafeguarding",
                        file(
                                SAFEGUARDING,
                                without(SAFEGUARDING, "EndEvent_OverdueSafeguardingReported")
                                        .text()
                                        .replace(
                                                "targetRef=\"EndEvent_OverdueSafeguardingReported\"",
                                                "targetRef=\"Task_ReportOverdueSafeguarding\""))),
                of(
                                "flow-into-start",
                                "StartEvent_PersonAtRisk",
                                file(
                                        SAFEGUARDING,
                                        without(SAFEGUARDING, "EndEvent_OverdueSafeguardingReported")
                                                .text()
                                                .replace(
                                                        "targetRef=\"EndEvent_OverdueSafeguardingReported\"",
                                                        "targetRef=\"StartEvent_PersonAtRisk\"")))
                        .and("right-to-left"),
                changed(
                                "flow-after-end",
                                "EndEvent_SafeguardingDecided",
                                SAFEGUARDING,
                                "sourceRef=\"Task_ReportOverdueSafeguarding\"",
                                "sourceRef=\"EndEvent_SafeguardingDecided\"")
                        .and("dead-end", "flow-through-step", "crossing"),
                changed(
                                "start-event",
                                "StartEvent_PersonAtRisk",
                                SAFEGUARDING,
                                "</bpmn:startEvent>",
                                "<bpmn:timerEventDefinition id=\"TimerEventDefinition_Now\"><bpmn:timeDate"
                                        + " xsi:type=\"bpmn:tFormalExpression\">2031-01-01T00:00:00Z</bpmn:timeDate>"
                                        + "</bpmn:timerEventDefinition></bpmn:startEvent>")
                        .and("timer-fixed"));
    }

    private static List<Broken> clocks() {
        return List.of(
                changed(
                                "wait-without-clock",
                                "Event_ReferralAnswered",
                                TAKEDOWN,
                                "id=\"MessageEventDefinition_ReferralAnswered\" messageRef=\"Message_ReferralAnswered\"",
                                "id=\"MessageEventDefinition_ReferralAnswered\" messageRef=\"Message_RemovalUnclear\"")
                        .and("message-not-caught"),
                changed(
                        "await-removal-reminder",
                        "Task_AwaitRemoval",
                        TAKEDOWN,
                        "name=\"Reminder due\" attachedToRef=\"Task_AwaitRemoval\" cancelActivity=\"false\"",
                        "name=\"Reminder due\" attachedToRef=\"Task_AwaitRemoval\""),
                changed(
                        "await-removal-deadline",
                        "Task_AwaitRemoval",
                        TAKEDOWN,
                        ">${removalDueAt}</bpmn:timeDate>",
                        ">${caseDueAt}</bpmn:timeDate>"),
                changed(
                        "timer-not-absolute",
                        "Event_SafeguardingOverdue",
                        SAFEGUARDING,
                        TIME,
                        TIME.replace("timeDate", "timeDuration").replace("${safeguardingDueAt}", "PT1H")),
                changed(
                        "timer-not-absolute",
                        "Event_SafeguardingOverdue",
                        SAFEGUARDING,
                        TIME,
                        TIME.replace("timeDate", "timeCycle").replace("${safeguardingDueAt}", "R/PT1H")),
                changed(
                        "timer-not-absolute",
                        "Event_SafeguardingOverdue",
                        SAFEGUARDING,
                        TIME,
                        TIME.replace("safeguardingDueAt", "casePriority")),
                changed(
                        "timer-in-the-past",
                        "Event_SafeguardingOverdue",
                        SAFEGUARDING,
                        TIME,
                        TIME.replace("${safeguardingDueAt}", "2020-01-01T00:00:00Z")),
                changed(
                        "timer-in-the-past",
                        "Event_SafeguardingOverdue",
                        SAFEGUARDING,
                        TIME,
                        TIME.replace("${safeguardingDueAt}", "2020-01-01T00:00:00")),
                changed(
                        "timer-fixed",
                        "Event_SafeguardingOverdue",
                        SAFEGUARDING,
                        TIME,
                        TIME.replace("${safeguardingDueAt}", "2031-01-01T00:00:00Z")),
                changed(
                        "timer-unreadable",
                        "Event_SafeguardingOverdue",
                        SAFEGUARDING,
                        TIME,
                        TIME.replace("${safeguardingDueAt}", "tomorrow")),
                changed("timer-empty", "Event_SafeguardingOverdue", SAFEGUARDING, TIME, ""),
                changed(
                        "message-not-caught",
                        "Process_Escalation",
                        TAKEDOWN,
                        "id=\"MessageEventDefinition_DueMoved\" messageRef=\"Message_DueMoved\"",
                        "id=\"MessageEventDefinition_DueMoved\" messageRef=\"Message_RemovalRefused\""),
                of(
                                "error-not-caught",
                                "Task_IssueNotice",
                                without(TAKEDOWN, "Event_NoticeIncomplete", "Flow_ToCompleteNotice"))
                        .and("unreachable"),
                changed("wait-state-gone", "Event_NextRungDue", ESCALATION, "Event_NextRungDue", "Event_NextStepDue"),
                changed("step-missing", "Event_ReminderDue", TAKEDOWN, "Event_ReminderDue", "Event_ReminderTime"),
                of(
                                "clock-removed",
                                "Task_DecideReview",
                                without(
                                        "review.bpmn",
                                        "Event_ReviewReminderDue",
                                        "Flow_ToRemindReviewers",
                                        "Task_RemindReviewers",
                                        "Flow_ToReviewersReminded",
                                        "EndEvent_ReviewersReminded"))
                        .asAdvice());
    }

    private static List<Broken> tasks() {
        String group = "camunda:candidateGroups=\"caseworkers,duty-officers\"";
        return List.of(
                changed("task-without-group", "Task_ReferSafeguarding", SAFEGUARDING, " " + group, ""),
                changed(
                        "task-group-unknown",
                        "Task_ReferSafeguarding",
                        SAFEGUARDING,
                        group,
                        group.replace("caseworkers", "caseworker")),
                changed(
                        "task-group-unknown",
                        "Task_ReferSafeguarding",
                        SAFEGUARDING,
                        group,
                        group.replace("caseworkers,duty-officers", "${casePriority}")),
                changed(
                        "task-assigned",
                        "Task_ReferSafeguarding",
                        SAFEGUARDING,
                        group,
                        group + " camunda:assignee=\"caseworker1\""),
                changed(
                                "task-without-form",
                                "Task_ReferSafeguarding",
                                SAFEGUARDING,
                                " camunda:formRef=\"refer-safeguarding\" camunda:formRefBinding=\"deployment\"",
                                "")
                        .and("file-unused"),
                changed(
                        "task-without-due-date",
                        "Task_ReferSafeguarding",
                        SAFEGUARDING,
                        " camunda:dueDate=\"${safeguardingDueAt}\"",
                        ""),
                changed(
                        "task-without-due-date",
                        "Task_ReferSafeguarding",
                        SAFEGUARDING,
                        "camunda:dueDate=\"${safeguardingDueAt}\"",
                        "camunda:dueDate=\"2031-01-01T00:00:00\""),
                changed(
                        "task-without-priority",
                        "Task_ReferSafeguarding",
                        SAFEGUARDING,
                        " camunda:priority=\"${casePriority}\"",
                        ""),
                changed(
                        "service-not-async",
                        "Task_SendReminder",
                        TAKEDOWN,
                        "name=\"Send reminder\" camunda:asyncBefore=\"true\"",
                        "name=\"Send reminder\""),
                changed(
                        "business-key",
                        "Process_Deconfliction",
                        TAKEDOWN,
                        "<camunda:in businessKey=\"${caseReference}\" />",
                        ""),
                changed(
                        "field-unknown",
                        "Task_ReferSafeguarding",
                        REFER,
                        "\"components\": [",
                        "\"components\": [" + field("extra") + ","),
                of(
                                "task-does-nothing",
                                "Task_SendReminder",
                                file(
                                        TAKEDOWN,
                                        text(TAKEDOWN)
                                                .replaceFirst(
                                                        "(?s)<bpmn:serviceTask id=\"Task_SendReminder\" name=\"Send reminder\"[^>]*>(.*?)</bpmn:serviceTask>",
                                                        "<bpmn:manualTask id=\"Task_SendReminder\" name=\"Send reminder\">$1</bpmn:manualTask>")))
                        .asAdvice());
    }

    private static List<Broken> words() {
        return List.of(
                changed(
                        "unknown-variable",
                        "TimerEventDefinition_ReturnWatchEnded",
                        TAKEDOWN,
                        "${returnWatchEndsAt}",
                        "${returnWatchEndAt}"),
                changed(
                        "unknown-variable",
                        "Process_Deconfliction",
                        TAKEDOWN,
                        "<camunda:in source=\"platform\" target=\"platform\" />",
                        "<camunda:in source=\"plattform\" target=\"platform\" />"),
                changed(
                                "message-unknown",
                                "Task_AwaitReturn",
                                TAKEDOWN,
                                "name=\"content.returned\"",
                                "name=\"content.back\"")
                        .and("message-not-caught"),
                changed(
                                "error-unknown",
                                "Event_NoticeIncomplete",
                                TAKEDOWN,
                                "errorCode=\"notice.incomplete\"",
                                "errorCode=\"notice.lost\"")
                        .and("error-not-caught"),
                changed(
                                "escalation-unknown",
                                "Event_FormalNoticeApproved",
                                TAKEDOWN,
                                "escalationCode=\"formal-notice.approved\"",
                                "escalationCode=\"formal-notice.agreed\"")
                        .and("escalation-not-caught"));
    }

    private static List<Broken> names() {
        return List.of(
                changed("name-missing", "Task_SendReminder", TAKEDOWN, " name=\"Send reminder\"", ""),
                changed(
                        "name-too-long",
                        "Task_SendReminder",
                        TAKEDOWN,
                        "\"Send reminder\"",
                        "\"Send reminder to all whom it may concern in any way whatsoever\""),
                changed(
                        "gateway-not-question",
                        "Gateway_ReturnWatched",
                        TAKEDOWN,
                        "\"Return watched?\"",
                        "\"Return watched\""),
                changed("name-style", "Task_SendReminder", TAKEDOWN, "\"Send reminder\"", "\"send reminder\""),
                changed("name-style", "Task_SendReminder", TAKEDOWN, "\"Send reminder\"", "\"Send Reminder\"")
                        .asAdvice(),
                changed("task-name", "Task_SendReminder", TAKEDOWN, "\"Send reminder\"", "\"Remind\""),
                changed("task-name", "Task_SendReminder", TAKEDOWN, "\"Send reminder\"", "\"Notification sending\"")
                        .asAdvice(),
                changed(
                        "flow-unnamed",
                        "Flow_ReturnWatchedNo",
                        TAKEDOWN,
                        "id=\"Flow_ReturnWatchedNo\" name=\"No\"",
                        "id=\"Flow_ReturnWatchedNo\""),
                changed("id-style", "Activity_0x3kf9a", TAKEDOWN, "Task_RecordOutcome", "Activity_0x3kf9a"),
                changed("id-style", "Flow_0x3kf9a", TAKEDOWN, "Flow_ToCaseClosed", "Flow_0x3kf9a"));
    }

    private static List<Broken> drawings() {
        return List.of(
                of(
                        "not-drawn",
                        "EndEvent_SafeguardingDecided",
                        withoutDrawing(SAFEGUARDING, "EndEvent_SafeguardingDecided")),
                of("not-drawn", "Flow_ToAlertSafeguarding", withoutDrawing(SAFEGUARDING, "Flow_ToAlertSafeguarding")),
                changed(
                        "overlap",
                        "EndEvent_SafeguardingDecided",
                        SAFEGUARDING,
                        "<dc:Bounds x=\"762\" y=\"142\"",
                        "<dc:Bounds x=\"770\" y=\"280\""),
                changed(
                        "crossing",
                        "Flow_ToReportOverdueSafeguarding",
                        SAFEGUARDING,
                        "<di:waypoint x=\"490\" y=\"310\" />",
                        "<di:waypoint x=\"540\" y=\"218\" /><di:waypoint x=\"540\" y=\"100\" />"
                                + "<di:waypoint x=\"560\" y=\"100\" /><di:waypoint x=\"560\" y=\"310\" />"),
                changed(
                                "flow-through-step",
                                "Flow_ToReportOverdueSafeguarding",
                                SAFEGUARDING,
                                "<di:waypoint x=\"490\" y=\"310\" />",
                                "<di:waypoint x=\"490\" y=\"230\" /><di:waypoint x=\"300\" y=\"230\" />"
                                        + "<di:waypoint x=\"300\" y=\"190\" /><di:waypoint x=\"320\" y=\"190\" />"
                                        + "<di:waypoint x=\"320\" y=\"310\" />")
                        .and("crossing"),
                of("right-to-left", "safeguarding", mirrored(SAFEGUARDING)));
    }

    private static List<Broken> tables() {
        return List.of(
                changed(
                        "table-gap",
                        "DecisionTable_RemovalDeadline",
                        DEADLINES,
                        "\"GRAPHIC_VIOLENCE\",\"TERRORISM\",\"OTHER\"",
                        "\"GRAPHIC_VIOLENCE\",\"TERRORISM\""),
                changed(
                        "table-overlap",
                        "Rule_case_priority_06",
                        PRIORITY,
                        "<text>\"OTHER\"</text>",
                        "<text>\"OTHER\",\"TERRORISM\"</text>"),
                changed(
                        "rule-without-source",
                        "Rule_case_priority_05",
                        PRIORITY,
                        "<description>Hub policy: normal</description>",
                        "<description> </description>"),
                changed("answer-missing", "Rule_06_out_casePriority", PRIORITY, "<text>40</text>", "<text></text>"),
                changed("cell-type", "Rule_06_out_casePriority", PRIORITY, "<text>40</text>", "<text>low</text>"),
                changed("cell-type", "Rule_06_out_casePriority", PRIORITY, "<text>40</text>", "<text>40.5</text>"),
                changed("cell-type", "Rule_06_in_category", PRIORITY, "<text>\"OTHER\"</text>", "<text>OTHER</text>"),
                changed("cell-type", "Rule_01_in_threatToLife", PRIORITY, "<text>true</text>", "<text>\"true\"</text>"),
                changed(
                        "value-not-allowed",
                        "Rule_04_in_category",
                        PRIORITY,
                        "\"WEAPONS_SALE\",\"RECRUITMENT\"",
                        "\"WEAPON_SALE\",\"RECRUITMENT\""),
                changed(
                        "value-not-allowed",
                        "Rule_01_out_instrument",
                        "referral-route.dmn",
                        "<text>\"WEAPONS_REMOVAL_NOTICE\"</text>",
                        "<text>\"WEAPON_NOTICE\"</text>"),
                changed(
                        "not-a-period",
                        "Rule_06_out_verifyWithin",
                        PRIORITY,
                        "<text>\"PT24H\"</text>",
                        "<text>\"24h\"</text>"),
                changed(
                        "not-a-period",
                        "Rule_06_out_verifyWithin",
                        PRIORITY,
                        "<text>\"PT24H\"</text>",
                        "<text>\"PT0S\"</text>"),
                changed(
                        "hit-policy",
                        "DecisionTable_case-priority",
                        PRIORITY,
                        "hitPolicy=\"UNIQUE\"",
                        "hitPolicy=\"COLLECT\""),
                changed(
                        "first-without-reason",
                        "DecisionTable_case-priority",
                        PRIORITY,
                        "hitPolicy=\"UNIQUE\"",
                        "hitPolicy=\"FIRST\""),
                changed(
                        "column-gone",
                        "DecisionTable_case-priority",
                        PRIORITY,
                        "name=\"verifyWithin\"",
                        "name=\"lookWithin\""),
                changed(
                        "column-unknown",
                        "Input_threatToLife",
                        PRIORITY,
                        "<text>threatToLife</text>",
                        "<text>threat</text>"),
                changed("column-type", "Output_casePriority", PRIORITY, "typeRef=\"integer\"", "typeRef=\"number\""),
                changed("file-id", "case-urgency", PRIORITY, "=\"case-priority\"", "=\"case-urgency\""),
                changed("version-tag", "case-priority", PRIORITY, " camunda:versionTag=\"1.0.0\"", ""),
                changed("history-time-to-live", "case-priority", PRIORITY, "P3650D", "for ever"),
                changed(
                                "one-table",
                                "Definitions_case-priority",
                                PRIORITY,
                                "</decision>",
                                "</decision><decision id=\"other\" name=\"Other\" camunda:historyTimeToLive=\"P1D\""
                                        + " camunda:versionTag=\"1.0.0\"><variable id=\"v\" name=\"other\" />"
                                        + "<literalExpression id=\"l\"><text>1</text></literalExpression></decision>")
                        .and("file-id"),
                of(
                        "table-empty",
                        "DecisionTable_case-priority",
                        file(PRIORITY, text(PRIORITY).replaceFirst("(?s)<rule .*</rule>", ""))),
                of(
                        "rule-never-applies",
                        "Rule_case_priority_06",
                        file(
                                PRIORITY,
                                text(PRIORITY)
                                        .replace("<text>\"OTHER\"</text>", "<text>\"TERRORISM\"</text>")
                                        .replace("<text>\"TERRORISM\"</text>", "<text>\"TERRORISM\",\"OTHER\"</text>")
                                        .replace(
                                                "<decisionTable id=\"DecisionTable_case-priority\" hitPolicy=\"UNIQUE\">",
                                                "<description>The urgent come first</description>"
                                                        + "<decisionTable id=\"DecisionTable_case-priority\" hitPolicy=\"FIRST\">"))),
                of(
                        "rule-never-applies",
                        "Rule_escalation_ladder_01",
                        file(LADDER, text(LADDER).replaceFirst("<text>1</text>", "<text>[3..2]</text>"))),
                changed(
                                "cell-not-checked",
                                "Rule_06_out_casePriority",
                                PRIORITY,
                                "<text>40</text>",
                                "<text>20 + 20</text>")
                        .asAdvice(),
                changed(
                                "table-not-proven",
                                "DecisionTable_case-priority",
                                PRIORITY,
                                "<text>\"OTHER\"</text>",
                                "<text>starts with(?, \"OTH\")</text>")
                        .asAdvice()
                        .and("cell-not-checked"));
    }

    private static List<Broken> forms() {
        return List.of(
                changed(
                        "file-id",
                        "refer-elsewhere",
                        REFER,
                        "\"id\": \"refer-safeguarding\"",
                        "\"id\": \"refer-elsewhere\""),
                changed(
                        "field-without-label",
                        "Field_SafeguardingReferredTo",
                        REFER,
                        "\"label\": \"Service\"",
                        "\"label\": \"\""),
                changed(
                                "field-without-description",
                                "Field_SafeguardingDecision",
                                REFER,
                                "The duty to refer does not depend on whether the content comes down.",
                                " ")
                        .asAdvice(),
                of(
                        "option-missing",
                        "Field_SafeguardingDecision",
                        file(REFER, text(REFER).replaceFirst("(?s)\"values\": \\[.*?\\]", "\"values\": []"))),
                changed("option-unknown", "Field_Category", FLAG, "\"value\": \"THREAT\"", "\"value\": \"THREATS\""),
                changed(
                                "field-gone",
                                "Field_SafeguardingDecision",
                                REFER,
                                "\"key\": \"safeguardingDecision\"",
                                "\"key\": \"safeguardingReference2\"")
                        .and("field-unknown"),
                changed("field-shown", "refer-safeguarding", REFER, "{{referTo}}", "{{safeguardingReferredTo}}")
                        .and("shown-new"),
                changed("shown-new", "Shown_Risk", REFER, "{{referTo}}", "{{referToWhom}}")
                        .asAdvice(),
                changed(
                                "option-new",
                                "Field_SafeguardingDecision",
                                REFER,
                                "\"value\": \"NOT_NEEDED\"",
                                "\"value\": \"NEVER\"")
                        .asAdvice(),
                changed(
                                "field-without-limit",
                                "Field_SafeguardingReferredTo",
                                REFER,
                                "\"maxLength\": 255",
                                "\"maxLength\": 25500")
                        .asAdvice());
    }

    private static String field(String key) {
        return "{\"type\":\"textfield\",\"id\":\"Field_" + key + "\",\"key\":\"" + key
                + "\",\"label\":\"Something more\",\"description\":\"Whatever it is.\",\"validate\":{\"maxLength\":100}}";
    }

    private static Broken changed(String rule, String element, String name, String from, String to) {
        if (!text(name).contains(from)) {
            throw new IllegalArgumentException(name + " does not hold " + from);
        }
        return of(rule, element, file(name, text(name).replace(from, to)));
    }

    private static Broken of(String rule, String element, ModelFile file) {
        return new Broken(rule, element, file, false, Set.of());
    }

    private static ModelFile file(String name, String text) {
        return new ModelFile(name, text);
    }

    static String text(String name) {
        return LintInTest.SHIPPED.file(name).orElseThrow().text();
    }

    /** Without elements, their shapes, and what names them as a flow. */
    private static ModelFile without(String name, String... ids) {
        String text = text(name);
        for (String id : ids) {
            text = cut(text, "id=\"" + id + "\"");
            text = cut(text, "bpmnElement=\"" + id + "\"");
            text = text.replaceAll("<bpmn:(incoming|outgoing)>" + id + "</bpmn:(incoming|outgoing)>", "");
        }
        return file(name, text);
    }

    private static ModelFile withoutDrawing(String name, String id) {
        return file(name, cut(text(name), "bpmnElement=\"" + id + "\""));
    }

    private static String cut(String text, String attribute) {
        int at = text.indexOf(attribute);
        if (at < 0) {
            throw new IllegalArgumentException("There is no " + attribute);
        }
        int begin = text.lastIndexOf('<', at);
        String tag = text.substring(begin + 1).split("[ >]")[0];
        int end = text.indexOf('>', at);
        if (text.charAt(end - 1) != '/') {
            end = text.indexOf("</" + tag + ">", at) + tag.length() + 2;
        }
        return text.substring(0, begin) + text.substring(end + 1);
    }

    private static ModelFile mirrored(String name) {
        String text = replaced(
                text(name),
                "Bounds x=\"(\\d+)\" y=\"(\\d+)\" width=\"(\\d+)\"",
                found -> "Bounds x=\""
                        + (5000 - Integer.parseInt(found.group(1)) - Integer.parseInt(found.group(3))) + "\" y=\""
                        + found.group(2) + "\" width=\"" + found.group(3) + "\"");
        return file(
                name,
                replaced(
                        text,
                        "waypoint x=\"(\\d+)\"",
                        found -> "waypoint x=\"" + (5000 - Integer.parseInt(found.group(1))) + "\""));
    }

    private static String replaced(String text, String pattern, java.util.function.Function<Matcher, String> by) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(by.apply(matcher)));
        }
        return matcher.appendTail(out).toString();
    }

    /** Names of all rules that something here is broken for. */
    static Set<String> rules() {
        Set<String> rules = new TreeSet<>();
        all().forEach(broken -> rules.add(broken.rule()));
        return rules;
    }
}
