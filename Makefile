# Needs make and a Python from 3.11 to 3.13, nothing else. README.md has the same steps without make.
SHELL := /bin/sh
VENV := .venv
PYTHON_IN_VENV := $(VENV)/bin/python
PORT ?= 8501
INSTALL := $(PYTHON_IN_VENV) -m pip install --disable-pip-version-check
COMPILE := $(PYTHON_IN_VENV) -m uv pip compile -q --universal --generate-hashes --no-header \
	--no-annotate -p 3.11 $(UPGRADE) --extra build

# A name that starts no Python (a version manager's shim) or one without venv is passed over.
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11 python3
SUITABLE := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))

READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup test check docs pictures lock bench gates studies

help:  ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-17s%s\n", $$1, $$2}'

run: $(READY)  ## start the dashboard on http://127.0.0.1:8501 (another port: PORT=8600)
	@$(PYTHON_IN_VENV) -m pipelines import --if-empty data/samples/*.csv
	@$(PYTHON_IN_VENV) -m streamlit run app.py --server.headless true \
		--server.address 127.0.0.1 --server.port $(PORT) --browser.gatherUsageStats false

setup: $(READY)  ## build the environment in .venv and nothing else
	@echo "$(VENV) is ready."

test: $(READY_TO_TEST)  ## run every test, with the branch coverage of pipelines/
	@$(PYTHON_IN_VENV) -m tests.support.browser
	$(PYTHON_IN_VENV) -m pytest -n 2 --dist loadfile --durations 10 -rs \
		--cov --cov-report term:skip-covered --cov-fail-under 90

check: $(READY_TO_TEST)  ## lint, formatting, the one way of imports, and what must not be in a file
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(PYTHON_IN_VENV) -m tests.support.hygiene

docs: $(READY_TO_TEST)  ## write the pages that are made from the code and its tests
	$(PYTHON_IN_VENV) -m tests.support.docs

pictures: $(READY_TO_TEST)  ## take the pictures of the dashboard that README.md shows
	$(PYTHON_IN_VENV) -m tests.support.pictures

lock: $(READY)  ## pin the versions again from pyproject.toml (newer ones: UPGRADE=--upgrade)
	@$(INSTALL) -q uv
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --extra test -c requirements.txt pyproject.toml -o requirements-test.txt
	$(COMPILE) --extra test --extra compare -c requirements-test.txt pyproject.toml \
		-o requirements-studies.txt

bench: $(READY_TO_TEST)  ## measure speed and memory, and write docs/performance.md
	$(PYTHON_IN_VENV) -m tests.benchmarks

gates: $(READY_TO_TEST)  ## plant each known bug and see a test go red
	$(PYTHON_IN_VENV) -m tests.support.planted

studies: $(READY_TO_TEST)  ## run the long forms of tests, and write docs/studies/
	$(INSTALL) --require-hashes -r requirements-studies.txt
	$(PYTHON_IN_VENV) -m tests.studies

$(PYTHON_IN_VENV):
	@for python in $(PYTHONS); do \
		if $$python -c '$(SUITABLE)' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version)."; \
			exec $$python -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "No Python from 3.11 to 3.13 with its venv module was found. Install one" \
		"(on Debian or Ubuntu: apt-get install python3 python3-venv)," \
		"or name the one to use: make setup PYTHON=/path/to/python3" >&2; \
	exit 1

$(READY): requirements.txt pyproject.toml | $(PYTHON_IN_VENV)
	$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) -q --no-deps --no-build-isolation -e .
	@touch $@

$(READY_TO_TEST): requirements-test.txt pyproject.toml | $(PYTHON_IN_VENV)
	$(INSTALL) --require-hashes -r requirements-test.txt
	@$(INSTALL) -q --no-deps --no-build-isolation -e .
	@touch $(READY) $@
