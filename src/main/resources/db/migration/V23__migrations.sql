-- Open cases on their way to another set of models. What was chosen is kept with the order; what became of each case,
-- in a row of its own, which is also what keeps two nodes from moving one case twice.
create table case_migration (
    migration_id varchar(36) primary key,
    change_number bigint not null references change_request,
    target_deployment_id varchar(64) not null,
    state varchar(10) not null,
    reason varchar(2000) not null,
    created_by varchar(255) not null,
    created_at timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone
);
create index case_migration_change on case_migration (change_number, created_at);

-- What becomes of a running timer; one that is not named here keeps its due instant.
create table case_migration_timer (
    migration_id varchar(36) not null references case_migration,
    event_id varchar(128) not null,
    treatment varchar(4) not null,
    primary key (migration_id, event_id)
);

-- replan_reason: the removal deadline is computed anew by the newer table, because of this.
create table case_migration_case (
    migration_id varchar(36) not null references case_migration,
    case_reference varchar(20) not null references takedown_case,
    state varchar(10) not null,
    attempts integer not null,
    message varchar(2000) not null,
    from_versions varchar(500) not null,
    to_versions varchar(500) not null,
    replan_reason varchar(1000),
    settled_at timestamp(6) with time zone,
    primary key (migration_id, case_reference)
);
create index case_migration_case_state on case_migration_case (state, migration_id);

-- Removal deadlines that were computed anew, side by side with what held before.
create table case_migration_clock (
    migration_id varchar(36) not null references case_migration,
    case_reference varchar(20) not null references takedown_case,
    recipient_number integer not null,
    recipient varchar(255) not null,
    due_before timestamp(6) with time zone not null,
    due_after timestamp(6) with time zone not null,
    primary key (migration_id, case_reference, recipient_number)
);
