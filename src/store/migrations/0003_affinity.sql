-- Which of an app's servers a session stays with: the same number leads to the same server.
alter table sessions add column affinity integer not null default 0;
