# make run    audit the example articles, or others: make run ARGS="dir --format sarif"
# make test   run all tests
# make bench  speed, beside other checkers, and language detectors compared
# make quality measure every rule on the labelled articles: ARGS=--show, or "--show numbers", lists what to mend
# make golden renew the samples in reports/, which tell the precision measured
# make docs   renew the pages in docs/ and the schemas that are made from the code, and the figures in the README
# make picture renew the picture of the HTML report in docs/
# make tables renew the tables derived from others: spellings of house names, names of days and months

# The system's own Python if it is new enough and can make environments, else the first on the PATH: distributions build
# theirs optimized with profiles, which makes every run some 10 % faster. PYTHON=python3.13 asks for another one.
SYSTEM := /usr/bin/python3
PYTHON ?= $(shell $(SYSTEM) -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(SYSTEM) || echo python3)
BIN := .venv/bin
COMPILED := audit/_compiled.pickle

.PHONY: run test bench quality golden docs picture tables clean

run: ARGS ?= tests/articles --fail-on never
run: $(BIN)/audit $(COMPILED)
	@$(BIN)/audit run $(ARGS)

test: .venv/dev $(COMPILED)
	@sh tests/prepare.sh
	$(BIN)/python -m pytest -n 2 -q

bench: .venv/bench $(COMPILED)
	$(BIN)/python tests/bench.py

quality: .venv/dev
	$(BIN)/python tests/quality.py $(ARGS)

golden: .venv/dev
	$(BIN)/python -m pytest -q tests/test_golden.py --golden

docs: .venv/dev
	$(BIN)/python -m pytest -q tests/test_docs.py tests/test_schemas.py --golden

picture: .venv/dev
	$(BIN)/python tests/picture.py

tables: .venv/dev
	$(BIN)/python -m pytest -q tests/test_name_table.py tests/test_capitalization.py --golden

$(BIN)/audit: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: pyproject.toml $(BIN)/audit
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv/bench: pyproject.toml .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

# As an installed package is; start-up takes half as long.
$(COMPILED): $(BIN)/audit $(wildcard audit/*.py audit/*/*.py rules/*.yaml rules/*/*.tsv)
	@$(BIN)/python -m compileall -q audit
	@$(BIN)/python -c "from pathlib import Path; from audit import building; building.build(Path('audit'))"

clean:
	rm -rf .venv .cache build dist $(COMPILED) audit/_expressions.pickle
