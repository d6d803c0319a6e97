#!/usr/bin/env bash
# phpmyadmin.sh PORT DIR ORIGIN DB_PORT: Debian's phpMyAdmin, unmodified, with cookie login at a MariaDB of its own (DIR/db.pid);
# carol/carol-pass-1, dave/dave-pass-1, who share the database `office`; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2 db=$4
mkdir -p "$dir/db" "$dir/tmp" "$dir/sessions"
cp -rL /usr/share/phpmyadmin "$dir/www"
# Where Debian's package keeps its configuration is said in this file of its.
sed -i "s|'/var/lib/phpmyadmin/tmp/'|'$dir/tmp/'|; s|'/etc/phpmyadmin/config.inc.php'|'$dir/config.inc.php'|" "$dir/www/libraries/vendor_config.php"
cat >"$dir/config.inc.php" <<P
<?php
\$cfg['blowfish_secret'] = 'for a test only, 32 octets long.'; \$cfg['PmaNoRelation_DisableWarning'] = true;
\$cfg['Servers'][1] = ['auth_type' => 'cookie', 'host' => '127.0.0.1', 'port' => '$db'];
P
mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$dir/db" --auth-root-authentication-method=normal --skip-test-db >"$dir/db.log" 2>&1
mariadbd --no-defaults --user="$(id -un)" --datadir="$dir/db" --bind-address=127.0.0.1 --port="$db" --socket="$dir/sock" \
  --pid-file="$dir/db.pid" --innodb-buffer-pool-size=32M >>"$dir/db.log" 2>&1 &
for _ in $(seq 300); do mariadb -S "$dir/sock" -uroot -e 'select 1' >/dev/null 2>&1 && break; sleep 0.1; done
mariadb -S "$dir/sock" -uroot <<'S'
create database office;
create user carol@'%' identified by 'carol-pass-1';
create user dave@'%' identified by 'dave-pass-1';
grant all on office.* to carol@'%', dave@'%';
S
cd "$dir/www"
(
  for _ in $(seq 200); do curl -s -o /dev/null "http://127.0.0.1:$port/index.php" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec php -d display_errors=0 -d session.save_path="$dir/sessions" -d upload_max_filesize=200M -d post_max_size=210M -S "127.0.0.1:$port"
