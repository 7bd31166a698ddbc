# Each target does all of its own set-up and is quick when there is nothing left to do.
PY := .venv/bin/python
# Each worker has a server and a browser of its own; who has nothing left to do takes over from others.
PARALLEL := -n logical --maxprocesses 8 --dist worksteal
export PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help run test assurance check format bench mutants screenshots lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start the clinic with a demo on http://127.0.0.1:8000/ (PORT= changes the port)
	@bin/setup run
	@exec $(PY) manage.py run_clinic --port $(PORT)

test: ## every test, the browser journeys included; ARGS= goes to pytest, which then runs serially
	@bin/setup test
	@exec $(PY) -m pytest $(or $(ARGS),$(PARALLEL))

assurance: ## the same with long profiles and races by the thousand (hours)
	@bin/setup test
	@HYPOTHESIS_PROFILE=long exec nice $(PY) -m pytest $(or $(ARGS),$(PARALLEL))

check: ## format, lint, types, import contracts, migrations, deploy check, translations
	@bin/setup test
	@bin/check

format: ## put the code into the shape that `make check` asks for
	@bin/setup test
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

bench: ## run every benchmark, count reviews of ordinary adults, write benchmarks/RESULTS.md (RESCREEN_ROWS=20000 for a quick look)
	@bin/setup bench
	@exec $(PY) -m benchmarks

mutants: ## change the engine in thousands of small ways, see that tests notice (ARGS= which; hours)
	@bin/setup mutants
	@exec nice $(PY) bin/mutants $(ARGS)

screenshots: ## every page at three widths and every PDF as pictures, into screenshots/
	@bin/setup test
	@exec $(PY) bin/screenshots

lock: ## pin the newest versions that requirements*.in and package.json allow
	@bin/setup test
	@bin/lock
