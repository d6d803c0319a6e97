-- A WebAuthn ceremony waits here for its answer, and is taken out once.
create table ceremonies (
    key blob primary key not null,
    realm text not null,
    user_id text not null,
    state blob not null,
    expires_at integer not null
) strict;
create index ceremonies_user on ceremonies (realm, user_id, expires_at);

-- What was accepted once and must not be again.
create table spent (
    key blob primary key not null,
    until integer not null
) strict;
