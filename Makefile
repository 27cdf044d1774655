# Everything sets itself up: Python 3.11 or 3.12 and make are all that a fresh machine needs.
PYTHON ?= python3
VENV ?= .venv

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
VIDEOGEN := $(BIN)/videogen
KOKORO_BIN := build/kokoro/$(notdir $(BIN))

# Handed over by the environment, so that no quote or dollar sign in a topic meets a shell.
ifdef TOPIC
export VIDEOGEN_TOPIC := $(value TOPIC)
endif
# setuptools says of each editable install what one is.
export PYTHONWARNINGS ?= ignore:Editable installation
LENGTH := $(if $(DURATION),--duration "$(DURATION)")
ifdef DATABASE
export VIDEOGEN_DATABASE := $(value DATABASE)
endif

.PHONY: help produce setup lint types test schema docs test-kokoro bench-assembly bench-encoder bench-run bench-pictures bench-voice bench-footage bench-duration gallery test-live test-faults fuzz soak clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("videogen needs Python 3.11 or 3.12: make PYTHON=python3.12 ..." if not (3, 11) <= sys.version_info < (3, 13) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
# pip compiles what it copies; what it links each process would, where the environment forbids to keep it.
	$(BIN)/python -m compileall -q videogen
	@touch $@

$(BIN)/.installed-dev: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@

setup: $(BIN)/.installed-dev ## install the program with its development tools
	$(BIN)/pre-commit install

produce: $(BIN)/.installed ## make a video: make produce TOPIC="..." [DURATION=300] [DATABASE=file] [ARGS="--voice am_michael"]
	@if $(VIDEOGEN) db path >/dev/null 2>&1; then \
		$(VIDEOGEN) run $(LENGTH) $(ARGS); \
	else \
		test -n "$$VIDEOGEN_DATABASE" || export VIDEOGEN_DATABASE=output/videogen.db; \
		test -f "$$VIDEOGEN_DATABASE" || $(VIDEOGEN) db create "$$VIDEOGEN_DATABASE" && \
		$(VIDEOGEN) run $(LENGTH) $(ARGS); \
	fi

lint: $(BIN)/.installed-dev ## ruff and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(BIN)/.installed-dev ## mypy, strict
	$(BIN)/mypy

# In the order of the folders: whole films first, so that no long one is begun last.
test: lint types schema docs ## lint, types, the schema check, the documents and every test
	$(BIN)/python -m pytest --numprocesses 2 --dist loadscope --no-loadscope-reorder --durations 15 tests

$(BIN)/.installed-docs: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[docs]"
	@touch $@

# Links and anchors that lead nowhere end it; its makers' notice of another program is left out.
docs: $(BIN)/.installed-docs ## build the site into build/site, its table of commands and settings first
	$(BIN)/python docs/site/configuration.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file docs/site/mkdocs.yml

test-live: $(BIN)/.installed-dev ## ask each real service once, where a network and its key are there, and keep what it says in tests/live/answers
	$(BIN)/python -m pytest tests/live

fuzz: $(BIN)/.installed-dev ## damaged input through every parser, 100,000 cases each; goes on where it was stopped
	$(BIN)/python tests/fuzz/soak.py

schema: $(BIN)/.installed-dev ## check a fresh database against what the models expect
	@rm -rf build/schema && mkdir -p build/schema
	$(VIDEOGEN) db create build/schema/videogen.db
	$(VIDEOGEN) check --strict --database build/schema/videogen.db
	$(BIN)/alembic -x database=build/schema/videogen.db check

$(BIN)/.installed-postgres: $(BIN)/.installed-dev
	$(BIN)/python -m pip install --quiet --editable ".[postgres]"
	@touch $@

test-postgres: $(BIN)/.installed-postgres ## test the record on PostgreSQL: Debian's package, or VIDEOGEN_TEST_POSTGRES=URL
	$(BIN)/python -m pytest tests/postgres

test-faults: $(BIN)/.installed-dev ## a part of the trials below, on Linux with a C compiler
	$(BIN)/python -m pytest --numprocesses 2 tests/faults

soak: $(BIN)/.installed-dev ## failing disks, kills, runs at once, damage, many films: goes on where it stopped, SECONDS=n ends it
	PYTHONPATH=tests $(BIN)/python -m faults.soak $(SECONDS)

bench-database: $(BIN)/.installed ## two runs beside an app that writes all the time: what is lost, who waits; the check on a large file
	$(BIN)/python benchmarks/database_soak.py
	$(BIN)/python benchmarks/schema_check.py

# On Linux the usual build brings gigabytes of CUDA; PIP_EXTRA_INDEX_URL can name PyTorch's own index.
build/kokoro/.installed: pyproject.toml
	$(PYTHON) -m venv build/kokoro
	$(KOKORO_BIN)/python -m pip install --quiet torch==2.13.0
	$(KOKORO_BIN)/python -m pip install --quiet --editable ".[kokoro,ja,zh,dev]"
	@touch $@

test-kokoro: build/kokoro/.installed ## test what extras bring: the official kokoro package on PyTorch, Japanese, Chinese
	$(KOKORO_BIN)/python -m pytest tests/official

$(BIN)/.installed-bench: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	@touch $@

bench-assembly: $(BIN)/.installed-bench ## measure the cut beside FFmpeg by hand and the usual MoviePy
	$(BIN)/python benchmarks/bench_assembly.py

bench-run: $(BIN)/.installed-bench ## measure a whole film by stage: make bench-run [BEFORE=commit] [DURATION=300]
	$(BIN)/python benchmarks/bench_run.py $(LENGTH) $(if $(BEFORE),--before "$(BEFORE)")

bench-encoder: $(BIN)/.installed-bench ## measure encoder settings: CPU, size, VMAF, SSIM by kind of picture
	$(BIN)/python benchmarks/bench_encoder.py

gallery: $(BIN)/.installed-dev ## draw every kind of card in every shape and style into docs/gallery.md, from a real run
	$(BIN)/python benchmarks/gallery.py

bench-duration: $(BIN)/.installed-dev ## measure how near each writer comes to a duration, in the real voice's lengths
	$(BIN)/python benchmarks/bench_duration.py

bench-footage: $(BIN)/.installed-dev ## measure sourcing over a modelled link
	$(BIN)/python benchmarks/footage_link.py

bench-pictures: $(BIN)/.installed-bench ## measure how well pictures fit, on the labelled scenes, beside two simple ways
	$(BIN)/python benchmarks/bench_pictures.py

bench-voice: $(BIN)/.installed-bench ## measure speech: speed, memory, told and real length, word times, words heard
	$(BIN)/python benchmarks/bench_voice.py

clean: ## remove the environment and what builds leave; never output/
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
