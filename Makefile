# `make run` starts the program with fictional data, `make test` checks everything.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000

.PHONY: help run test rest lint types browser bench assets lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.venv/.installed: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt requirements-fides.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --upgrade --target .venv/fideslang --require-hashes -r requirements-fides.txt
	touch $@

assets: .venv/.installed ## Fetch the style sheet, font and scripts of third parties
	$(BIN)/python scripts/assets.py

run: .venv/.installed assets ## Start with fictional people on http://127.0.0.1:8000 (PORT=…)
	SELOSTE_DEMO=true $(BIN)/seloste demo --if-empty
	SELOSTE_DEMO=true SELOSTE_DISPOSAL_WAITING_DAYS=0 $(BIN)/seloste serve --port $(PORT)

# The parts at once: a browser test waits for its server half of the time. What `rest` does is seen
# as it goes (the plus sign says so); each of the others is shown whole when it is over.
TOGETHER := $(MAKE) --jobs $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

test: ## Lint, types, imports, and all tests on both databases
	$(TOGETHER) lint types rest browser

rest: .venv/.installed-dev assets ## All tests but those in a browser
	+$(BIN)/pytest -n 2 --dist worksteal -m "not browser"

lint: .venv/.installed-dev ## Style, formatting and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: .venv/.installed-dev ## Static types
	$(BIN)/mypy

browser: .venv/.installed-dev assets ## Only the browser tests
	$(BIN)/pytest -n 2 --dist worksteal -m browser

bench: .venv/.installed-dev assets ## Measure against the raw limits of this machine
	$(BIN)/python -m benchmarks

lock: .venv/.installed-dev ## Pin the dependencies anew, with hashes
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --upgrade requirements.in -o requirements.txt
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --upgrade requirements-dev.in -o requirements-dev.txt
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --upgrade requirements-fides.in -o requirements-fides.txt

clean: ## Remove what can be made again (not the instance)
	rm -rf .venv node_modules app/static/vendor tests/vendor .pytest_cache .mypy_cache .ruff_cache
