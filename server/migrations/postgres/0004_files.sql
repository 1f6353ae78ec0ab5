-- Files that travel beside the events, in pieces that follow each other without a hole.
create table file_piece (
    dossier bytea not null references dossier (id),
    file bytea not null,
    at bigint not null,
    bytes bytea not null,
    primary key (dossier, file, at)
);
