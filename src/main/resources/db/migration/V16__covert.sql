-- Numbers of cases that were left out at random, for covert cases to take: a gap tells nobody anything.
create table left_out_number (
    number bigint primary key
);
