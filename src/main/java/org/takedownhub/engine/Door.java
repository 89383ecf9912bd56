package org.takedownhub.engine;

import static org.takedownhub.engine.CommandFields.ASSIGNED_TASK;
import static org.takedownhub.engine.CommandFields.ASSIGNED_TO;
import static org.takedownhub.engine.CommandFields.CLAIMED_BY;
import static org.takedownhub.engine.CommandFields.CLAIMED_TASK;
import static org.takedownhub.engine.CommandFields.COMMENT;
import static org.takedownhub.engine.CommandFields.COMMENTED_INSTANCE;
import static org.takedownhub.engine.CommandFields.COMMENTED_TASK;
import static org.takedownhub.engine.CommandFields.COMPLETED_DESERIALIZES;
import static org.takedownhub.engine.CommandFields.COMPLETED_RETURNS;
import static org.takedownhub.engine.CommandFields.COMPLETED_TASK;
import static org.takedownhub.engine.CommandFields.COMPLETED_VALUES;
import static org.takedownhub.engine.CommandFields.INSTANTIATION;
import static org.takedownhub.engine.CommandFields.STARTED_DEFINITION;
import static org.takedownhub.engine.CommandFields.STARTED_VALUES;
import static org.takedownhub.engine.CommandFields.SUBMITTED_DESERIALIZES;
import static org.takedownhub.engine.CommandFields.SUBMITTED_RETURNS;
import static org.takedownhub.engine.CommandFields.SUBMITTED_TASK;
import static org.takedownhub.engine.CommandFields.SUBMITTED_VALUES;

import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.GetDeployedProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskFormVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessInstanceWithVariablesImpl;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;
import org.takedownhub.process.InvalidInput;
import org.takedownhub.process.NotAllowed;
import org.takedownhub.process.Person;
import org.takedownhub.process.StartForm;
import org.takedownhub.process.TaskForm;
import org.takedownhub.process.TaskInHand;

/**
 * The one door for people's input. A command that reaches the engine from outside while somebody is signed in there was
 * sent by that person, through Tasklist, Cockpit or the engine's REST API; the hub's own code calls the engine signed
 * in as nobody, and what a command sets off runs inside it. So every such command is looked at here:
 *
 * <ul>
 *   <li>reading passes; a task's form gets the values joined in that the engine does not keep;
 *   <li>completing a task and starting a process go through the form that belongs to it, which decides what enters the
 *       engine, in the same transaction;
 *   <li>claiming, giving back and commenting are for those who may do the task;
 *   <li>everything else is for operators, whatever authorisations somebody has.
 * </ul>
 */
final class Door extends CommandInterceptor {

    static final String OPERATORS = "operators";

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    /** How the engine's messages about things of a tenant that somebody is not signed in with end. */
    private static final String OTHER_TENANT = "belongs to no authenticated tenant";

    private static final int TRIES = 3;
    private static final int MAX_COMMENT = 4_000;

    private final ProcessEngineConfigurationImpl engine;
    private final PeoplesForms forms;
    private final Supplier<TransactionTemplate> transaction;

    Door(ProcessEngineConfigurationImpl engine, PeoplesForms forms, Supplier<TransactionTemplate> transaction) {
        this.engine = engine;
        this.forms = forms;
        this.transaction = transaction;
    }

    @Override
    public <T> T execute(Command<T> command) {
        Authentication signedIn = engine.getIdentityService().getCurrentAuthentication();
        if (signedIn == null || signedIn.getUserId() == null || isInsideAnotherCommand()) {
            return next.execute(command);
        }
        List<String> groups = signedIn.getGroupIds();
        Person person = new Person(signedIn.getUserId(), groups == null ? Set.of() : Set.copyOf(groups));
        try {
            return passed(command, person);
        } catch (InvalidInput invalid) {
            throw new InvalidRequestException(Status.BAD_REQUEST, invalid, invalid.getMessage());
        } catch (ProcessEngineException refused) {
            if (String.valueOf(refused.getMessage()).contains(OTHER_TENANT)) {
                // Whoever may not know of it gets the answer of what was never there.
                LOG.info("{} asked for what is hidden from them", person.id());
                throw new InvalidRequestException(Status.NOT_FOUND, "There is nothing with this id");
            }
            throw refused;
        } catch (NotAllowed refused) {
            LOG.info("{} may not do {}", person.id(), command.getClass().getSimpleName());
            throw new AuthorizationException(refused.getMessage());
        }
    }

    private boolean isInsideAnotherCommand() {
        return Context.getCommandContext() != null
                && Context.getCommandContext().getProcessEngineConfiguration() == engine;
    }

