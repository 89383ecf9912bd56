-- How cases belong together. The first is the copy, the return; relations that hold both ways keep the older case first.
create table case_link (
    case_reference varchar(20) not null references takedown_case,
    other_reference varchar(20) not null references takedown_case,
    relation varchar(20) not null,
    detail varchar(1000) not null,
    at timestamp(6) with time zone not null,
    linked_by varchar(255) not null,
    primary key (case_reference, other_reference, relation)
);
create index case_link_other on case_link (other_reference);

-- An archived page is an item of its own; this is the key of what it shows.
alter table takedown_case add column copy_of_key varchar(2100);
create index takedown_case_copy_of on takedown_case (copy_of_key);

-- Addresses whose item only the network can tell, asked after flagging and a few times more.
create table identity_question (
    case_reference varchar(20) primary key references takedown_case,
    url varchar(2000) not null,
    kind varchar(20) not null,
    state varchar(12) not null,
    tries integer not null,
    not_before timestamp(6) with time zone not null,
    asked_at timestamp(6) with time zone not null,
    settled_at timestamp(6) with time zone,
    resolved_url varchar(2000),
    content_key varchar(2100),
    detail varchar(2000)
);
create index identity_question_queue on identity_question (state, not_before);

-- A case that was given another key is still found by the one it was flagged with.
create index flag_content_key on flag (content_key);
