-- Files that travel beside the events, in pieces that follow each other without a hole.
create table file_piece (
    dossier blob not null references dossier (id),
    file blob not null,
    at integer not null,
    bytes blob not null,
    primary key (dossier, file, at)
) strict;
