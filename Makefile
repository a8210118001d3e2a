# What there is to do with this checkout: `make help`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
# Stamps in the virtual environment: what they stand for is done again only when one
# of the files they depend on has changed.
BOOK := $(VENV)/.ready-for-books
TEST := $(VENV)/.ready-for-tests
NODE := tests/node/node_modules/.package-lock.json
VERAPDF := tests/java/jars/.ready

.PHONY: help book test specimens bench lock clean
.DELETE_ON_ERROR:

help:  ## say what there is to do
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

book: $(BOOK)  ## build manuscript/, the user's guide, into dist/
	$(BIN)/publish build manuscript -o dist

test: $(BOOK) $(TEST) $(NODE) $(VERAPDF)  ## check the code and run the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile

specimens: $(BOOK) $(TEST)  ## draw a short book in each style into dist/specimens
	$(BIN)/python -m tests.specimens -o dist/specimens

bench: $(BOOK) $(TEST) $(NODE) $(VERAPDF)  ## measure whole books and builds, and judge
	$(PIP) install --no-build-isolation --editable '.[bench]'
	$(BIN)/python -m tests.benchmarks books
	$(BIN)/python -m tests.benchmarks epub
	$(BIN)/python -m tests.benchmarks paragraphs
	$(BIN)/python -m tests.benchmarks speed

lock: $(BOOK)  ## choose the newest versions that fit and write the lock files
	$(PIP) install uv
	$(LOCK) -o requirements.lock --extra citations
	$(LOCK) -o requirements-test.lock --extra test --constraint requirements.lock
	cd tests/node && npm install --package-lock-only

clean:  ## remove all that was made or installed here
	rm -rf $(VENV) dist build tests/node/node_modules tests/java/jars
	rm -rf .mypy_cache .pytest_cache .ruff_cache

$(BOOK): requirements.lock pyproject.toml $(VENV)/pyvenv.cfg
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(TEST): requirements-test.lock $(BOOK)
	@$(SYSTEM) default-jre-headless chromium zbar-tools libgs-common
	$(PIP) install --require-hashes --requirement requirements-test.lock
	@touch $@

$(NODE): tests/node/package-lock.json $(TEST)
	cd tests/node && PATH="$(CURDIR)/$(BIN):$$PATH" PUPPETEER_SKIP_DOWNLOAD=1 \
	npm ci --no-audit --no-fund
	@touch $@

$(VERAPDF): tests/java/pom.xml $(TEST)
	@$(SYSTEM) maven
	rm -rf $(@D)
	cd tests/java && mvn --batch-mode --quiet dependency:copy-dependencies \
	-DoutputDirectory=jars
	@touch $@

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo 'publish needs Python 3.11 or newer: make PYTHON=python3.12' >&2; exit 1; }
	@$(SYSTEM) python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
	$(PYTHON) -m venv $(VENV)

# The versions of everything, for every system and Python that pyproject.toml allows.
# Hatchling is in them because the package is built with what is installed already.
LOCK = echo hatchling | $(BIN)/uv pip compile pyproject.toml - --quiet --upgrade \
	--universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header

# Installs what the system lacks of the packages that follow, by their names in Debian.
SYSTEM = sh -c "$$INSTALL" install
define INSTALL
loads() {
    $(PYTHON) -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$$1" 2>/dev/null
}

is_there() {
    case "$$(uname) $$1" in
    *" python3-venv") $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null ;;
    *" default-jre-headless") java -version 2>/dev/null ;;
    *" maven") mvn --version 2>/dev/null ;;
    "Darwin libpango-1.0-0") test -e "$$(brew --prefix)/lib/libpango-1.0.dylib" ;;
    "Darwin "*) true ;;
    *" zbar-tools") command -v zbarimg ;;
    *" libgs-common") test -e /usr/share/color/icc/ghostscript/default_cmyk.icc ;;
    *" chromium") command -v chromium || command -v google-chrome ;;
    *" libpango-1.0-0") loads libpango-1.0.so.0 ;;
    *" libpangoft2-1.0-0") loads libpangoft2-1.0.so.0 ;;
    *" libharfbuzz-subset0") loads libharfbuzz-subset.so.0 ;;
    esac
}

apt() {
    if [ "$$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive apt-get --quiet "$$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive apt-get --quiet "$$@"
    fi
}

can_apt() {
    command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || sudo -v; } 2>/dev/null
}

missing=
for package; do
    is_there "$$package" >/dev/null || missing="$$missing $$package"
done
if [ -z "$$missing" ]; then
    exit 0
elif [ "$$(uname)" = Darwin ]; then
    missing=$$(echo "$$missing" |
        sed 's/libpango-1.0-0/pango/; s/default-jre-headless/openjdk/')
    echo "publish needs what Homebrew calls:$$missing (brew install$$missing)" >&2
    exit 1
elif can_apt; then
    echo "installing with apt:$$missing"
    apt update && apt install --yes --no-install-recommends $$missing && exit 0
fi
echo "publish needs these packages of the system:$$missing" >&2
echo "install them (the names are Debian's) and run make again" >&2
exit 1
endef
export INSTALL
