#!/usr/bin/env bash
# nodered.sh PORT DIR: Node-RED (npm, in target/npm-apps) with a login of its own; carol/carol-pass-1, dave/dave-pass-1; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2
modules=$(cd "$(dirname "$0")/../../.." && pwd)/target/npm-apps/node_modules
hash() { (cd "$modules/.." && node -e 'let b; try { b = require("bcryptjs") } catch { b = require("@node-rs/bcrypt") } console.log(b.hashSync(process.argv[1], 8))' "$1"); }
cat >"$dir/settings.js" <<S
module.exports = {
  uiPort: $port, uiHost: "127.0.0.1", flowFile: "flows.json", credentialSecret: "for a test only",
  telemetry: { enabled: false, updateNotification: false }, editorTheme: { tours: false },
  adminAuth: { type: "credentials", users: [
    { username: "carol", password: "$(hash carol-pass-1)", permissions: "*" },
    { username: "dave", password: "$(hash dave-pass-1)", permissions: "*" } ] },
};
S
(
  for _ in $(seq 300); do curl -sf -o /dev/null "http://127.0.0.1:$port/auth/login" && break; sleep 0.1; done
  touch "$dir/ready"
) &
cd "$dir"
exec node "$modules/node-red/red.js" -u "$dir" -s "$dir/settings.js"
