# mum-tui: `make help` lists what can be made.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup run check test test-slow test-latex test-pandoc test-csl bench bench-peers docs lists shots clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

setup: $(STAMP)  ## Make .venv with mum-tui and everything to work on it

run: setup  ## Start the browser
	@$(BIN)/mum-tui

check: setup  ## Lint, formatting, types, import contracts, the catalog
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/mum-tui check --strict catalog.yaml

test: setup  ## All tests but the slow ones
	$(BIN)/python -m pytest -q -n auto

test-slow: setup  ## Kill loops, fuzzing and other long checks
	$(BIN)/python -m pytest -q -m slow
	MUM_TUI_TEST_EXAMPLES=5 $(BIN)/python -m pytest -q -n auto

LATEX := texlive-latex-base texlive-latex-recommended texlive-latex-extra texlive-bibtex-extra texlive-publishers \
	texlive-science lmodern biber poppler-utils

test-latex: setup  ## All entries through real BibTeX and biber (installs TeX Live on Debian, as root)
	@command -v biber pdftotext kpsewhich >/dev/null && kpsewhich llncs.cls vancouver.bst apa.bbx lmodern.sty >/dev/null || \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(LATEX); }
	$(BIN)/python -m pytest -q -m latex

test-pandoc: setup  ## Random works and the catalog cited beside pandoc (installs it into .venv)
	@$(BIN)/python -c 'import pypandoc' 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17
	$(BIN)/python -m pytest -q -m pandoc

DIR ?= ../shared/csl-suite
test-csl: setup  ## The official CSL test suite, from DIR=folder of its fixtures
	@test -d '$(DIR)' || { echo 'no folder $(DIR): give one with DIR=…'; exit 2; }
	$(BIN)/python -m tests.csl_suite '$(DIR)'

bench: setup  ## Start-up, keys, search and scale, as ratios (builds and installs a wheel)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.toggle
	$(BIN)/python -m benchmarks.lists
	$(BIN)/python -m benchmarks.second_start

bench-peers: setup  ## mum-tui beside fzf, papis, cobib and peplum (installs them for the run)
	$(BIN)/python -m benchmarks.peers

docs: setup  ## Write the parts of the documentation that are made from the code
	$(BIN)/python docs/make_docs.py

LISTS ?= $(wildcard ../shared/corpus/*.md)
lists: setup  ## What of each list is read, from LISTS=files
	@test -n '$(LISTS)' || { echo 'no lists: give some with LISTS=…'; exit 2; }
	$(BIN)/python -m tools.read_lists $(LISTS)

shots: setup  ## Take the README's pictures
	$(BIN)/python docs/make_pictures.py

clean:  ## Remove what was made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
