package org.takedownhub.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;
import org.takedownhub.casefile.CaseReference;
import org.takedownhub.cases.CaseVisibility;
import org.takedownhub.process.TakedownProcess;

/**
 * Puts what runs for a covert case into a tenant of its own, while the models stay shared. The engine then hides it, its
 * tasks, jobs, variables, incidents and history from everybody who is not signed in with that tenant; the hub's own work
 * runs signed in as nobody, and sees all. A called process inherits the tenant; one that is started for a case by itself
 * has to carry {@code caseReference}.
 */
public final class CovertTenant implements TenantIdProvider {

    /** The tenant of covert cases. */
    public static final String ID = "covert";

    private static final String OWN_QUESTIONS = "hub";

    private final Supplier<CaseVisibility> cases;

    CovertTenant(Supplier<CaseVisibility> cases) {
        this.cases = cases;
    }

    @Override
    public @Nullable String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext started) {
        return of(started.getVariables());
    }

    @Override
    public @Nullable String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext started) {
        return of(started.getVariables());
    }

    /**
     * Asked for decisions that belong to no process: those that the hub asks for itself. They name no case, so none of
     * them is shown to anybody: their number would tell of covert ones.
     */
    @Override
    public String provideTenantIdForHistoricDecisionInstance(TenantIdProviderHistoricDecisionInstanceContext decided) {
        return OWN_QUESTIONS;
    }

    private @Nullable String of(VariableMap variables) {
        return variables.get(TakedownProcess.CASE_REFERENCE.name()) instanceof String reference
                        && cases.get().isCovert(new CaseReference(reference)).orElse(false)
                ? ID
                : null;
    }
}
