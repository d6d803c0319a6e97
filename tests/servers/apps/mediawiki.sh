#!/usr/bin/env bash
# mediawiki.sh PORT DIR ORIGIN: Debian's MediaWiki, unmodified, on SQLite, closed to strangers, believing that its address is ORIGIN;
# Carol/carol-pass-1 (an administrator), Dave/dave-pass-1; its mails go to DIR/mails; touches DIR/ready.
set -euo pipefail
port=$1 dir=$2 origin=$3
wiki=/usr/share/mediawiki
mkdir -p "$dir/data" "$dir/images" "$dir/cache"
tend() { php "$wiki/maintenance/$1.php" "${@:2}" >>"$dir/install.log" 2>&1; }
tend install --dbtype=sqlite --dbname=wiki --dbpath="$dir/data" --confpath="$dir" --server="$origin" --scriptpath= --pass=carol-pass-1 'Old Wiki' Carol
cat >>"$dir/LocalSettings.php" <<P
\$wgGroupPermissions['*']['read'] = \$wgGroupPermissions['*']['edit'] = \$wgGroupPermissions['*']['createaccount'] = false;
\$wgEnableUploads = true; \$wgUploadDirectory = '$dir/images'; \$wgUploadPath = '/img_auth.php';
\$wgMainCacheType = CACHE_NONE; \$wgSessionCacheType = CACHE_DB; \$wgCacheDirectory = '$dir/cache'; \$wgJobRunRate = 0;
P
export MW_CONFIG_FILE="$dir/LocalSettings.php"
tend createAndPromote Dave dave-pass-1
for user in Carol Dave; do tend resetUserEmail --no-reset-password "$user" "${user,}@example.com"; done
(
  for _ in $(seq 200); do curl -s -o /dev/null "http://127.0.0.1:$port/index.php?title=Special:UserLogin" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec php -d display_errors=0 -d "sendmail_path=\"cat >>$dir/mails; :\"" -d upload_max_filesize=200M -d post_max_size=210M -S "127.0.0.1:$port" -t "$wiki"
