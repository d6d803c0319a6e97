#!/bin/bash
# Debian's yubiserver on loopback with one key and one client. usage: yubiserver.sh DIR PORT; prints "ready PID" (it forks away).
# It drops to the user yubiserver, so DIR is made readable for it.
set -euo pipefail
dir=$1 port=$2 here=$(cd "$(dirname "$0")" && pwd)
run=$dir/yubiserver
chmod 755 "$dir"
install -d -o yubiserver -m 755 "$run"
gcc -shared -fPIC -O1 -o "$run/loopbind.so" "$here/loopbind.c" -ldl
install -o yubiserver -m 600 /etc/yubiserver/yubiserver.sqlite.init "$run/keys.sqlite"
yubiserver-admin -b "$run/keys.sqlite" -y -a key1 vvccccccccfd 8792ebfe26cc ecde18dbe76fbd0c33330f1c354871db >/dev/null
# The secret is the HMAC key as text; clients have it in base64.
yubiserver-admin -b "$run/keys.sqlite" -p -a client1 gate-soft-yubi-key20 >/dev/null
LD_PRELOAD=$run/loopbind.so yubiserver -d "$run/keys.sqlite" -l "$run/log" -p "$port" >/dev/null 2>&1 </dev/null
for _ in $(seq 100); do
  pid=$(pgrep -f "yubiserver -d $run/keys.sqlite" | head -1 || true)
  if [ -n "$pid" ] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "ready $pid"; exit 0; fi
  sleep 0.1
done
echo "yubiserver didn't start" >&2
exit 1
