#!/usr/bin/env bash
# wordpress.sh PORT DIR ORIGIN DB_PORT: Debian's WordPress, unmodified, believing that its address is ORIGIN, with a MariaDB of its own (DIR/db.pid);
# carol/carol-pass-1, dave/dave-pass-1; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2 origin=$3 db=$4
mkdir -p "$dir/db" "$dir/www"
cp -rL /usr/share/wordpress/. "$dir/www/" 2>/dev/null || true
[ -d "$dir/www/wp-content/themes" ] || cp -rL /var/lib/wordpress/wp-content/. "$dir/www/wp-content/"
mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$dir/db" --auth-root-authentication-method=normal --skip-test-db >"$dir/db.log" 2>&1
mariadbd --no-defaults --user="$(id -un)" --datadir="$dir/db" --bind-address=127.0.0.1 --port="$db" --socket="$dir/sock" \
  --pid-file="$dir/db.pid" --innodb-buffer-pool-size=32M >>"$dir/db.log" 2>&1 &
for _ in $(seq 300); do mariadb -S "$dir/sock" -uroot -e 'select 1' >/dev/null 2>&1 && break; sleep 0.1; done
mariadb -S "$dir/sock" -uroot -e "create database wp; create user gate@'%' identified by 'secret';"
cat >"$dir/www/wp-config.php" <<P
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:$dir/sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as \$key) define(\$key, 'for a test only ' . \$key);
define('WP_HOME', '$origin'); define('WP_SITEURL', '$origin'); define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
P
cat >"$dir/install.php" <<'P'
<?php
define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = 'localhost'; chdir($argv[1]);
require 'wp-load.php'; require 'wp-admin/includes/upgrade.php';
wp_install('Old Site', 'carol', 'carol@example.com', false, '', 'carol-pass-1');
wp_insert_user(['user_login' => 'dave', 'user_pass' => 'dave-pass-1', 'user_email' => 'dave@example.com', 'display_name' => 'Dave Writer', 'role' => 'author']);
P
php -d sendmail_path=/bin/true "$dir/install.php" "$dir/www" >"$dir/install.log" 2>&1
mariadb -S "$dir/sock" -uroot -e "grant select (ID, user_login, user_email) on wp.wp_users to gate@'%'"
cd "$dir/www"
(
  for _ in $(seq 200); do curl -s -o /dev/null "http://127.0.0.1:$port/wp-login.php" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec php -d display_errors=0 -d sendmail_path=/bin/true -d upload_max_filesize=200M -d post_max_size=210M -S "127.0.0.1:$port"
