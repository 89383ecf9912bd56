-- Which entry of the register and which words a notice was made with.
alter table notice add column instrument_version integer;
alter table notice add column template_version integer;
alter table notice add column template_sha256 varchar(64);
-- What nobody had checked against the law when it went out.
alter table notice add column unverified varchar(2000);

-- The words of notices as managers keep them; the shipped ones are version 0 and lie in the program.
create table notice_template (
    instrument varchar(32) not null,
    version integer not null,
    template varchar(20000) not null,
    sha256 varchar(64) not null,
    saved_by varchar(255) not null,
    saved_at timestamp(6) with time zone not null,
    primary key (instrument, version)
);

-- What a person supplied because the law wants it in the notice and the hub could not tell.
create table notice_supplement (
    case_reference varchar(20) not null references takedown_case,
    instrument varchar(32) not null,
    element varchar(40) not null,
    content varchar(4000) not null,
    supplied_by varchar(255) not null,
    supplied_at timestamp(6) with time zone not null,
    primary key (case_reference, instrument, element)
);

-- What each recipient was sent, byte for byte, and the redacted copy beside it.
create table notice_document (
    notice_id varchar(36) not null references notice,
    recipient_number integer not null,
    kind varchar(8) not null,
    redacted boolean not null,
    case_reference varchar(20) not null references takedown_case,
    content bytea not null,
    sha256 varchar(64) not null,
    size_in_bytes bigint not null,
    made_at timestamp(6) with time zone not null,
    primary key (notice_id, recipient_number, kind, redacted)
);
create index notice_document_case on notice_document (case_reference);
