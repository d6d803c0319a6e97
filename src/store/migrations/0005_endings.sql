-- What one process ended and others may remember: an app's session, or one gate session by its token. Where neither is
-- named it is all of a user's. Who wrote it knows it already.
alter table revocations add column session_id blob;
alter table revocations add column token blob;
alter table revocations add column origin integer not null default 0;
