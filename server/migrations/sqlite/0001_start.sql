-- Bytes, positions, people. What an event means is not known here.
create table meta (
    key text primary key,
    value blob not null
) strict;

create table dossier (
    id blob primary key,
    centre text not null default '',
    head integer not null default 0,
    chain blob not null,
    epoch blob not null,
    received_at integer not null default 0
) strict;

create table event (
    dossier blob not null references dossier (id),
    position integer not null,
    hash blob not null,
    replica blob not null,
    seq integer not null,
    kind integer not null,
    sealed blob not null,
    body blob,
    verdict integer not null,
    received_at integer not null,
    hlc_eff integer not null,
    chain blob not null,
    primary key (dossier, position),
    unique (dossier, hash)
) strict;

create table quarantine (
    dossier blob not null,
    hash blob not null,
    sealed blob not null,
    body blob,
    verdict integer not null,
    code integer not null,
    sender blob not null,
    received_at integer not null,
    resolved_at integer,
    primary key (dossier, hash)
) strict;

create table malformed (
    sender blob not null,
    digest blob not null,
    raw blob not null,
    received_at integer not null,
    primary key (sender, digest)
) strict;

create table person (
    id blob primary key,
    name text not null,
    centre text not null default '',
    created_at integer not null
) strict;

create table membership (
    person blob not null,
    dossier blob not null references dossier (id),
    role integer not null,
    primary key (person, dossier, role)
) strict;
create index membership_of_dossier on membership (dossier);

create table device (
    key_id blob primary key,
    person blob not null,
    public_key blob not null,
    name text not null,
    certified_at integer not null,
    revoked_at integer
) strict;
create index device_of_person on device (person);

create table invite (
    token_hash blob primary key,
    code_hint text not null,
    code_hash blob not null,
    person blob not null references person (id),
    expires_at integer not null,
    tries integer not null default 0,
    used_at integer,
    used_by blob
) strict;
create index invite_by_hint on invite (code_hint);

create table session (
    token_hash blob primary key,
    person blob not null,
    key_id blob not null references device (key_id),
    created_at integer not null,
    last_seen integer not null,
    expires_at integer not null
) strict;
create index session_of_key on session (key_id);
