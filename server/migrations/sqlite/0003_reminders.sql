-- When somebody wants to be reminded by e-mail, the last day on which that was done, and what stops it from their mail.
create table reminder (
    person blob not null primary key,
    chosen blob not null,
    stop blob not null,
    last_day integer
) strict, without rowid;
