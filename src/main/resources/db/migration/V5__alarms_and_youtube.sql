-- What an operator has to mend at a platform, until it is mended. One row for each matter.
create table platform_alarm (
    platform varchar(255) not null,
    topic varchar(60) not null,
    text varchar(1000) not null,
    raised_at timestamp(6) with time zone not null,
    primary key (platform, topic)
);

-- The units that YouTube's Data API has been asked for, by the day of America/Los_Angeles. All nodes draw on one row.
create table youtube_quota (
    platform varchar(255) not null,
    quota_day date not null,
    used bigint not null,
    primary key (platform, quota_day)
);

-- The reasons that YouTube offers for reporting a video, as JSON, and the version it gave them.
create table youtube_reasons (
    platform varchar(255) primary key,
    etag varchar(300),
    reasons varchar(60000) not null,
    read_at timestamp(6) with time zone not null
);
