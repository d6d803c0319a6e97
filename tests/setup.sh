#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, and says so.
set -euo pipefail
need=()
command -v oathtool >/dev/null || need+=(oathtool)
rustup component list --installed 2>/dev/null | grep -q clippy || command -v cargo-clippy >/dev/null || echo "tests/setup.sh: cargo clippy is missing" >&2
if [ "${#need[@]}" -gt 0 ]; then
  echo "tests/setup.sh: installing ${need[*]} (Debian packages)"
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
