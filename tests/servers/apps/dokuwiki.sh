#!/usr/bin/env bash
# dokuwiki.sh PORT DIR: Debian's DokuWiki, unmodified, closed to strangers; carol/carol-pass-1, dave/dave-pass-1; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2
mkdir -p "$dir/conf" "$dir/data"
cp -rL /usr/share/dokuwiki "$dir/www" 2>/dev/null || true
rm -f "$dir/www/.htaccess"
cp -r /etc/dokuwiki/. "$dir/conf/"
for place in pages attic media media_attic media_meta meta cache index locks tmp log; do mkdir -p "$dir/data/$place"; done
cat >"$dir/www/inc/preload.php" <<P
<?php
define('DOKU_CONF', '$dir/conf/');
define('DOKU_MAIN_CONF', '$dir/conf/');
P
cat >"$dir/conf/local.php" <<P
<?php
\$conf['title'] = 'Old Wiki'; \$conf['savedir'] = '$dir/data'; \$conf['useacl'] = 1; \$conf['updatecheck'] = 0;
\$conf['authtype'] = 'authplain'; \$conf['disableactions'] = 'register'; \$conf['remote'] = 1; \$conf['remoteuser'] = '@user';
P
hash() { php -r 'echo password_hash($argv[1], PASSWORD_BCRYPT, ["cost" => 5]);' "$1"; }
{
  echo "carol:$(hash carol-pass-1):Carol Clerk:carol@example.com:user"
  echo "dave:$(hash dave-pass-1):Dave Writer:dave@example.com:user"
} >"$dir/conf/users.auth.php"
printf '*\t@ALL\t0\n*\t@user\t8\n' >"$dir/conf/acl.auth.php"
echo '====== Start ======' >"$dir/data/pages/start.txt"
cd "$dir/www"
(
  for _ in $(seq 200); do curl -s -o /dev/null "http://127.0.0.1:$port/doku.php" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec php -d display_errors=0 -d upload_max_filesize=200M -d post_max_size=210M -S "127.0.0.1:$port"
