-- What platforms said to our reports. The key makes saying it again change nothing.
create table platform_reply (
    case_reference varchar(20) not null references takedown_case,
    recipient_number integer not null,
    reply_key varchar(200) not null,
    kind varchar(20) not null,
    text varchar(4000) not null,
    replied_at timestamp(6) with time zone not null,
    recorded_at timestamp(6) with time zone not null,
    primary key (case_reference, recipient_number, reply_key)
);

alter table observation add column recogniser varchar(60) default '' not null;
alter table observation add column unknown_reason varchar(20);

-- When to ask a platform next what it said to a report.
alter table submission add column replies_due_at timestamp(6) with time zone;
create index submission_replies on submission (replies_due_at);

-- When the watch for a return looks next at the content of a case in state WATCHING, and since when it has been seen again.
create table return_watch (
    case_reference varchar(20) primary key references takedown_case,
    next_check_at timestamp(6) with time zone not null,
    seen_since timestamp(6) with time zone
);
create index return_watch_next on return_watch (next_check_at);

-- What counts against accounts.
create table strike (
    case_reference varchar(20) not null references takedown_case,
    reason varchar(10) not null,
    account_key varchar(2100) not null,
    booked_at timestamp(6) with time zone not null,
    primary key (case_reference, reason)
);
create index strike_account on strike (account_key);

create index takedown_case_watching on takedown_case (content_key, outcome);
