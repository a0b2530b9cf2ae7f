# `make help` lists the targets. Each one sets up what it needs, and a second run finds it done:
# what was installed is stamped inside the folder it went to, so deleting a folder deletes its stamp.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
BIN := $(VENV)/bin
NODE_BIN := node_modules/.bin
RESULTS := test-results

# Any of `examples/`: `make demo DEMO=read_text`.
DEMO ?= gallery
# Passed on to pytest, Vitest or the benchmark: `make test-python ARGS="-k slider"`.
ARGS ?=

# --- Set-up ----------------------------------------------------------------------------------------------------------

$(PY):
	@.ci/make_venv "$(VENV)" $(PYTHON)

$(VENV)/.installed: pyproject.toml | $(PY)
	@echo "limelight: installing into $(VENV)"
	@LIMELIGHT_SKIP_FRONTEND=1 $(PIP) --editable .
	@touch $@

$(VENV)/.example-%: examples/requirements/%.txt $(VENV)/.installed
	@echo "limelight: installing what examples/$*.py needs"
	@if [ -f $< ]; then $(PIP) --requirement $<; fi
	@if [ -f $(<:.txt=.without-deps.txt) ]; then \
		$(PIP) --no-deps --ignore-requires-python --requirement $(<:.txt=.without-deps.txt); fi
	@touch $@

# An example without such a file needs nothing more.
examples/requirements/%.txt: ;

$(VENV)/.dev: $(VENV)/.installed $(patsubst examples/requirements/%.txt,$(VENV)/.example-%,$(filter-out %.without-deps.txt,$(wildcard examples/requirements/*.txt)))
	@echo "limelight: installing what checks and tests need"
	@LIMELIGHT_SKIP_FRONTEND=1 $(PIP) --editable '.[dev]'
	@touch $@

node_modules/.dev: package-lock.json
	@command -v npm >/dev/null || { echo "npm was not found on PATH. Install Node 20.19 or newer with npm." >&2; exit 1; }
	@echo "limelight: npm ci"
	@npm ci --no-fund --no-audit --loglevel=error
	@touch $@

.PHONY: assets
assets: $(PY) ## build the front end, if its sources changed
	@$(PY) hatch_build.py

.PHONY: install
install: $(VENV)/.dev node_modules/.dev assets ## set everything up: Python, npm, built front end

.PHONY: chromium postgres
chromium:
	@.ci/get_chromium

postgres:
	@.ci/get_postgres

# --- Run -------------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.installed $(VENV)/.example-$(DEMO) assets ## start examples/gallery.py (or DEMO=name) and print its URL
	@exec $(PY) examples/$(DEMO).py

.PHONY: demo-chat
demo-chat: ## start examples/chat.py, a chat with a language model that runs here
	@exec $(MAKE) demo DEMO=chat

.PHONY: dev
dev: $(VENV)/.installed $(VENV)/.example-$(DEMO) assets ## rebuild the front end and restart the demo when a file changes
	@$(NODE_BIN)/vite build --watch --logLevel warn & trap "kill $$! 2>/dev/null || true" EXIT; \
	$(PY) -m limelight run examples/$(DEMO).py --reload

# --- Check -----------------------------------------------------------------------------------------------------------

CHECKS := check-ruff check-format check-mypy check-pyright check-layers check-codegen check-svelte check-eslint

.PHONY: check $(CHECKS)
check: $(VENV)/.dev node_modules/.dev ## all static checks: ruff, mypy, pyright, layers, codegen, svelte-check, eslint
	@$(MAKE) -j2 --keep-going --output-sync=target $(CHECKS)
	@echo "limelight: all checks passed"

check-ruff: $(VENV)/.dev
	@echo "== ruff check"; $(BIN)/ruff check --quiet --output-format=concise .

check-format: $(VENV)/.dev
	@echo "== ruff format"; $(BIN)/ruff format --check --quiet .

check-mypy: $(VENV)/.dev
	@echo "== mypy"; $(BIN)/mypy

check-pyright: $(VENV)/.dev node_modules/.dev
	@echo "== pyright"; $(NODE_BIN)/pyright --pythonpath $(PY)

check-layers: $(VENV)/.dev
	@echo "== lint-imports"; $(BIN)/lint-imports --no-cache --no-logo

check-codegen: $(VENV)/.dev
	@echo "== codegen --check"; $(PY) -m limelight codegen --check

check-svelte: node_modules/.dev
	@echo "== svelte-check"; npm run --silent check

check-eslint: node_modules/.dev
	@echo "== eslint"; npm run --silent lint

.PHONY: fix
fix: $(VENV)/.dev node_modules/.dev ## formatters and safe autofixes
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@npm run --silent fix

.PHONY: codegen
codegen: $(VENV)/.dev ## write every generated file
	@$(PY) -m limelight codegen

# --- Test ------------------------------------------------------------------------------------------------------------

SUITES := python web browser clients
PYTEST := $(PY) -m pytest --junit-xml=$(RESULTS)/
# How many processes run a suite of pytest; `WORKERS=0` is one, and what a debugger wants. A module
# stays in one of them, with the server that its tests share.
WORKERS ?= 2
PARALLEL := --numprocesses=$(WORKERS) --dist=loadscope

.PHONY: test $(addprefix test-,$(SUITES))
test: install chromium postgres ## every test, and the totals
	@rm -rf $(RESULTS); status=0; \
	for suite in $(SUITES); do echo "== $$suite"; $(MAKE) test-$$suite || status=1; done; \
	$(PY) .ci/totals.py $(RESULTS) $(SUITES) || status=1; exit $$status

test-python: $(VENV)/.dev assets postgres ## pytest, in process
	@$(PYTEST)python.xml -m "not browser and not clients" $(PARALLEL) $(ARGS)

test-web: node_modules/.dev ## Vitest, in jsdom
	@$(NODE_BIN)/vitest run --reporter=default --reporter=junit --outputFile.junit=$(RESULTS)/web.xml $(ARGS)

test-browser: $(VENV)/.dev assets chromium ## Playwright against Chromium
	@$(PYTEST)browser.xml -m browser --timeout=120 $(PARALLEL) $(ARGS)

test-clients: $(VENV)/.dev node_modules/.dev assets ## the official clients, in Python and in Node
	@$(PYTEST)clients.xml -m clients --timeout=120 $(PARALLEL) $(ARGS)

.PHONY: bench
bench: install chromium ## the benchmark of speed and weight
	@$(PY) -m bench $(ARGS)

# --- Ship ------------------------------------------------------------------------------------------------------------

.PHONY: build
build: $(VENV)/.dev assets ## sdist and wheel, each tried in an empty environment
	@rm -rf dist
	@$(PY) -m hatchling build --target sdist --target wheel
	@$(PY) .ci/try_dist.py dist

.PHONY: docs
docs: codegen ## the generated reference, and the tests that read the documentation
	@$(PY) -m pytest tests/rules $(ARGS)

.PHONY: clean
clean: ## remove everything that can be made again
	@rm -rf $(VENV) node_modules limelight/server/assets dist $(RESULTS) .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: help
help:
	@sed -nE 's/^([a-z-]+):.* ## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | \
	while IFS=$$'\t' read -r target does; do printf '  make %-14s %s\n' "$$target" "$$does"; done
