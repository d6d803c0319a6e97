# `make test` is all that CI runs; `make bench` measures.
CARGO ?= cargo

.PHONY: test check bench

test: check
	$(CARGO) test --all-targets

check:
	@bash tests/setup.sh
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
