-- What a coach asks in their leertrajecten, once somebody answers it: an answer does not say where it was asked.
create table survey_kept (
    survey blob not null primary key,
    coach blob not null,
    asked blob not null
) strict, without rowid;
