# make run, make test: all that a newcomer needs. The rest is for those who work on Foedus.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# one more than there are processors: some tests wait
WORKERS = $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check soak mutants published bench pins clean

run: $(VENV)/run.stamp
	@$(BIN)/foedus serve --database foedus.db

test: $(VENV)/test.stamp
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/test.stamp
	@$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }
	@$(BIN)/python tools/banned_calls.py
	@$(BIN)/mypy
	@echo "check: all clean"

soak: $(VENV)/test.stamp
	@FOEDUS_SOAK=1 $(BIN)/python -m pytest -q tests/properties tests/test_damage.py tests/register

mutants: $(VENV)/test.stamp
	@$(PIP) install 'mutmut==3.8.1'
	@$(BIN)/python -m tools.mutants $(or $(EACH),0) $(MODULES)

published: $(VENV)/test.stamp
	@$(BIN)/python -m tools.published

bench: $(VENV)/test.stamp
	@$(BIN)/python bench/csto.py
	@$(BIN)/python bench/pages.py
	@$(BIN)/python -m bench.chair
	@$(BIN)/python -m bench.power
	@$(BIN)/python -m bench.decisions
	@$(BIN)/python -m bench.register
	@$(BIN)/python -m bench.api
	@$(BIN)/python -m bench.scaling
	@$(BIN)/python -m bench.reload

pins:
	@$(PIP) install uv
	@for f in run test; do $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --universal --python-version 3.11 --custom-compile-command "make pins" \
	  requirements/$$f.in -o requirements/$$f.txt; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis mutants

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Foedus needs Python 3.11 or later; say which with: make run PYTHON=python3.11"; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Foedus needs (pinned, checked by hash) ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@
