package org.takedownhub.access;

import static org.takedownhub.access.Role.AUDITORS;
import static org.takedownhub.access.Role.AUTHORISED_OFFICERS;
import static org.takedownhub.access.Role.CASEWORKERS;
import static org.takedownhub.access.Role.DECONFLICTION_OFFICERS;
import static org.takedownhub.access.Role.DUTY_OFFICERS;
import static org.takedownhub.access.Role.LEADERSHIP;
import static org.takedownhub.access.Role.MANAGERS;
import static org.takedownhub.access.Role.OPERATORS;
import static org.takedownhub.access.Role.RECORDS_MANAGERS;
import static org.takedownhub.access.Role.REVIEW_OFFICERS;
import static org.takedownhub.access.Rule.any;
import static org.takedownhub.access.Rule.get;
import static org.takedownhub.access.Rule.options;
import static org.takedownhub.access.Rule.post;
import static org.takedownhub.access.Rule.put;
import static org.takedownhub.access.Who.ANYONE;
import static org.takedownhub.access.Who.ANYONE_SIGNED_IN;
import static org.takedownhub.access.Who.NOBODY;
import static org.takedownhub.access.Who.members;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who may call what: every address of the hub, in one place. The first row that fits decides, and what no row fits is
 * refused. Being admitted here is the first door only: the engine's authorizations say which tasks and cases somebody
 * sees, and each form says who may decide it.
 */
final class AccessTable {

    private static final Who FLAGGERS = members(CASEWORKERS, MANAGERS, DUTY_OFFICERS, DECONFLICTION_OFFICERS);
    private static final Who UPLOADERS = members(CASEWORKERS, MANAGERS);
    private static final Who CASE_HANDLERS = members(CASEWORKERS, AUTHORISED_OFFICERS, MANAGERS, DUTY_OFFICERS);
    private static final Who ISSUERS = members(AUTHORISED_OFFICERS, MANAGERS);
    private static final Who CASE_READERS = members(
            CASEWORKERS,
            AUTHORISED_OFFICERS,
            MANAGERS,
            DUTY_OFFICERS,
            LEADERSHIP,
            AUDITORS,
            REVIEW_OFFICERS,
            RECORDS_MANAGERS,
            OPERATORS);
    private static final Who EVIDENCE_READERS =
            members(CASEWORKERS, AUTHORISED_OFFICERS, MANAGERS, DUTY_OFFICERS, REVIEW_OFFICERS);
    /** Penalty files and evidence packs: words, hashes and addresses, no media. */
    private static final Who FILE_READERS =
            members(CASEWORKERS, AUTHORISED_OFFICERS, MANAGERS, DUTY_OFFICERS, LEADERSHIP, REVIEW_OFFICERS);

    private static final Who MEETING_HOLDERS = members(MANAGERS, LEADERSHIP);
    private static final Who NUMBERS_READERS = members(MANAGERS, LEADERSHIP, AUDITORS, OPERATORS);
    private static final Who TASK_WORKERS = members(
            CASEWORKERS,
            AUTHORISED_OFFICERS,
            DECONFLICTION_OFFICERS,
            DUTY_OFFICERS,
            MANAGERS,
            REVIEW_OFFICERS,
            RECORDS_MANAGERS,
            OPERATORS);
    private static final Who LIAISON_OFFICERS = members(DECONFLICTION_OFFICERS);
    private static final Who SUPERVISORS = members(MANAGERS, OPERATORS);
    private static final Who MANAGERS_ONLY = members(MANAGERS);
    private static final Who FORCE_OFFICERS = members(DECONFLICTION_OFFICERS);
    private static final Who STRAND_CLOSERS = members(DECONFLICTION_OFFICERS, DUTY_OFFICERS, MANAGERS);
    private static final Who OPERATORS_ONLY = members(OPERATORS);

    /** Named one by one: {@code POST /history/cleanup} deletes. */
    private static final String HISTORY_QUERY =
            "/history/{kind:activity-instance|variable-instance|process-instance|task|job-log|external-task-log|detail}";

