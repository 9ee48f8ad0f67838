# The developer's commands are the server's and CI's commands. `make help` lists them.
# Everything they make lies in .venv/ and var/, both ignored by git; a second run is quick.

PORT ?= 8000
HOST ?= 127.0.0.1
SOAK ?= 20
SEED ?= 1
VAR := $(or $(NITHET_VAR),var)
STAMPS := var/.setup
# The showroom of so many invented schools has a folder with a database of its own.
DEMO_VAR := $(VAR)$(if $(SCHOOLS),/showroom-$(SCHOOLS))
BENCH_SIZE := $(if $(SCHOOLS),--schools $(SCHOOLS)) $(if $(YEARS),--years $(YEARS))
VENV := .venv/bin
MANAGE := $(VENV)/python manage.py
PYTEST := $(VENV)/python -m pytest -n 2 --dist worksteal --durations 30
NODE := $(abspath $(VENV))/node
INSTALL := UV_LINK_MODE=copy UV_SYSTEM_CERTS=1 $(VENV)/uv pip install --quiet \
	--python $(VENV)/python --require-hashes
LOCK := $(VENV)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-annotate --custom-compile-command "make lock"

# Compiled modules are kept: each process that the tests start is ready in half the time.
unexport PYTHONDONTWRITEBYTECODE

# What WeasyPrint draws with, and the browser of the tests: Debian packages, no wheel has them.
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
PDF_LIBRARIES := libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0

# $(call debian,packages): root installs them; anyone else is told what to ask for.
define debian
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "Installing system packages: $(1)"; export DEBIAN_FRONTEND=noninteractive; \
	apt-get install -y -qq --no-install-recommends $(1) </dev/null >/dev/null 2>&1 \
	|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends $(1) \
	     </dev/null >/dev/null; }; \
else echo "Missing system packages. Ask an administrator: apt-get install $(1)" >&2; exit 1; fi
endef

.DEFAULT_GOAL := help
.PHONY: help demo update serve test test-sqlite test-postgres coverage check style imports templates types \
	scripts migrations deployment audit bench soak lock setup setup-dev

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: export MODE = demo
demo: export NITHET_VAR = $(DEMO_VAR)
demo: export PYTHONUNBUFFERED = 1
demo: export LOG_LEVEL = WARNING
demo: setup ## the portal with sample data on http://127.0.0.1:8000 (PORT=, RESET=1 starts over, SCHOOLS=130 invented schools)
	@if [ "$(RESET)" = 1 ]; then rm -rf -- "$(DEMO_VAR)"/nithet.sqlite3* "$(DEMO_VAR)/media"; fi
	@$(MANAGE) prepare
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable --verbosity 0
ifdef SCHOOLS
	@$(MANAGE) load_showroom --schools $(SCHOOLS)
else
	@$(MANAGE) load_manual
	@$(MANAGE) load_demo
endif
	@exec $(MANAGE) run_portal --host 127.0.0.1 --port $(PORT)

update: export MODE = production
update: setup ## once, and after each update: files, database, the manual's data (back up first)
	@$(MANAGE) prepare
	@$(MANAGE) migrate
	@$(MANAGE) createcachetable --verbosity 0
	@$(MANAGE) load_manual

serve: export MODE = production
serve: setup ## the portal in production (settings from the environment or .env; HOST=, PORT=)
	@$(MANAGE) prepare
	@$(MANAGE) check --deploy --fail-level WARNING
	@exec $(MANAGE) run_portal --host $(HOST) --port $(PORT)

# First SQLite, then PostgreSQL: the one of DATABASE_URL, or else one started for the run.
# What walks in a browser, draws papers or starts processes does the same on both databases, so
# it runs in the first pass only.
test: test-sqlite test-postgres ## every test on SQLite, then on a real PostgreSQL

test-sqlite: setup-dev
	@MODE=test $(MANAGE) prepare
	env -u DATABASE_URL $(PYTEST) -n 3  # a browser leaves the processor idle half of the time

test-postgres: setup-dev
	@MODE=test $(MANAGE) prepare
	$(VENV)/python -m tests.postgres $(PYTEST) --migrations -m "not browser and not db_agnostic"

coverage: setup-dev ## branch coverage of all tests without a browser (takes longer than the tests)
	@MODE=test $(MANAGE) prepare
	env -u DATABASE_URL $(PYTEST) -m "not browser" --cov --cov-report term

check: style imports templates types scripts migrations deployment ## style, imports, templates, types, scripts, migrations, settings

style: setup-dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .

imports: setup-dev
	$(VENV)/lint-imports --no-cache

templates: setup-dev
	$(VENV)/djlint --lint --quiet templates

