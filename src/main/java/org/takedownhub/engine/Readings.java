package org.takedownhub.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.HistoricProcessInstanceReportImpl;
import org.camunda.bpm.engine.impl.HistoricTaskInstanceReportImpl;
import org.camunda.bpm.engine.impl.TaskReportImpl;
import org.camunda.bpm.engine.impl.cmd.*;
import org.camunda.bpm.engine.impl.dmn.cmd.*;
import org.camunda.bpm.engine.impl.interceptor.Command;

/** The commands that change nothing. Whether somebody may see the answer is decided by the engine's authorisations. */
final class Readings {

    private static final Set<Class<?>> DEFINITIONS = Set.of(
            GetDeployedProcessDefinitionCmd.class,
            GetDeploymentBpmnModelInstanceCmd.class,
            GetDeploymentProcessDiagramCmd.class,
            GetDeploymentProcessDiagramLayoutCmd.class,
            GetDeploymentProcessModelCmd.class,
            GetDeploymentDecisionDefinitionCmd.class,
            GetDeploymentDecisionDiagramCmd.class,
            GetDeploymentDecisionModelCmd.class,
            GetDeploymentDecisionRequirementsDefinitionCmd.class,
            GetDeploymentDecisionRequirementsDiagramCmd.class,
            GetDeploymentDecisionRequirementsModelCmd.class,
            GetDeploymentDmnModelInstanceCmd.class,
            GetDeploymentResourceCmd.class,
            GetDeploymentResourceForIdCmd.class,
            GetDeploymentResourceNamesCmd.class,
            GetDeploymentResourcesCmd.class,
            GetIdentityLinksForProcessDefinitionCmd.class,
            GetStaticCalledProcessDefinitionCmd.class);

    private static final Set<Class<?>> FORMS = Set.of(
            GetCamundaFormDefinitionCmd.class,
            GetDeployedStartFormCmd.class,
            GetDeployedTaskFormCmd.class,
            GetFormKeyCmd.class,
            GetRenderedStartFormCmd.class,
            GetRenderedTaskFormCmd.class,
            GetStartFormCmd.class,
            GetStartFormVariablesCmd.class,
            GetTaskFormCmd.class);

    private static final Set<Class<?>> TASKS = Set.of(
            GetIdentityLinksForTaskCmd.class,
            GetSubTasksCmd.class,
            GetTaskAttachmentCmd.class,
            GetTaskAttachmentContentCmd.class,
            GetTaskAttachmentsCmd.class,
            GetTaskCommentCmd.class,
            GetTaskCommentsCmd.class,
            GetTaskEventsCmd.class,
            GetTaskVariableCmd.class,
            GetTaskVariableCmdTyped.class,
            GetTaskVariablesCmd.class,
            CreateFilterCmd.class,
            GetFilterCmd.class,
            ExecuteFilterCountCmd.class,
            ExecuteFilterListCmd.class,
            ExecuteFilterListPageCmd.class,
            ExecuteFilterSingleResultCmd.class);

    private static final Set<Class<?>> INSTANCES = Set.of(
            FindActiveActivityIdsCmd.class,
            GetActivityInstanceCmd.class,
            GetExecutionVariableCmd.class,
            GetExecutionVariableTypedCmd.class,
            GetExecutionVariablesCmd.class,
            GetHistoricJobLogExceptionStacktraceCmd.class,
            GetJobExceptionStacktraceCmd.class);

    private static final Set<Class<?>> PEOPLE = Set.of(
            AuthorizationCheckCmd.class,
            CreateGroupQueryCmd.class,
            CreateTenantQueryCmd.class,
            CreateUserQueryCmd.class,
            GetPasswordPolicyCmd.class,
            GetUserInfoCmd.class,
            GetUserPictureCmd.class,
            IsIdentityServiceReadOnlyCmd.class);

    /** Their commands are inner classes that only they can name. */
    private static final Set<Class<?>> REPORTS =
            Set.of(HistoricProcessInstanceReportImpl.class, HistoricTaskInstanceReportImpl.class, TaskReportImpl.class);

    private Readings() {}

    static boolean include(Command<?> command) {
        Class<?> kind = command.getClass();
        return command instanceof AbstractQuery
                || DEFINITIONS.contains(kind)
                || FORMS.contains(kind)
                || TASKS.contains(kind)
                || INSTANCES.contains(kind)
                || PEOPLE.contains(kind)
                || (kind.getEnclosingClass() != null && REPORTS.contains(kind.getEnclosingClass()));
    }
}
