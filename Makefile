# Everything a newcomer needs: make demo, make test. Both make .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONHASHSEED := 0

.PHONY: help setup setup-dev bundle pictures demo test test-spark check docs lock bench eval-layouts eval-names eval-goods eval-detection eval-anomaly eval-second eval-reports bench-names bench-routes bench-web clean

help:
	@echo "make demo    build the bundled case and print what it shows"
	@echo "make test    run the whole test suite"
	@echo "make test-spark  every step of a build on Spark against DuckDB (some minutes, Java 17)"
	@echo "make check   ruff, mypy --strict, tests"
	@echo "make bench   speed against DuckDB's own copy, in one run"
	@echo "make docs    write the generated pages of docs/ again"
	@echo "make bundle  the browser bundle of the workbench; without Node a sentence says what is missing"
	@echo "make pictures  the screenshots of docs/pictures again"

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml tools/make_venv.sh
	@sh tools/make_venv.sh "$(PYTHON)" "$(VENV)" requirements.lock
	@touch $@

setup-dev: $(VENV)/.ready-dev

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

bundle: setup
	@$(BIN)/python tools/bundle.py

pictures: setup setup-dev bundle
	@$(BIN)/python tools/make_pictures.py

demo: setup bundle
	@$(BIN)/entrepot demo demo-case

test: setup setup-dev bundle
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-spark: setup setup-dev
	@ENTREPOT_SPARK=1 $(BIN)/python -m pytest tests/casework/test_spark_parity.py

check: setup setup-dev bundle
	@$(BIN)/ruff format --check src tests tools
	@$(BIN)/ruff check src tests tools
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

docs: setup
	@$(BIN)/python tools/make_docs.py

lock:
	@sh tools/lock.sh

bench: setup setup-dev
	@$(BIN)/python tools/bench.py

eval-layouts: setup setup-dev
	@$(BIN)/python tools/eval_layouts.py

eval-names: setup setup-dev
	@$(BIN)/python tools/eval_names.py

bench-names: setup setup-dev
	@$(BIN)/python tools/bench_names.py

eval-goods: setup setup-dev
	@$(BIN)/python tools/eval_goods.py

eval-detection: setup setup-dev
	@$(BIN)/python tools/eval_detection.py

eval-anomaly: setup setup-dev
	@$(BIN)/python tools/eval_anomaly.py

eval-second: setup setup-dev
	@$(BIN)/python tools/eval_second.py

eval-reports: setup setup-dev
	@$(BIN)/python tools/eval_reports.py

bench-routes: setup setup-dev
	@$(BIN)/python tools/bench_routes.py

bench-web: setup setup-dev
	@$(BIN)/python tools/bench_web.py

clean:
	rm -rf $(VENV) demo-case build dist src/entrepot/web/static/dist workbench/node_modules
