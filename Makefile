# What CI and people both type.
PYTHON ?= python

.PHONY: check format lint types layers test

check: format lint types layers test

format:
	$(PYTHON) -m ruff format --check .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy ingest index search ui evaluation tests app.py query.py

layers:
	PYTHONPATH=. lint-imports

test:
	$(PYTHON) -m pytest

.PHONY: mend
mend:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