    /**
     * Kinds are compared exactly: some commands extend another and do something else. Every command answers its own
     * type, so what is made in its place answers the same.
     */
    @SuppressWarnings("unchecked")
    private <T> T passed(Command<T> command, Person person) {
        Class<?> kind = command.getClass();
        if (kind == CompleteTaskCmd.class) {
            return (T) complete(command, person);
        }
        if (kind == SubmitTaskFormCmd.class) {
            return (T) submit(command, person);
        }
        if (kind == SubmitStartFormCmd.class) {
            return (T) submitStart(command, person);
        }
        if (kind == StartProcessInstanceCmd.class) {
            return (T) start(command, person);
        }
        if (kind == StartProcessInstanceAtActivitiesCmd.class) {
            throw new NotAllowed("A process starts at its start event, with its form");
        }
        if (kind == GetTaskFormVariablesCmd.class) {
            return (T) shown((GetTaskFormVariablesCmd) command, person);
        }
        if (Readings.include(command) || person.groups().contains(OPERATORS)) {
            return next.execute(command);
        }
        if (kind == ClaimTaskCmd.class) {
            return assigned(CLAIMED_TASK.of(command), CLAIMED_BY.of(command), command, person);
        }
        if (kind == AssignTaskCmd.class) {
            return assigned(ASSIGNED_TASK.of(command), ASSIGNED_TO.of(command), command, person);
        }
        if (kind == AddCommentCmd.class) {
            return commented(command, person);
        }
        throw new NotAllowed("Only the group " + OPERATORS + " may do this");
    }

    private @Nullable VariableMap complete(Command<?> command, Person person) {
        String taskId = COMPLETED_TASK.of(command);
        @SuppressWarnings("unchecked")
        Map<String, Object> values = (Map<String, Object>) COMPLETED_VALUES.of(command);
        return answered(
                taskId,
                person,
                values,
                accepted -> new CompleteTaskCmd(
                        taskId,
                        accepted,
                        Boolean.TRUE.equals(COMPLETED_RETURNS.of(command)),
                        Boolean.TRUE.equals(COMPLETED_DESERIALIZES.of(command))));
    }

    private @Nullable VariableMap submit(Command<?> command, Person person) {
        String taskId = SUBMITTED_TASK.of(command);
        return answered(
                taskId,
                person,
                SUBMITTED_VALUES.of(command),
                accepted -> new SubmitTaskFormCmd(
                        taskId,
                        accepted,
                        Boolean.TRUE.equals(SUBMITTED_RETURNS.of(command)),
                        Boolean.TRUE.equals(SUBMITTED_DESERIALIZES.of(command))));
    }

    /** A command that carries what a form has accepted in place of what was sent. */
    private interface WithValues<T> {
        Command<T> of(Map<String, Object> accepted);
    }

    private <T> @Nullable T answered(
            @Nullable String taskId, Person person, @Nullable Map<String, Object> sent, WithValues<T> answer) {
        return inOneTransaction(taskId, () -> {
            PersonalTask task = taskOf(taskId);
            task.mustBeDoneBy(person);
            TaskForm form = forms.of(task);
            TaskInHand inHand = task.inHandOf(person);
            Map<String, Object> values = SubmittedValues.plain(sent);
            return next.execute(answer.of(asTheHub(() -> {
                Map<String, Object> accepted = form.accept(inHand, values);
                forms.done(inHand);
                return accepted;
            })));
        });
    }

    private ProcessInstance submitStart(Command<?> command, Person person) {
        String definitionId = STARTED_DEFINITION.of(command);
        return inOneTransaction(null, () -> {
            ProcessDefinitionEntity definition = definition(new GetDeployedProcessDefinitionCmd(definitionId, false));
            StartForm.Start start = accepted(definition, person, STARTED_VALUES.of(command));
            return start.duplicate()
                    ? openCase(definition, start)
                    : next.execute(new SubmitStartFormCmd(
                            definition.getId(), start.caseReference().value(), start.variables()));
        });
    }

    private ProcessInstance start(Command<?> command, Person person) {
        ProcessInstantiationBuilderImpl asked = INSTANTIATION.of(command);
        return inOneTransaction(null, () -> {
            ProcessDefinitionEntity definition = definition(new GetDeployedProcessDefinitionCmd(asked, false));
            StartForm.Start start = accepted(definition, person, asked.getVariables());
            if (start.duplicate()) {
                return new ProcessInstanceWithVariablesImpl(openCase(definition, start), Variables.createVariables());
            }
            ProcessInstantiationBuilderImpl granted = (ProcessInstantiationBuilderImpl)
                    ProcessInstantiationBuilderImpl.createProcessInstanceById(next, definition.getId());
            granted.businessKey(start.caseReference().value()).setVariables(start.variables());
            return next.execute(new StartProcessInstanceCmd(granted));
        });
    }

    /** The definition, once the engine has said that this person may start it. */
    private ProcessDefinitionEntity definition(GetDeployedProcessDefinitionCmd search) {
        return next.execute(context -> {
            ProcessDefinitionEntity definition = search.execute(context);
            engine.getCommandCheckers().forEach(checker -> checker.checkCreateProcessInstance(definition));
            ProcessDefinitionEntity latest =
                    engine.getDeploymentCache().findDeployedLatestProcessDefinitionByKey(definition.getKey());
            if (!latest.getId().equals(definition.getId())) {
                throw new InvalidInput("processDefinition", "is an old version; start the latest one");
            }
            return definition;
        });
    }