    /** Programs: our API, its description, and what operators watch. Stateless, or on the session of a browser. */
    static final List<Rule> API = List.of(
            post("/api/v1/flags", FLAGGERS),
            post("/api/v1/flags/batch", UPLOADERS),
            get("/api/v1/cases", CASE_READERS),
            get("/api/v1/cases/*", CASE_READERS),
            get("/api/v1/cases/*/timeline", CASE_READERS),
            post("/api/v1/cases/*/withdrawal", CASE_HANDLERS),
            post("/api/v1/cases/*/answers", CASE_HANDLERS),
            post("/api/v1/cases/*/reviews", CASE_HANDLERS),
            post("/api/v1/cases/*/complaints", CASE_HANDLERS),
            get("/api/v1/cases/*/reviews/*/decision-notice", CASE_READERS),
            post("/api/v1/cases/*/extension", ISSUERS),
            post("/api/v1/cases/*/proofs", CASE_HANDLERS),
            get("/api/v1/cases/*/proofs/*", EVIDENCE_READERS),
            get("/api/v1/cases/*/files/*", FILE_READERS),
            get("/api/v1/cases/*/notices/*/documents/*", CASE_READERS),
            get("/api/v1/instruments", ANYONE_SIGNED_IN),
            any("/api/v1/notice-templates/*", MANAGERS_ONLY),
            post("/api/v1/notice-templates/*/preview", MANAGERS_ONLY),
            // which force, its controller decides: for officers of another one there is nothing there
            post("/api/v1/cases/*/strands/*/closure", STRAND_CLOSERS),
            get("/api/v1/forces", CASE_HANDLERS),
            post("/api/v1/forces/*/contact", MANAGERS_ONLY),
            any("/api/v1/forces/*/interests/**", FORCE_OFFICERS),
            get("/api/v1/forces/*/strands", FORCE_OFFICERS),
            get("/api/v1/deconfliction/figures", members(MANAGERS, LEADERSHIP)),
            get("/api/v1/content-key", ANYONE_SIGNED_IN),
            get("/api/v1/deadline", ANYONE_SIGNED_IN),
            get("/api/v1/clock-reconciliation", OPERATORS_ONLY),
            any("/api/v1/models", MANAGERS_ONLY),
            any("/api/v1/models/**", MANAGERS_ONLY),
            any("/api/v1/change-requests", MANAGERS_ONLY),
            any("/api/v1/change-requests/**", MANAGERS_ONLY),
            any("/api/v1/supervision/**", MANAGERS_ONLY),
            any("/api/v1/crises", MANAGERS_ONLY),
            any("/api/v1/crises/*", MANAGERS_ONLY),
            // a platform proves itself by its signature over the body
            post("/api/v1/platforms/*/events", ANYONE),
            get("/api/v1/platforms", SUPERVISORS),
            get("/api/v1/platforms/*/agenda", MEETING_HOLDERS),
            post("/api/v1/platforms/*/agenda/*/closing", MEETING_HOLDERS),
            get("/api/v1/platforms/*/contacts", SUPERVISORS),
            put("/api/v1/platforms/*/contacts", SUPERVISORS),
            // our actor, whom strangers' servers fetch to check a report's signature; its inbox reads nothing
            get("/.well-known/webfinger", ANYONE),
            get("/ap/actors/*", ANYONE),
            get("/ap/actors/*/outbox", ANYONE),
            post("/ap/actors/*/inbox", ANYONE),
            get("/api/v1/platforms/*/unmatched-mail", OPERATORS_ONLY),
            get("/api/v1/platforms/kinds", SUPERVISORS),
            post("/api/v1/platforms/draft", OPERATORS_ONLY),
            post("/api/v1/platforms/*/check", OPERATORS_ONLY),
            get("/api/v1/scorecards", NUMBERS_READERS),
            get("/v3/api-docs/**", ANYONE_SIGNED_IN),
            get("/v3/api-docs.yaml", ANYONE_SIGNED_IN),
            get("/swagger-ui.html", ANYONE_SIGNED_IN),
            get("/swagger-ui/**", ANYONE_SIGNED_IN),
            get("/actuator/health/liveness", ANYONE),
            get("/actuator/health/readiness", ANYONE),
            get("/actuator/**", OPERATORS_ONLY));

