# Each target is one line over `kata` or a tool; .venv sets itself up on first use (kata/bootstrap.py).
# Kept to what GNU make 3.81 (macOS) and a POSIX sh understand.

BIN := .venv/bin

.PHONY: help check watch report update hint reveal reset replay status next mock grade author new verify test proof cover lint table lock setup setup-report setup-dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

check: setup ## grade what you have started; EX=kmeans for one, ARGS=
	@$(BIN)/kata check $(EX) $(ARGS)

watch: setup ## grade one whenever you save it; EX=kmeans
	@$(BIN)/kata watch $(EX)

hint: setup ## one more hint; EX=kmeans
	@$(BIN)/kata hint $(EX)

reveal: setup ## the reference, once you are accepted or GIVE_UP=1; EX=kmeans
	@$(BIN)/kata reveal $(EX) $(if $(GIVE_UP),--give-up)

reset: setup ## the untouched stub again; what you had is kept; EX=kmeans
	@$(BIN)/kata reset $(EX)

replay: setup ## run the last counterexample; ARGS=--pdb; EX=kmeans
	@$(BIN)/kata replay $(EX) $(ARGS)

status: setup ## the board: verdicts, times, hints, what is due
	@$(BIN)/kata status

next: setup ## what to practise now, and why
	@$(BIN)/kata next

mock: setup ## an interview; PRESET=, or MINUTES= LEVEL= FOCUS= EX=; RESUME=1
	@$(BIN)/kata mock $(EX) $(MOCK) $(ARGS)

MOCK = $(if $(PRESET),--preset $(PRESET)) $(if $(MINUTES),--minutes $(MINUTES)) \
	$(if $(LEVEL),--level $(LEVEL)) $(if $(FOCUS),--focus "$(FOCUS)") $(if $(SEED),--seed $(SEED)) \
	$(if $(RESUME),--resume)

report: setup-report ## your practice as a page to look at: .kata/report.html
	@$(BIN)/kata report $(ARGS)

update: setup ## bring in upstream's new katas; what you have changed stays
	@$(BIN)/kata update

grade: setup ## many people's files; EX=kmeans FROM=folder OUT=results.jsonl
	@$(BIN)/kata grade "$(FROM)" --kata "$(EX)" --out "$(OUT)" $(ARGS)

author: setup ## this clone is a contributor's: solutions/ comes back
	@$(BIN)/kata author

new: setup ## lay out the files of a new kata; EX=its_name, ARGS=
	@$(BIN)/kata new $(EX) $(ARGS)

verify: setup-dev ## prove the graders, by answers and mutants; EX=kmeans, ARGS=
	@$(BIN)/kata verify $(EX) $(ARGS)

test: setup-dev ## the project's own tests; of the graders' proof a sample
	@$(BIN)/python -m pytest tests -n auto --dist worksteal $(ARGS)

proof: setup-dev ## the long tests: all answers, all hostile files, all set-ups
	@$(BIN)/python -m pytest $(LONG) -n auto --whole $(ARGS)

LONG := $(addprefix tests/test_,proof.py tamper.py bundle.py bootstrap.py golden.py)

cover: setup-dev ## how much of kata/ the engine's tests run, with a floor
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest tests -n auto -q --ignore=tests/test_proof.py --ignore=tests/test_bootstrap.py
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

lint: setup-dev ## ruff, mypy, the workflows, the table of katas
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/zizmor --offline --quiet .github/workflows
	@$(BIN)/kata table --check

table: setup ## make the README's table of katas anew
	@$(BIN)/kata table

lock: setup-dev ## pin anew what pyproject.toml asks for; ARGS=--upgrade
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --output-file requirements-report.txt --constraint requirements.txt --extra report
	@$(LOCK) --output-file requirements-dev.txt --constraint requirements-report.txt --extra dev --extra verify --extra cluster

# `fewest`: one numpy for every Python, so that all learners are graded by the same versions.
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --custom-compile-command 'make lock' $(ARGS)

# Not LEVEL, which `make mock` is given: a variable of the command line would win over these.
setup: PACKAGES_FOR = learner
setup-report: PACKAGES_FOR = report
setup-dev: PACKAGES_FOR = dev
setup: ## only make .venv ready; PYTHON=/path/to/python

# The first line is all that a later run costs.
setup setup-report setup-dev:
	@$(BIN)/python -I -S kata/bootstrap.py --check $(PACKAGES_FOR) 2>/dev/null && exit; \
	if [ "$$PYTHON" ]; then set -- "$$PYTHON"; else set -- python3 python3.13 python3.12 python3.11; fi; \
	for python; do "$$python" -c '' 2>/dev/null && exec "$$python" kata/bootstrap.py $(PACKAGES_FOR); done; \
	echo "Set-up stopped: none of these runs: $$*. Install Python 3.13, or name one that you have:" \
		"PYTHON=/path/to/python3.13 make check" >&2; exit 2
