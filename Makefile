# Everything starts from Python 3.11 and make. `make run` and `make test` set up what they need.
PYTHON ?= python3
PORT   ?= 8080
VENV   := .venv
BIN    := $(VENV)/bin
CORPORA ?= ../shared/data

SEEDS   ?= 20
COUNT   ?= 1000000
MINUTES ?= 240
JOBS    ?= 2

.PHONY: setup run test pictures chat cluster chaos flood fuzz lint bench sbom train-encoder clean

setup: $(VENV)/.ready

# torch first and pinned: a looser range takes a CUDA build of several gigabytes.
$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "servicebot needs Python 3.11 or newer; try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV) (a few minutes the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@echo "  torch ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@echo "  the rest ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: setup
	@SERVICEBOT_WEB_PORT=$(PORT) $(BIN)/servicebot serve --sandbox

# Two files of tests at a time; JOBS=0 runs them one after another.
test: setup
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

# Every part in a process of its own, over a Redis: web, work, deliver and the sandbox bank.
cluster: setup
	@SERVICEBOT_WEB_PORT=$(PORT) $(BIN)/servicebot cluster

# Plays every fault of docs/reliability.md that is a run: SEEDS seeds at most, a report in var/chaos.md.
chaos: setup
	@$(BIN)/python -m tests.chaos.run --seeds $(SEEDS)

# Floods a real `servicebot serve --sandbox` and measures what others notice; a report in var/flood.md.
flood: setup
	@$(BIN)/python -m tests.flood.run

# Random values for every reader, until COUNT are done or MINUTES have passed; a report in var/fuzz.md.
fuzz: setup
	@$(BIN)/python -m tests.fuzz.run --count $(COUNT) --minutes $(MINUTES)

# Plays the studio's main way and makes the pictures of docs/studio.md anew.
pictures: setup
	@PICTURES=docs/screenshots $(BIN)/python -m pytest -s tests/browser/pictures.py

chat: setup
	@SERVICEBOT_WEB_PORT=$(PORT) $(BIN)/servicebot chat

lint: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/servicebot content check
	@$(BIN)/codespell src tests docs README.md CONTRIBUTING.md
	@$(BIN)/deptry src

bench: setup
	@SERVICEBOT_WEB_PORT=$(PORT) $(BIN)/servicebot bench

train-encoder: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	@$(BIN)/servicebot train encoder --corpora $(CORPORA) --out var/encoder
	@cp var/encoder/* src/servicebot/models/encoder/

# What the Docker image holds, with licences (CycloneDX): installed anew, without the development tools.
sbom:
	@rm -rf var/sbom && mkdir -p var/sbom
	@$(PYTHON) -m venv var/sbom/runtime && $(PYTHON) -m venv var/sbom/tool
	@var/sbom/runtime/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@var/sbom/runtime/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt .
	@var/sbom/tool/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
	@var/sbom/tool/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
	  --output-format JSON --output-file var/sbom/servicebot.cdx.json var/sbom/runtime/bin/python
	@rm -rf var/sbom/runtime var/sbom/tool build
	@echo "var/sbom/servicebot.cdx.json"

clean:
	rm -rf $(VENV) var build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis src/*.egg-info
