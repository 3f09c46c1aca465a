# Two commands do all the set-up there is: `make audit` and `make test`.
VENV ?= .venv
PYTHON ?= python3
RUN = $(VENV)/bin/python

.PHONY: audit test check

audit: $(VENV)/.audit
	$(VENV)/bin/conditioning audit --out certificates/paper

test: $(VENV)/.test
	$(RUN) -m pytest -n 2

check:
	$(PYTHON) -m certificates.checker certificates/paper --quiet

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.audit: $(VENV)/bin/python pyproject.toml requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.test: $(VENV)/.audit requirements-test.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-test.lock
	touch $@
