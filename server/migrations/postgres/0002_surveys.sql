-- Who has a ticket for a survey. Which one is not written anywhere.
create table survey_asked (
    survey bytea not null,
    person bytea not null,
    primary key (survey, person)
);

-- The tickets, and what came with them, without a moment.
create table survey_ticket (
    survey bytea not null,
    ticket bytea not null,
    answers bytea,
    part bigint,
    primary key (survey, ticket)
);
