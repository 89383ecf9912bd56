-- Platforms that said when to come back: the watch leaves them alone until then, on every node.
create table watch_pause (
    platform varchar(255) primary key,
    until_at timestamp(6) with time zone not null
);

-- Streaks of looks that could not tell, of which a person has been told: each one once.
create table unclear_streak (
    case_reference varchar(20) not null references takedown_case,
    recipient_number integer not null,
    since timestamp(6) with time zone not null,
    told_at timestamp(6) with time zone not null,
    primary key (case_reference, recipient_number, since)
);
