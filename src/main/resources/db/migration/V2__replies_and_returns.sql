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
