-- What a coach asks in their leertrajecten, once somebody answers it: an answer does not say where it was asked.
create table survey_kept (
    survey bytea primary key,
    coach bytea not null,
    asked bytea not null
);
