-- A WebAuthn ceremony waits here for its answer, and is taken out once.
create table ceremonies (
    key blob primary key not null,
    realm text not null,
    user_id text not null,
    gate blob not null,
    state blob not null,
    expires_at integer not null
) strict;
create index ceremonies_gate on ceremonies (gate, expires_at);

-- What was accepted once and must not be again.
create table spent (
    key blob primary key not null,
    until integer not null
) strict;
