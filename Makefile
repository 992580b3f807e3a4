# Attune: `make run` opens it, `make test` checks it; both set up all they need.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint fuzz soak bench bench-training bench-presets format texts quality \
	bundle bundle-test deb clean distclean

VENV := .venv
BIN := $(VENV)/bin
PEERS := benchmarks/.peers
JOEYNMT := benchmarks/.joeynmt
BUNDLE := dist/attune
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A window needs a display; macOS always has one.
ifeq ($(shell uname -s),Linux)
DISPLAY_FOUND := $(DISPLAY)$(WAYLAND_DISPLAY)
else
DISPLAY_FOUND := yes
endif

help:
	@echo 'make run      set up and open Attune (in the terminal where there is no display)'
	@echo 'make test     set up, check style, types and layers, and run the tests'
	@echo 'make lint     the checks of `make test` without the tests'
	@echo 'make soak     use the window like mad for two minutes and watch it [SOAK_ARGS=--help]'
	@echo 'make fuzz     random and damaged input for all that reads files and texts (half an hour)'
	@echo '              [FUZZ_INPUTS=200000] [FUZZ_SEED=n] [FUZZ_TARGETS=settings,segmenter]'
	@echo 'make bench    measure speed and memory beside other engines (an hour on a quiet machine)'
	@echo 'make bench-training   measure training beside JoeyNMT (an hour on a quiet machine)'
	@echo 'make bench-presets   PAIRS=FILES SETS=FILES: train every preset on the same pairs for as long'
	@echo 'make format   put the code into shape'
	@echo 'make texts    collect what is to be translated, and compile the Chinese catalogue'
	@echo 'make quality  SETS=FOLDER: how well the models translate test sets, as an HTML report'
	@echo '              [MODELS=...] [AGAINST=FOLDER, revision or results.json] [LINES=n] [OUT=FOLDER]'
	@echo 'make bundle   build the application as a folder that needs no Python: dist/attune'
	@echo 'make bundle-test   play a user of that folder, with pictures in build/screenshots'
	@echo 'make deb      make a Debian package of that folder'
	@echo 'make clean    remove caches;  make distclean: remove the virtual environment too'
	@echo
	@echo 'PYTHON=python3.12   build the virtual environment with this Python (3.11 to 3.14)'
	@echo 'TORCH_INDEX=URL     take torch from this package index, everything else as usual:'
	@echo '  On Linux the usual index gives a build with CUDA, some 3 GB; the index that'
	@echo '  PyTorch keeps for processors alone gives one of 0.2 GB, which is all that is needed.'
	@echo '  To change the build of an existing set-up: make distclean first.'

# --- set-up: each step runs when one of these changed --------------------------------------------

NEEDS := pyproject.toml $(wildcard core/model/native/*.[ch])

$(VENV)/ready-to-run: $(NEEDS)
	@.ci/setup libraries run
	@echo 'attune: installing packages, some minutes at the first time'
	@.ci/setup packages run
	@touch $@

$(VENV)/ready-to-test: $(NEEDS)
	@.ci/setup libraries test
	@echo 'attune: installing packages, some minutes at the first time'
	@.ci/setup packages test
	@touch $@ $(VENV)/ready-to-run

$(VENV)/ready-to-package: $(NEEDS)
	@.ci/setup libraries window
	@echo 'attune: installing packages, some minutes at the first time'
	@.ci/setup packages package
	@touch $@ $(VENV)/ready-to-run

# --- what to do ----------------------------------------------------------------------------------

ifneq ($(DISPLAY_FOUND),)
run: check-window $(VENV)/ready-to-run
	@$(BIN)/python -m gui

.PHONY: check-window
check-window:
	@.ci/setup libraries window
else
run: $(VENV)/ready-to-run
	@echo 'attune: no display here, so this is the terminal translator: a line of Chinese, Enter (Ctrl+D ends)'
	@$(BIN)/python -m core.cli translate - --from zh --to en
endif

test: lint
	$(BIN)/python -m pytest -m 'not timed' -n logical --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)
	$(BIN)/python -m pytest -m timed $(PYTEST_ARGS) || test $$? -eq 5  # none was chosen

lint: $(VENV)/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: $(VENV)/ready-to-test
	@$(BIN)/python -m tests.soak $(SOAK_ARGS)

FUZZ_INPUTS := 200000
fuzz: $(VENV)/ready-to-test
	$(BIN)/python -m tests.fuzz --inputs $(FUZZ_INPUTS) $(if $(FUZZ_SEED),--seed $(FUZZ_SEED)) \
		$(if $(FUZZ_TARGETS),--targets "$(FUZZ_TARGETS)")

bench: $(VENV)/ready-to-run $(PEERS)/ready-to-measure
	$(BIN)/python -m benchmarks.speed $(BENCH_ARGS)

bench-training: $(VENV)/ready-to-run $(JOEYNMT)/ready-to-measure
	$(BIN)/python -m benchmarks.joeynmt $(BENCH_ARGS)

bench-presets: $(VENV)/ready-to-run
	$(BIN)/python -m benchmarks.family $(PAIRS) --sets $(SETS) $(BENCH_ARGS)

# The other engines, in environments of their own.
$(PEERS)/ready-to-measure: benchmarks/speed/peers.txt
$(JOEYNMT)/ready-to-measure: benchmarks/joeynmt/peers.txt
%/ready-to-measure: | $(VENV)/ready-to-run
	@echo 'attune: installing what to measure beside'
	@$(BIN)/python -m venv --clear $*
ifneq ($(TORCH_INDEX),)
	@$*/bin/pip install --quiet --no-deps --index-url $(TORCH_INDEX) $$(grep '^torch' $<)
endif
	@$*/bin/pip install --quiet --requirement $<
	@touch $@

format: $(VENV)/ready-to-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: $(VENV)/ready-to-test
	@$(BIN)/python -m resources.i18n.catalogue

# LINES counts only where it is typed: some terminals put their own height into the environment.
quality: $(VENV)/ready-to-test
	@$(BIN)/python -m benchmarks.quality $(SETS) $(if $(MODELS),--models $(MODELS)) \
		$(if $(AGAINST),--against $(AGAINST)) $(if $(OUT),--out $(OUT)) \
		$(if $(findstring command,$(origin LINES)),--lines $(LINES))

# Built beside its place and moved there when it is whole and small enough.
bundle: $(VENV)/ready-to-package
	$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath build --distpath build/dist build_app.spec
	$(BIN)/python -m resources.package.sizes build/dist/attune
	@rm -rf $(BUNDLE).old && mkdir -p dist
	@if [ -d $(BUNDLE) ]; then mv $(BUNDLE) $(BUNDLE).old; fi
	@mv build/dist/attune $(BUNDLE) && rm -rf $(BUNDLE).old
	@echo 'attune: $(BUNDLE)/attune is the program; make deb packs it'

$(BUNDLE)/attune:
	@$(MAKE) bundle

bundle-test: $(BUNDLE)/attune $(VENV)/ready-to-test
	@rm -rf build/screenshots
	ATTUNE_BUNDLE=$(BUNDLE) ATTUNE_SHOTS=build/screenshots \
		$(BIN)/python -m pytest -s -o faulthandler_timeout=3600 tests/bundle $(PYTEST_ARGS)

deb: $(BUNDLE)/attune
	$(BIN)/python -m resources.package.debian $(BUNDLE) dist

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find core gui tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV) $(PEERS) $(JOEYNMT) core/model/native/built
