-- Who has a ticket for a survey. Which one is not written anywhere.
create table survey_asked (
    survey blob not null,
    person blob not null,
    primary key (survey, person)
) strict, without rowid;

-- The tickets, and what came with them. Rows lie in the order of their hashes: without a row number that tells which
-- came first, and without a moment.
create table survey_ticket (
    survey blob not null,
    ticket blob not null,
    answers blob,
    part integer,
    primary key (survey, ticket)
) strict, without rowid;
