#!/usr/bin/env bash
# roundcube.sh PORT DIR ORIGIN IMAP_PORT: Debian's Roundcube, unmodified, with an SQLite of its own, and a Dovecot with the mailboxes (DIR/db.pid);
# carol/carol-pass-1, dave/dave-pass-1, known to both as NAME@example.com; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2 imap=$4
mkdir -p "$dir/imap" "$dir/www/config" "$dir/www/temp" "$dir/www/logs"
for user in carol dave; do
  echo "$user@example.com:{PLAIN}$user-pass-1::::$dir/imap/$user::"
done >"$dir/imap/users"
# Mailboxes of uid 0 are refused: as root, Dovecot runs as nobody, who may yet go through directories that are root's own.
account=$(id -un) as=()
if [ "$account" = root ]; then
  account=nobody
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override)
fi
cat >"$dir/imap/dovecot.conf" <<D
base_dir = $dir/imap/run
state_dir = $dir/imap/run
log_path = $dir/imap/log
auth_failure_delay = 0
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = $account
default_internal_group = $(id -gn "$account")
default_login_user = $account
first_valid_uid = 1
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = passwd-file
  args = $dir/imap/users
}
userdb {
  driver = passwd-file
  args = $dir/imap/users
  default_fields = uid=$account gid=$(id -gn "$account")
}
mail_location = maildir:~/Maildir
D
"${as[@]}" dovecot -F -c "$dir/imap/dovecot.conf" &
echo $! >"$dir/db.pid"
# One of its links leads nowhere.
cp -rL /usr/share/roundcube/. /var/lib/roundcube/public_html "$dir/www/" 2>/dev/null || true
cp /etc/roundcube/defaults.inc.php /etc/roundcube/mimetypes.php "$dir/www/config/"
cat >"$dir/www/config/config.inc.php" <<P
<?php
\$config['db_dsnw'] = 'sqlite:///$dir/roundcube.db?mode=0640';
\$config['imap_host'] = '127.0.0.1:$imap';
\$config['username_domain'] = 'example.com';
\$config['des_key'] = 'for a test only, 24 long';
\$config['product_name'] = 'Old Webmail';
\$config['drafts_mbox'] = 'Drafts';
\$config['create_default_folders'] = true;
P
# PHP's server would give index.php for every address that leads nowhere.
cat >"$dir/router.php" <<'P'
<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (file_exists($_SERVER['DOCUMENT_ROOT'] . $path) || str_starts_with($path, '/index.php/')) return false;
http_response_code(404);
P
cd "$dir/www/public_html"
(
  for _ in $(seq 200); do curl -sf -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec php -d display_errors=0 -S "127.0.0.1:$port" "$dir/router.php"