    /** The engine's REST API, relative to where it is served; see {@link #engine(String)}. */
    private static final List<Rule> ENGINE_REST = List.of(
            // Tasks. Free text never goes into the engine, so nobody writes comments or attachments there; a task's due
            // date is no clock, so nobody edits it.
            get("/task/report/**", SUPERVISORS),
            get("/task/**", ANYONE_SIGNED_IN),
            post("/task", ANYONE_SIGNED_IN),
            post("/task/count", ANYONE_SIGNED_IN),
            post("/task/*/claim", TASK_WORKERS),
            post("/task/*/unclaim", TASK_WORKERS),
            post("/task/*/complete", TASK_WORKERS),
            post("/task/*/submit-form", TASK_WORKERS),
            post("/task/*/assignee", MANAGERS_ONLY),
            post("/task/*/bpmnError", OPERATORS_ONLY),
            post("/task/*/bpmnEscalation", OPERATORS_ONLY),
            any("/task/*/variables/**", OPERATORS_ONLY),
            any("/task/*/localVariables/**", OPERATORS_ONLY),
            // Filters are provisioned at start-up: whoever writes one could have the engine evaluate expressions.
            get("/filter/**", ANYONE_SIGNED_IN),
            post("/filter/*/list", ANYONE_SIGNED_IN),
            post("/filter/*/singleResult", ANYONE_SIGNED_IN),
            post("/filter/*/count", ANYONE_SIGNED_IN),
            options("/filter", ANYONE_SIGNED_IN),
            options("/filter/*", ANYONE_SIGNED_IN),
            // Models
            get("/process-definition/**", ANYONE_SIGNED_IN),
            post("/process-definition/*/start", FLAGGERS),
            post("/process-definition/*/submit-form", FLAGGERS),
            post("/process-definition/key/*/start", FLAGGERS),
            post("/process-definition/key/*/submit-form", FLAGGERS),
            any("/process-definition/*/suspended", OPERATORS_ONLY),
            any("/process-definition/key/*/suspended", OPERATORS_ONLY),
            any("/process-definition/suspended", OPERATORS_ONLY),
            get("/decision-definition/**", SUPERVISORS),
            post("/decision-definition/*/evaluate", SUPERVISORS),
            post("/decision-definition/key/*/evaluate", SUPERVISORS),
            get("/decision-requirements-definition/**", SUPERVISORS),
            // What Camunda Modeler sends becomes a draft: see modelling.web.ModelerDoor. The engine itself lets nobody
            // deploy.
            get("/deployment/**", SUPERVISORS),
            post("/deployment/create", SUPERVISORS),
            any("/deployment/**", NOBODY),
            // Cases at run time: reading as far as the engine's authorizations reach, interfering for operators
            get("/process-instance/**", ANYONE_SIGNED_IN),
            post("/process-instance", ANYONE_SIGNED_IN),
            post("/process-instance/count", ANYONE_SIGNED_IN),
            any("/process-instance/**", OPERATORS_ONLY),
            get("/execution/**", SUPERVISORS),
            post("/execution", SUPERVISORS),
            post("/execution/count", SUPERVISORS),
            any("/execution/**", OPERATORS_ONLY),
            get("/variable-instance/**", SUPERVISORS),
            post("/variable-instance", SUPERVISORS),
            post("/variable-instance/count", SUPERVISORS),
            post("/message", OPERATORS_ONLY),
            post("/signal", OPERATORS_ONLY),
            get("/job/**", SUPERVISORS),
            post("/job", SUPERVISORS),
            post("/job/count", SUPERVISORS),
            any("/job/**", OPERATORS_ONLY),
            get("/job-definition/**", SUPERVISORS),
            post("/job-definition", SUPERVISORS),
            post("/job-definition/count", SUPERVISORS),
            any("/job-definition/**", OPERATORS_ONLY),
            get("/incident/**", SUPERVISORS),
            any("/incident/**", OPERATORS_ONLY),
            get("/event-subscription/**", SUPERVISORS),
            get("/external-task/**", SUPERVISORS),
            get("/batch/**", SUPERVISORS),
            any("/batch/**", OPERATORS_ONLY),
            any("/migration/**", OPERATORS_ONLY),
            any("/modification/**", OPERATORS_ONLY),
            get("/metrics/**", SUPERVISORS),
            // History is read; nothing of it is deleted or redated by hand.
            // The engine counts these over all cases, also over those that somebody may not know of.
            get("/history/process-definition/**", NOBODY),
            get("/history/decision-requirements-definition/**", NOBODY),
            get("/history/decision-definition/**", NOBODY),
            get("/history/**", ANYONE_SIGNED_IN),
            post(HISTORY_QUERY, SUPERVISORS),
            post(HISTORY_QUERY + "/count", SUPERVISORS),
            any("/history/**", NOBODY),
            // People. Passwords are not checked here, and accounts are not made here.
            get("/identity/groups", ANYONE_SIGNED_IN),
            get("/user/**", ANYONE_SIGNED_IN),
            get("/group/**", ANYONE_SIGNED_IN),
            get("/authorization/check", ANYONE_SIGNED_IN),
            // A grant on a task tells of the task.
            get("/authorization/**", NOBODY),
            get("/version", ANYONE_SIGNED_IN));

