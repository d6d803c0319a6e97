-- The name of a login that looked failed: the app may have let its user in all the same.
alter table sessions add column tried blob;
