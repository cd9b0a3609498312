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

.PHONY: bench
bench:
	$(PYTHON) -m evaluation speed encoding
	$(PYTHON) -m evaluation speed questions
	$(PYTHON) -m evaluation speed update
	$(PYTHON) -m evaluation speed rivals
	$(PYTHON) -m evaluation speed served
	$(PYTHON) -m evaluation speed cluster
	$(PYTHON) -m evaluation scale

# Two hundred kills and five minutes of readers beside a writer: about a quarter of an hour.
.PHONY: crash
crash:
	$(PYTHON) -m tests.crash kills --count 200
	$(PYTHON) -m tests.crash soak --seconds 300

# The real Milvus server, killed and started again, in a network of its own: about five minutes.
# First: pip install -r requirements-milvus-server.txt
.PHONY: test-milvus
test-milvus:
	$(PYTHON) -m tests.milvus_server

# Ten people at once, fifty who think, a thousand searches: about three minutes.
.PHONY: load
load:
	$(PYTHON) -m tests.load

.PHONY: screenshots
screenshots:
	$(PYTHON) -m tests.browser.screenshots
