#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, and says so: Debian packages, and PyPI packages in target/venv.
set -euo pipefail
cd "$(dirname "$0")/.."
need=()
command -v oathtool >/dev/null || need+=(oathtool)
command -v chromium >/dev/null || need+=(chromium)
command -v chromedriver >/dev/null || need+=(chromium-driver)
python3 -c 'import venv, ensurepip' 2>/dev/null || need+=(python3-venv)
if [ "${1:-}" = bench ]; then
  command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || need+=(nginx-light)
  command -v wrk >/dev/null || need+=(wrk)
fi
if [ "${#need[@]}" -gt 0 ]; then
  echo "tests/setup.sh: installing ${need[*]} (Debian packages)"
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
wanted=tests/servers/requirements.txt
if ! cmp -s "$wanted" target/venv/installed.txt; then
  echo "tests/setup.sh: installing $(grep -v '^#' "$wanted" | tr '\n' ' ')(PyPI packages, in target/venv)"
  mkdir -p target
  python3 -m venv --clear target/venv
  target/venv/bin/pip install -q --disable-pip-version-check -r "$wanted"
  cp "$wanted" target/venv/installed.txt
fi
