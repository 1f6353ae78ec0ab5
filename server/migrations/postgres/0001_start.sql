-- Bytes, positions, people. What an event means is not known here.
create table meta (
    key text primary key,
    value bytea not null
);

create table dossier (
    id bytea primary key,
    centre text not null default '',
    head bigint not null default 0,
    chain bytea not null,
    epoch bytea not null,
    received_at bigint not null default 0
);

create table event (
    dossier bytea not null references dossier (id),
    position bigint not null,
    hash bytea not null,
    replica bytea not null,
    seq bigint not null,
    kind bigint not null,
    sealed bytea not null,
    body bytea,
    verdict bigint not null,
    received_at bigint not null,
    hlc_eff bigint not null,
    chain bytea not null,
    primary key (dossier, position),
    unique (dossier, hash)
);

create table quarantine (
    dossier bytea not null,
    hash bytea not null,
    sealed bytea not null,
    body bytea,
    verdict bigint not null,
    code bigint not null,
    sender bytea not null,
    received_at bigint not null,
    resolved_at bigint,
    primary key (dossier, hash)
);

create table malformed (
    sender bytea not null,
    digest bytea not null,
    raw bytea not null,
    received_at bigint not null,
    primary key (sender, digest)
);

create table person (
    id bytea primary key,
    name text not null,
    centre text not null default '',
    created_at bigint not null
);

create table membership (
    person bytea not null,
    dossier bytea not null references dossier (id),
    role bigint not null,
    primary key (person, dossier, role)
);
create index membership_of_dossier on membership (dossier);

create table device (
    key_id bytea primary key,
    person bytea not null,
    public_key bytea not null,
    name text not null,
    certified_at bigint not null,
    revoked_at bigint
);
create index device_of_person on device (person);

create table invite (
    token_hash bytea primary key,
    code_hint text not null,
    code_hash bytea not null,
    person bytea not null references person (id),
    expires_at bigint not null,
    tries bigint not null default 0,
    used_at bigint,
    used_by bytea
);
create index invite_by_hint on invite (code_hint);

create table session (
    token_hash bytea primary key,
    person bytea not null,
    key_id bytea not null references device (key_id),
    created_at bigint not null,
    last_seen bigint not null,
    expires_at bigint not null
);
create index session_of_key on session (key_id);