    private StartForm.Start accepted(
            ProcessDefinitionEntity definition, Person person, @Nullable Map<String, Object> sent) {
        StartForm form = forms.of(definition.getKey());
        Map<String, Object> values = SubmittedValues.plain(sent);
        return asTheHub(() -> form.accept(person, values));
    }

    private ExecutionEntity openCase(ProcessDefinitionEntity definition, StartForm.Start start) {
        String reference = start.caseReference().value();
        return next.execute(context -> context.runWithoutAuthorization(() -> {
            List<ProcessInstance> open = engine.getRuntimeService()
                    .createProcessInstanceQuery()
                    .processDefinitionKey(definition.getKey())
                    .processInstanceBusinessKey(reference)
                    .listPage(0, 1);
            if (open.isEmpty()) {
                throw new IllegalStateException("Case " + reference + " is open but no process runs for it");
            }
            return (ExecutionEntity) open.get(0);
        }));
    }

    private VariableMap shown(GetTaskFormVariablesCmd reading, Person person) {
        VariableMap values = next.execute(reading);
        PersonalTask task = taskOf(reading.resourceId);
        forms.find(task).ifPresent(form -> {
            TaskInHand inHand = task.inHandOf(person);
            asTheHub(() -> form.shown(inHand)).forEach((key, value) -> {
                if (reading.formVariableNames == null || reading.formVariableNames.contains(key)) {
                    values.putValueTyped(key, ShownValue.of(value));
                }
            });
        });
        return values;
    }

    private <T> @Nullable T assigned(
            @Nullable String taskId, @Nullable String userId, Command<T> command, Person person) {
        return inOneTransaction(taskId, () -> {
            PersonalTask task = taskOf(taskId);
            if (userId == null) {
                task.mustBeHeldBy(person);
                // Giving back one's own task takes no right to hand out tasks.
                return asTheHub(() -> next.execute(command));
            } else if (userId.equals(person.id())) {
                task.mustBeDoneBy(person);
                TaskInHand inHand = task.inHandOf(person);
                forms.find(task).ifPresent(form -> form.mayBeTaken(inHand));
            } else {
                throw new NotAllowed("A task is claimed for oneself, not given to others");
            }
            return next.execute(command);
        });
    }

    private <T> @Nullable T commented(Command<T> command, Person person) {
        String text = COMMENT.of(command);
        if (text == null || text.length() > MAX_COMMENT) {
            throw new InvalidInput("message", "must have 1 to " + MAX_COMMENT + " characters");
        }
        PersonalTask task = taskOf(COMMENTED_TASK.of(command));
        task.mustBeDoneBy(person);
        String instance = COMMENTED_INSTANCE.of(command);
        if (instance != null && !instance.equals(task.processInstanceId())) {
            throw new NotAllowed("The comment is about another case than its task");
        }
        return next.execute(command);
    }

    private PersonalTask taskOf(@Nullable String taskId) {
        PersonalTask task = taskId == null ? null : next.execute(context -> PersonalTask.find(context, taskId));
        if (task == null || !task.isThereFor(engine.getIdentityService().getCurrentAuthentication())) {
            throw gone();
        }
        return task;
    }

    private static InvalidRequestException gone() {
        return new InvalidRequestException(
                Status.NOT_FOUND, "There is no such open task. Somebody may have completed it already");
    }

    /**
     * Somebody else can be faster at the same task or with the same content: then it starts again and sees what has
     * become of it. The engine itself was seen to answer such races with all sorts of errors.
     */
    private <T> @Nullable T inOneTransaction(@Nullable String taskId, Supplier<@Nullable T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get().execute(status -> work.get());
            } catch (AuthorizationException refused) {
                throw refused;
            } catch (OptimisticLockingException | ConcurrencyFailureException | DuplicateKeyException raced) {
                if (attempt == TRIES) {
                    throw new InvalidRequestException(
                            Status.CONFLICT, raced, "Somebody else is changing this at the same moment. Load it again");
                }
            } catch (ProcessEngineException | DataAccessException | NullPointerException trouble) {
                if (taskId != null && next.execute(context -> PersonalTask.find(context, taskId)) == null) {
                    throw gone();
                }
                throw trouble;
            }
        }
    }

    /** What a form does on a person's word is not limited by what that person could do in the engine directly. */
    private <T> T asTheHub(Supplier<T> work) {
        Authentication person = engine.getIdentityService().getCurrentAuthentication();
        engine.getIdentityService().clearAuthentication();
        try {
            return work.get();
        } finally {
            engine.getIdentityService()
                    .setAuthentication(person.getUserId(), person.getGroupIds(), person.getTenantIds());
        }
    }
}
