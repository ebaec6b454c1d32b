#!/usr/bin/env bash
# Everything that must hold: style, types, contracts, templates, pages' scripts, and the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
bin="${BIN:-.venv/bin}"
step() { printf '\n== %s\n' "$1"; }
step "style";     "$bin/ruff" check . ; "$bin/ruff" format --check --quiet .
step "templates"; "$bin/djlint" --quiet --lint src
step "contracts"; "$bin/lint-imports" >/tmp/summitry-contracts.$$ 2>&1 || { cat /tmp/summitry-contracts.$$; exit 1; }
rm -f /tmp/summitry-contracts.$$
step "types";     "$bin/mypy"
step "scripts of the pages"; BIN="$bin" scripts/frontend-check.sh
scripts/browser.sh
step "the planner's search, compiled"; "$bin/python" -m summitry.planner.solver.exchange
step "tests";     "$bin/python" -m pytest -n 2 --dist worksteal -q
