#!/usr/bin/env bash
# Puts a dozen of the walks' pictures, made small, into docs/screenshots. The walks (cargo test --test it pages::) come first.
set -euo pipefail
cd "$(dirname "$0")/../.."
from=target/screenshots/pages
to=docs/screenshots
mkdir -p "$to"
rm -f "$to"/*.png
while read -r name picture; do
  pngquant --force --speed 1 --strip --quality 60-95 --output "$to/$name.png" 64 -- "$from/$picture.png"
  size=$(stat -c %s "$to/$name.png")
  [ "$size" -le 60000 ] || { echo "$to/$name.png has $size bytes, more than 60000" >&2; exit 1; }
done <<'LIST'
challenge-phone challenge-email.390.light.ltr
challenge-phone-dark challenge-email.390.dark.ltr
challenge-desktop challenge-email.1280.light.ltr
wrong-code challenge-email-wrong.390.light.ltr
app challenge-app.390.light.ltr
passkey challenge-passkey.390.dark.ltr
right-to-left challenge-email.390.light.rtl
set-up enrol.390.light.ltr
set-up-app enrol-app.390.light.ltr
backup-codes backup-codes.390.light.ltr
settings settings-first.390.light.ltr
refused app-down.390.light.ltr
LIST
total=$(cat "$to"/*.png | wc -c)
[ "$total" -le 1000000 ] || { echo "$to has $total bytes, more than 1000000" >&2; exit 1; }
echo "$(ls "$to"/*.png | wc -l) pictures, $total bytes"
