#!/usr/bin/env bash
# database.sh postgres|mariadb PORT DIR: a server of its own on loopback, with a table of people; touches DIR/ready.
set -euo pipefail
kind=$1 port=$2 dir=$3
rows="create table people (login varchar(80), mail varchar(80));
insert into people values ('alice', 'alice@example.com'), ('bob', 'bob@example.com');"
mkdir -p "$dir/data" "$dir/run"
if [ "$kind" = postgres ]; then
  bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
  run=()
  echo own >"$dir/password"
  chmod 644 "$dir/password"
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir/data" "$dir/run"
    run=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  fi
  cd "$dir/data"
  "${run[@]}" "$bin/initdb" -D "$dir/data" -U owner -A scram-sha-256 --pwfile="$dir/password" -E UTF8 --locale=C
  (
    export PGPASSWORD=own PGHOST=$dir/run PGPORT=$port PGUSER=owner
    for _ in $(seq 300); do "$bin/pg_isready" -q -d postgres && break; sleep 0.1; done
    psql -q -d postgres -c "create role gate login password 'secret'" -c "create database app owner gate"
    psql -q -d app -c "$rows" -c "grant select on people to gate"
    touch "$dir/ready"
  ) &
  exec "${run[@]}" "$bin/postgres" -D "$dir/data" -k "$dir/run" -p "$port" -c listen_addresses=127.0.0.1 -c fsync=off
else
  mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$dir/data" --auth-root-authentication-method=normal --skip-test-db
  (
    for _ in $(seq 300); do mariadb -S "$dir/run/sock" -uroot -e "select 1" >/dev/null 2>&1 && break; sleep 0.1; done
    mariadb -S "$dir/run/sock" -uroot -e "create database app; use app; $rows
      create user gate@'%' identified by 'secret'; grant select on app.people to gate@'%';"
    touch "$dir/ready"
  ) &
  exec mariadbd --no-defaults --user="$(id -un)" --datadir="$dir/data" --socket="$dir/run/sock" --bind-address=127.0.0.1 \
    --port="$port" --pid-file="$dir/run/pid" --innodb-buffer-pool-size=32M --skip-name-resolve
fi
