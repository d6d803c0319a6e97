#!/usr/bin/env bash
# jupyterlab.sh PORT DIR: JupyterLab (PyPI, in target/venv-jupyter), which has one password, carol-pass-1, and no user
# names; the token carol-token-1 opens it too, as one does that its administrator has set. Touches DIR/ready.
set -euo pipefail
port=$1 dir=$2
venv=$(cd "$(dirname "$0")/../../.." && pwd)/target/venv-jupyter
export HOME=$dir IPYTHONDIR=$dir/ipython JUPYTER_TOKEN=carol-token-1
export JUPYTER_CONFIG_DIR=$dir/config JUPYTER_DATA_DIR=$dir/data JUPYTER_RUNTIME_DIR=$dir/runtime
mkdir "$dir/config" "$dir/work"
hash=$("$venv/bin/python" -c 'from jupyter_server.auth import passwd; print(passwd("carol-pass-1", "sha1"))')
cat >"$dir/config/jupyter_server_config.py" <<P
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = $port
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.root_dir = "$dir/work"
c.PasswordIdentityProvider.hashed_password = "$hash"
P
(
  for _ in $(seq 300); do curl -sf -o /dev/null "http://127.0.0.1:$port/login" && break; sleep 0.1; done
  touch "$dir/ready"
) &
cd "$dir"
exec "$venv/bin/jupyter-lab" --allow-root
