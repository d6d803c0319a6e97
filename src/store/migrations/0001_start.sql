create table sessions (
    id blob primary key not null,
    app text not null,
    realm text,
    user_id text,
    attributes blob,
    created_at integer not null,
    login_since integer
) strict;
create index sessions_age on sessions (created_at);

create table members (
    key blob primary key not null,
    session_id blob not null references sessions (id) on delete cascade,
    seq integer not null,
    name text not null,
    path text,
    domain text
) strict;
create index members_session on members (session_id, seq);

create table gate_sessions (
    id blob primary key not null,
    token blob not null unique,
    session_id blob not null,
    app text not null,
    realm text not null,
    user_id text not null,
    attributes blob not null,
    verifications text not null,
    step_up text,
    target text,
    auto_sent integer not null default 0,
    created_at integer not null,
    last_seen integer not null,
    expires_at integer not null
) strict;
create index gate_sessions_session on gate_sessions (session_id);
create index gate_sessions_user on gate_sessions (realm, user_id);

create table revocations (
    revision integer primary key autoincrement,
    realm text not null,
    user_id text not null,
    at integer not null
) strict;

create table users (
    realm text not null,
    id text not null,
    primary_method text,
    created_at integer not null,
    primary key (realm, id)
) strict;

create table enrolments (
    id blob primary key not null,
    realm text not null,
    user_id text not null,
    method text not null,
    label text not null,
    secret blob not null,
    created_at integer not null,
    confirmed_at integer,
    last_step integer not null default 0
) strict;
create index enrolments_user on enrolments (realm, user_id, method);

create table codes (
    realm text not null,
    user_id text not null,
    method text not null,
    gate blob not null,
    purpose text not null,
    hash blob not null,
    sent_at integer not null,
    expires_at integer not null,
    consumed_at integer,
    primary key (realm, user_id, method)
) strict;

create table backup_codes (
    id integer primary key,
    realm text not null,
    user_id text not null,
    prefix blob not null,
    hash text not null,
    consumed_at integer
) strict;
create index backup_codes_user on backup_codes (realm, user_id, prefix);

create table limits (
    key text primary key not null,
    count integer not null,
    window_ends integer not null,
    locked_until integer
) strict;

create table devices (
    token blob primary key not null,
    realm text not null,
    user_id text not null,
    label text not null,
    created_at integer not null,
    expires_at integer not null
) strict;
create index devices_user on devices (realm, user_id);

create table audit (
    id integer primary key,
    at integer not null,
    event text not null,
    realm text not null,
    user_id text not null,
    method text,
    ip text,
    detail text
) strict;
create index audit_time on audit (at);