    /** A mailed link is its own proof; what the token does not open says nothing. */
    static final List<Rule> LINKS = List.of(get("/deconfliction/*", ANYONE), post("/deconfliction/*", ANYONE));

    /** Browsers: our pages and Camunda's web applications, on a session. */
    static final List<Rule> BROWSERS = Stream.of(
                    List.of(
                            get("/login", ANYONE),
                            get("/assets/**", ANYONE),
                            get("/accessibility", ANYONE),
                            get("/hub/**", ANYONE),
                            get("/favicon.ico", ANYONE),
                            get("/", ANYONE_SIGNED_IN),
                            get("/cases/*/evidence/**", EVIDENCE_READERS),
                            get("/cases/**", CASE_READERS),
                            post("/cases/**", CASE_HANDLERS),
                            get("/deconfliction", LIAISON_OFFICERS),
                            get("/deconfliction/questions/*", LIAISON_OFFICERS),
                            post("/deconfliction/questions/*", LIAISON_OFFICERS),
                            get("/notices/templates", MANAGERS_ONLY),
                            get("/notices/templates/*", MANAGERS_ONLY),
                            post("/notices/templates/*", MANAGERS_ONLY),
                            get("/platforms", SUPERVISORS),
                            get("/platforms/new", OPERATORS_ONLY),
                            get("/platforms/*/contacts", SUPERVISORS),
                            post("/platforms/*/contacts", SUPERVISORS),
                            post("/platforms/**", OPERATORS_ONLY),
                            any("/manager/**", MANAGERS_ONLY),
                            // Camunda's own sign-in, its set-up page for a first administrator and its licence page
                            any("/camunda/api/admin/auth/user/*/login/**", NOBODY),
                            any("/camunda/api/admin/setup/**", NOBODY),
                            any("/camunda/app/*/*/setup/**", NOBODY),
                            get("/camunda/api/admin/auth/user/*", ANYONE_SIGNED_IN),
                            get("/camunda/api/*/plugin/*/static/**", ANYONE_SIGNED_IN),
                            get("/camunda/api/tasklist/plugin/**", ANYONE_SIGNED_IN),
                            post("/camunda/api/tasklist/plugin/**", ANYONE_SIGNED_IN),
                            get("/camunda/api/cockpit/plugin/**", SUPERVISORS),
                            post("/camunda/api/cockpit/plugin/**", SUPERVISORS),
                            get("/camunda/api/admin/plugin/**", OPERATORS_ONLY)),
                    engine("/camunda/api/engine"),
                    List.of(
                            get("/camunda/app/cockpit/**", SUPERVISORS),
                            get("/camunda/app/admin/**", OPERATORS_ONLY),
                            get("/camunda/app/tasklist/**", ANYONE_SIGNED_IN),
                            get("/camunda/app/welcome/**", ANYONE_SIGNED_IN),
                            get("/camunda", ANYONE_SIGNED_IN),
                            get("/camunda/app", ANYONE_SIGNED_IN),
                            get("/camunda/lib/**", ANYONE_SIGNED_IN),
                            get("/camunda/assets/**", ANYONE_SIGNED_IN),
                            get("/camunda/favicon.ico", ANYONE)))
            .flatMap(List::stream)
            .toList();

    private AccessTable() {}

    /**
     * The engine's REST API below a prefix. It answers a second time below {@code /engine/<name>}, with the same rows.
     */
    static List<Rule> engine(String prefix) {
        return Stream.of(
                        ENGINE_REST.stream().map(rule -> rule.under(prefix)),
                        ENGINE_REST.stream().map(rule -> rule.under(prefix + "/engine/*")),
                        Stream.of(
                                get(prefix + "/engine", ANYONE_SIGNED_IN),
                                // so written by Camunda's web applications
                                get(prefix + "/engine/", ANYONE_SIGNED_IN)))
                .flatMap(rules -> rules)
                .toList();
    }
}