types: setup-dev
	$(VENV)/mypy

# The portal is served without Node; these tools only look at its scripts.
scripts: setup-dev
	cd tests/js && $(NODE) node_modules/@biomejs/biome/bin/biome ci . ../../static/js ../../static/css
	cd tests/js && $(NODE) node_modules/typescript/bin/tsc
	$(NODE) --test --disable-warning=MODULE_TYPELESS_PACKAGE_JSON tests/js/*.test.js

migrations: setup-dev
	MODE=test $(MANAGE) makemigrations --check --dry-run

deployment: export MODE = production
deployment: export NITHET_VAR = var/check
deployment: export SECRET_KEY = $(shell head -c 40 /dev/urandom | base64 -w 0)
deployment: export ALLOWED_HOSTS = portal.example
deployment: export CSRF_TRUSTED_ORIGINS = https://portal.example
deployment: export DATABASE_URL = sqlite:///var/check/nithet.sqlite3
deployment: setup-dev
	@$(MANAGE) prepare
	$(MANAGE) check --deploy --fail-level WARNING

soak: setup-dev ## attack it for longer: nonsense, six at once, kills (SOAK=20 turns, SEED=1)
	SOAK=$(SOAK) SEED=$(SEED) env -u DATABASE_URL $(VENV)/python -m pytest tests/soak
	env -u DATABASE_URL $(PYTEST) -m hypothesis --hypothesis-profile=soak
	SOAK=$(SOAK) SEED=$(SEED) $(VENV)/python -m tests.postgres $(VENV)/python -m pytest tests/soak \
	-m "not db_agnostic"

audit: setup-dev ## known vulnerabilities of the packages in requirements.txt (asks PyPI; not part of check)
	$(VENV)/pip-audit --requirement requirements.txt --require-hashes --disable-pip --strict

bench: setup-dev ## measure the budgets on both databases (numbers, no verdict; SCHOOLS=130, YEARS=5; BOOK=1: the year-end book alone)
	@$(MANAGE) prepare
	@env -u DATABASE_URL $(MANAGE) bench $(BENCH_SIZE) $(if $(BOOK),--book)
ifndef BOOK
	@$(VENV)/python -m tests.postgres $(MANAGE) bench $(BENCH_SIZE)
endif

lock: setup ## renew requirements.txt and requirements-dev.txt from pyproject.toml
	$(LOCK) -o requirements.txt
	$(LOCK) --extra dev -o requirements-dev.txt

setup: $(STAMPS)/pdf-libraries $(STAMPS)/runtime

setup-dev: setup $(STAMPS)/dev $(STAMPS)/browser $(STAMPS)/pdf-reader $(STAMPS)/node-packages

$(VENV)/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Python 3.11 or newer is needed as python3." >&2; exit 1; }
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { $(call debian,python3-venv); }
	@python3 -m venv .venv
	@$(VENV)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

$(STAMPS)/runtime: requirements.txt | $(VENV)/uv
	@echo "Installing Python packages …"
	@$(INSTALL) -r requirements.txt
	@mkdir -p $(@D) && touch $@

$(STAMPS)/dev: requirements-dev.txt | $(VENV)/uv
	@echo "Installing packages for tests and checks …"
	@$(INSTALL) -r requirements-dev.txt
	@mkdir -p $(@D) && touch $@

$(STAMPS)/pdf-libraries: | $(VENV)/uv
	@for library in $(PDF_LIBRARIES); do \
	python3 -c "import ctypes; ctypes.CDLL('$$library')" 2>/dev/null \
	|| { $(call debian,$(PDF_PACKAGES)); break; }; done
	@mkdir -p $(@D) && touch $@

# The tests' browser, and what the node that drives it is linked to.
$(STAMPS)/browser: | $(VENV)/uv
	@test -x /usr/bin/chromium && python3 -c "import ctypes; ctypes.CDLL('libatomic.so.1')" 2>/dev/null \
	|| { $(call debian,chromium libatomic1); }
	@mkdir -p $(@D) && touch $@

# One of the readers that must find Thai words in a paper; its tests are skipped without it.
$(STAMPS)/pdf-reader: | $(VENV)/uv
	@command -v pdftotext >/dev/null || ( $(call debian,poppler-utils) ) || true
	@mkdir -p $(@D) && touch $@

# What checks the scripts; nothing of it is served.
$(STAMPS)/node-packages: tests/js/package-lock.json | $(STAMPS)/dev $(STAMPS)/browser
	@echo "Installing packages that check the scripts …"
	@cd tests/js && PATH="$(abspath $(VENV)):$$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund
	@mkdir -p $(@D) && touch $@
