#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, and says so: Debian packages, and PyPI packages in target/venv.
set -euo pipefail
cd "$(dirname "$0")/.."
need=()
command -v oathtool >/dev/null || need+=(oathtool)
command -v chromium >/dev/null || need+=(chromium)
command -v chromedriver >/dev/null || need+=(chromium-driver)
command -v node >/dev/null && command -v npm >/dev/null || need+=(nodejs npm)
command -v yubiserver >/dev/null || need+=(yubiserver sqlite3)
ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || need+=(postgresql)
command -v mariadbd >/dev/null || need+=(mariadb-server)
[ -x /usr/sbin/slapd ] && command -v ldapsearch >/dev/null || need+=(slapd ldap-utils)
command -v sqlite3 >/dev/null || need+=(sqlite3)
[ -e /usr/share/dokuwiki/doku.php ] || need+=(dokuwiki)
[ -e /usr/share/wordpress/wp-login.php ] || need+=(wordpress)
# Without dbconfig-no-thanks, Redmine and Roundcube would set up a database and a site here.
[ -e /usr/share/redmine/config.ru ] && [ -e /usr/bin/puma ] || need+=(dbconfig-no-thanks redmine redmine-sqlite puma)
[ -e /usr/share/roundcube/index.php ] && php -m 2>/dev/null | grep '^pdo_sqlite$' >/dev/null || need+=(dbconfig-no-thanks roundcube-core roundcube-sqlite3)
[ -x /usr/sbin/dovecot ] && [ -e /usr/lib/dovecot/imap ] || need+=(dovecot-imapd)
[ -e /usr/share/mediawiki/index.php ] || need+=(mediawiki php-sqlite3 php-intl)
[ -e /usr/share/phpmyadmin/index.php ] || need+=(phpmyadmin dbconfig-no-thanks)
php -m 2>/dev/null | grep '^mysqli$' >/dev/null || need+=(php-cli php-mysql php-xml php-gd php-mbstring)
php -m 2>/dev/null | grep '^curl$' >/dev/null || need+=(php-curl)
command -v ruby >/dev/null || need+=(ruby)
command -v pebble >/dev/null || need+=(pebble)
command -v openssl >/dev/null || need+=(openssl)
command -v curl >/dev/null || need+=(curl)
command -v pgrep >/dev/null || need+=(procps)
python3 -c 'import venv, ensurepip' 2>/dev/null || need+=(python3-venv)
if [ "${1:-}" = bench ]; then
  command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || need+=(nginx-light)
  command -v wrk >/dev/null || need+=(wrk)
  command -v h2load >/dev/null || need+=(nghttp2-client)
  command -v haproxy >/dev/null || [ -x /usr/sbin/haproxy ] || need+=(haproxy)
  command -v caddy >/dev/null || need+=(caddy)
  command -v go >/dev/null || need+=(golang-go)
fi
if [ "${1:-}" = conformance ]; then
  command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || need+=(nginx-light)
  command -v wrk >/dev/null || need+=(wrk)
  command -v h2load >/dev/null || need+=(nghttp2-client)
  command -v testssl >/dev/null || command -v testssl.sh >/dev/null || need+=(testssl.sh)
  command -v systemd-analyze >/dev/null && command -v systemd-socket-activate >/dev/null || need+=(systemd)
fi
if [ "${1:-}" = screenshots ]; then
  command -v pngquant >/dev/null || need+=(pngquant)
fi
if [ "${#need[@]}" -gt 0 ]; then
  echo "tests/setup.sh: installing ${need[*]} (Debian packages)"
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
# What can't live beside the rest (yubival wants an older Django), or brings much along (JupyterLab), has a place of its own.
python_packages() { # REQUIREMENTS PLACE
  cmp -s "$1" "$2/installed.txt" && return
  echo "tests/setup.sh: installing $(grep -v '^#' "$1" | tr '\n' ' ')(PyPI packages, in $2)"
  mkdir -p target
  python3 -m venv --clear "$2"
  "$2/bin/pip" install -q --disable-pip-version-check -r "$1"
  cp "$1" "$2/installed.txt"
}
python_packages tests/servers/requirements.txt target/venv
python_packages tests/servers/requirements-keys.txt target/venv-keys
python_packages tests/servers/requirements-jupyter.txt target/venv-jupyter
[ "${1:-}" != conformance ] || python_packages conformance/requirements.txt target/venv-conformance
npm_packages() { # PLACE PACKAGE…
  local place=$1
  shift
  [ "$(cat "$place/installed.txt" 2>/dev/null)" = "$*" ] && return
  echo "tests/setup.sh: installing $* (npm, in $place)"
  mkdir -p "$place"
  npm install --silent --no-fund --no-audit --prefix "$place" "$@"
  echo "$*" >"$place/installed.txt"
}
npm_packages target/npm-apps node-red@4
npm_packages target/npm @stoplight/prism-cli@5.14.2
npm_packages target/npm-pages axe-core@4.14.1
if [ "${1:-}" = lighthouse ]; then
  # The last one that runs on Node 18.
  npm_packages target/npm-lighthouse lighthouse@12.8.2
fi
