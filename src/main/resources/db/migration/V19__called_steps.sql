-- Whether the platform may tell the uploader, as the forces said; the strictest word holds.
create table uploader_notification (
    case_reference varchar(20) primary key references takedown_case,
    rule varchar(12) not null,
    defer_until timestamp(6) with time zone,
    decided_by varchar(255) not null,
    decided_at timestamp(6) with time zone not null
);

-- The statutory instrument that an authorised officer let a voluntary referral become, and the recipient it went on as.
alter table recipient add column formal_instrument varchar(32);
alter table recipient add column superseded_by integer;
