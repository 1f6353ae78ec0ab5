-- When somebody wants to be reminded by e-mail, the last day on which that was done, and what stops it from their mail.
create table reminder (
    person bytea not null primary key,
    chosen bytea not null,
    stop bytea not null,
    last_day bigint
);
