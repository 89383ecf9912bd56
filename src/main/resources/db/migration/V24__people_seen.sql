-- Who has signed in here, and which of our groups the sign-in server gave them then: nobody else knows in production,
-- and a task is handed only to somebody who may do it. Names of groups, separated by commas.
create table person_seen (
    person varchar(255) not null primary key,
    memberships text not null,
    seen_at timestamp(6) with time zone not null
);
