# Two commands matter: `make demo` and `make test`. Each does all of its own set-up.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CMAKE_CXX_COMPILER_LAUNCHER ?= ccache
export CCACHE_NOHASHDIR ?= 1
export CCACHE_BASEDIR ?= $(CURDIR)

.PHONY: help setup build demo test bench bench-peers asan tsan fuzz fuzz-asan format format-check tidy bare-tree clean

help: ## Show this
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup: ## Install the Debian packages that are missing
	@scripts/install.sh

build: setup ## Build the program: build/release/regmark
	cmake --preset release
	cmake --build build/release --target regmark

demo: build ## The main job, from a photograph to an alert, on this machine (DEMO_WAIT=0: do not stay up)
	DEMO_WAIT=$${DEMO_WAIT:-1} build/release/regmark demo

test: setup ## Build everything and run every test
	cmake --preset dev
	cmake --build build/dev
	ctest --preset dev -LE bench -j2

bench: setup ## Measure speed and size against their budgets (some 15 minutes)
	cmake --preset release
	cmake --build build/release --target benchmarks
	scripts/bench.sh build/release

bench-peers: setup ## Our networks' time beside ONNX Runtime's, which is fetched from npm
	cmake --preset release
	cmake --build build/release --target reading_bench
	scripts/bench_peers.sh build/release

asan: setup ## The unit tests under AddressSanitizer and UndefinedBehaviorSanitizer
	cmake --preset asan
	cmake --build build/asan --target unit_tests
	ctest --preset asan -L unit -j2

tsan: setup ## The unit tests under ThreadSanitizer
	cmake --preset tsan
	cmake --build build/tsan --target unit_tests
	ctest --preset tsan -L unit -j2

fuzz: setup ## Every fuzz target for a few seconds (scripts/fuzz.sh goes on for longer, and prints a table)
	cmake --preset fuzz
	cmake --build build/fuzz --target fuzzers
	ctest --preset fuzz -L fuzz -j2

fuzz-asan: setup ## Both at once: fuzz targets and unit tests, in one build that has all sanitizers but TSan
	cmake --preset fuzz
	cmake --build build/fuzz --target fuzzers unit_tests
	ctest --preset fuzz -L 'fuzz|unit' -j2

format: setup ## Format the C++ sources
	git ls-files -z '*.h' '*.cc' | xargs -0 clang-format-14 -i

format-check: setup
	git ls-files -z '*.h' '*.cc' | xargs -0 clang-format-14 --dry-run -Werror

tidy: setup ## clang-tidy on what changed since BASE (default: the commit before)
	scripts/tidy.sh

bare-tree: ## Prove both commands on a Debian 12 that has nothing installed (root, slow)
	scripts/bare_tree.sh

clean: ## Remove what was built
	rm -rf build web/dist web/node_modules
