# Two commands do everything on a bare machine with Python >= 3.10: `make demo` and `make test`.

# The first of these Pythons that is there and new enough makes the virtual environment.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.10; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
DEMO := demo-out

.PHONY: demo test test-programs check accuracy performance samples clean

demo: .venv/run.done
	@$(BIN)/digitize run sample_docs --overwrite -o $(DEMO)
	@$(BIN)/python sample_docs/check.py $(DEMO)
	@echo
	@echo "Searchable PDFs and tables: $(CURDIR)/$(DEMO)"

# As many tests run at once as there are cores: each keeps to one.
test: .venv/test.done test-programs
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile -m 'not clocked'
	$(BIN)/python -m pytest -m clocked

# Tests of PDFs look at them with other people's programs.
test-programs:
	@command -v pdftotext >/dev/null && command -v qpdf >/dev/null || { \
	  echo "Installing poppler-utils and qpdf, which tests of PDFs use"; \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq poppler-utils qpdf >/dev/null; } || { \
	  echo "Install them first: sudo apt install poppler-utils qpdf (or brew install poppler qpdf)"; exit 2; }

check: .venv/test.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The table in docs/accuracy.md; needs the real pages (DIGITIZE_DATA or ../shared/data).
accuracy: .venv/run.done
	$(BIN)/python benchmarks/accuracy.py

# docs/performance.md and its plot: about ten minutes, on a machine that does nothing else.
performance: .venv/test.done
	$(BIN)/python benchmarks/performance.py

samples: .venv/run.done
	$(BIN)/python sample_docs/make.py

clean:
	rm -rf .venv $(DEMO)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "digitize needs Python 3.10 or newer on the PATH"; exit 2; }
	$(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 2; }

.venv/run.done: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/test.done: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train,dev]'
	@touch $@
