# `make test` is all that CI runs; `make bench` measures; `make conformance` puts other people's tools to it.
CARGO ?= cargo

.PHONY: test test-apps check bench conformance lighthouse screenshots

test: check
	$(CARGO) test --all-targets

# Real legacy apps behind the gate, by the presets; `make test` runs them too.
test-apps:
	@bash tests/setup.sh
	$(CARGO) test --test it apps::

check:
	@bash tests/setup.sh
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings

# What the gate costs beside its peers, in one run; Markdown tables on standard output. SUITES="small tls" for some of them.
bench:
	@bash tests/setup.sh bench
	$(CARGO) build --release --bin mfa-gate --examples
	@python3 bench/run.py $(SUITES)

# Outside tools through and against the gate, some minutes; a line each, exit status 1 if one fails. SUITES="load manners" for some of them.
conformance:
	@bash tests/setup.sh conformance
	$(CARGO) build --bin mfa-gate
	@python3 conformance/run.py $(SUITES)

# Lighthouse over the demo's pages: accessibility and best practices 100, performance 95 at least.
lighthouse:
	@bash tests/setup.sh lighthouse
	$(CARGO) build
	@node tests/pages/lighthouse.mjs target/debug/mfa-gate

# The pictures in docs/screenshots anew, by the walks of the tests.
screenshots:
	@bash tests/setup.sh screenshots
	$(CARGO) test --test it pages::
	@bash tests/pages/screenshots.sh
