# Two commands: `make demo` hosts the demonstration edition, `make test` shows that everything holds.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export PORT
UV := $(BIN)/uv

.PHONY: help install assets demo test lint types contracts screens bench lock clean

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/.installed .venv/.catalogues  ## make .venv and install the locked dependencies

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Summitry needs Python 3.11 or newer; $(PYTHON) is older. Name another by PYTHON=…"; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.installed: .venv/.uv requirements/base.txt requirements/dev.txt pyproject.toml
	@echo "Installing the locked dependencies"
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python requirements/$(if $(wildcard .venv/.dev),dev,base).txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q src
	@$(BIN)/python -m summitry.planner.solver.exchange </dev/null >/dev/null 2>&1 &   # compiles the planner's search meanwhile
	@touch $@

.venv/.dev: .venv/.uv requirements/dev.txt pyproject.toml
	@touch $@
	@echo "Installing the locked dependencies for development"
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch .venv/.installed $@

.venv/.catalogues: $(wildcard src/summitry/locale/*/LC_MESSAGES/django.po) | .venv/.installed
	@$(BIN)/pybabel -q compile --directory src/summitry/locale --domain django
	@touch $@

assets: build/.assets  ## build styles, scripts and fonts

FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
build/.assets: $(FRONTEND) | .venv/.installed
	@mkdir -p build
	@BIN=$(BIN) scripts/assets.sh
	@touch $@

demo: .venv/.installed .venv/.catalogues build/.assets  ## host the demonstration edition (FRESH=1 begins anew, SERVE=0 only prepares)
	@SUMMITRY_FOLLOW_PARENT=1 exec $(BIN)/summitry demo

test: .venv/.dev .venv/.catalogues build/.assets  ## everything that must hold
	@BIN=$(BIN) scripts/test.sh

lint: .venv/.dev  ## style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djlint --quiet --check --lint src

types: .venv/.dev  ## types
	@$(BIN)/mypy

contracts: .venv/.dev  ## who may import whom
	@$(BIN)/lint-imports

screens: .venv/.dev .venv/.catalogues build/.assets  ## every screen of the demonstration edition, as pictures
	@scripts/browser.sh && $(BIN)/python scripts/screens.py

.venv/.bench: .venv/.installed requirements/bench.txt
	@echo "Installing the locked peers to measure against"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --requirements requirements/bench.txt
	@touch $@

bench: .venv/.bench  ## measure the planner into docs/benchmarks.md (QUICK=1: minutes, SEEDS=0,1, ROW=b)
	@$(BIN)/python -m benchmarks $(or $(ROW),all) $(if $(QUICK),--quick) $(if $(SEEDS),--seeds $(SEEDS))

lock: .venv/.uv  ## renew the lock files
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --upgrade pyproject.toml -o requirements/base.txt
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --constraint requirements/base.txt pyproject.toml --group dev -o requirements/dev.txt
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --constraint requirements/dev.txt pyproject.toml --group bench -o requirements/bench.txt

clean:  ## take away what was built (not what was entered)
	@rm -rf build .venv/.catalogues src/summitry/locale/*/LC_MESSAGES/django.mo frontend/node_modules src/summitry/ui/static/ui/dist .mypy_cache .ruff_cache .pytest_cache
