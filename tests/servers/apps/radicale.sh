#!/usr/bin/env bash
# radicale.sh PORT DIR: Radicale (PyPI), a calendar server that takes name and password with each request;
# carol/carol-pass-1, dave/dave-pass-1; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2
venv=$(cd "$(dirname "$0")/../../.." && pwd)/target/venv
"$venv/bin/python" - >"$dir/users" <<'P'
import bcrypt
for user in ("carol", "dave"):
    print(f"{user}:{bcrypt.hashpw(f'{user}-pass-1'.encode(), bcrypt.gensalt(5)).decode()}")
P
(
  for _ in $(seq 200); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec "$venv/bin/radicale" --config "" --server-hosts "127.0.0.1:$port" --auth-type htpasswd --auth-htpasswd-filename "$dir/users" \
  --auth-htpasswd-encryption bcrypt --auth-delay 0 --storage-filesystem-folder "$dir/data"
