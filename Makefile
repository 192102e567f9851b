# Rentbell's commands. `make` lists them.

GO          ?= go
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
VERSION     := $(shell sh .packaging/version)
LDFLAGS     := -X 'main.version=$(VERSION)'

# How often `make bench-window` measures.
ROUNDS ?= 3

# Where windows can be shown: under X11, Wayland or on a Mac.
DISPLAYED := $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname))

.PHONY: help demo run build build/rentbell build/rentbelld test test-races test-looks test-windows package test-package check vulncheck bench bench-million bench-office bench-window fuzz screenshot deps clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

demo: $(if $(DISPLAYED),build/rentbell,build/rentbelld) ## try Rentbell with made-up data; without a display, in the terminal
	@$(if $(DISPLAYED),build/rentbell --demo,build/rentbelld demo)$(if $(KIND), --kind $(KIND))

run: build/rentbell ## start the app with your own data
	@build/rentbell

build: build/rentbell build/rentbelld ## build both programs into build/

build/rentbell:
	@sh .ci/deps window
	@echo "Building build/rentbell (the first time takes a few minutes)"
	@CGO_ENABLED=1 $(GO) build -ldflags "$(LDFLAGS)" -o build/rentbell ./cmd/rentbell

build/rentbelld:
	@echo "Building build/rentbelld"
	@CGO_ENABLED=0 $(GO) build -ldflags "$(LDFLAGS)" -o build/rentbelld ./cmd/rentbelld

test: ## run every test, the one with the real window included
	@sh .ci/deps window tests
	@$(MAKE) --no-print-directory -j2 test-races test-looks

# The race detector makes computing several times as slow: the shaping and drawing of text,
# compression, scrypt. That code of others shares nothing and has no atomics or generics of
# what does, which would blind the detector elsewhere: it is built without it.
COMPUTING := image/... golang.org/x/image/... github.com/go-text/... github.com/srwiley/... github.com/fyne-io/oksvg/... \
	compress/flate golang.org/x/crypto/scrypt golang.org/x/text/unicode/...
UNWATCHED  = $(foreach package,$(COMPUTING),-gcflags=$(package)=-race=false)

# Everything with the race detector, the longest first. `make check` vets. The detector
# has each process sleep for a second before it ends, and the tests start hundreds.
test-races:
	GORACE='atexit_sleep_ms=0 suppressions="$(CURDIR)/.ci/races"' CGO_ENABLED=1 $(GO) test -race $(UNWATCHED) -vet=off -timeout 20m \
		./cmd/rentbelld ./ui ./ui/settings ./core/office/desk ./store ./...

# The pictures without it. A test that compares one has Look in its name, or fails.
test-looks:
	CGO_ENABLED=0 $(GO) test -vet=off -run Look ./ui/...

package: ## make what is handed out, for Windows and Linux, in build/package
	@sh .ci/deps window packages
	@sh .packaging/package

test-package: ## make it twice, then install, use and remove it under Wine and in a small Debian
	@sh .ci/deps window tests packages installs
	@sh .packaging/package
	@sh .packaging/same
	@sh .packaging/test/windows
	@sh .packaging/test/linux

# Everything but the window must build and pass vet without cgo.
PURE = $(shell $(GO) list ./... | grep -v '/cmd/rentbell$$')

test-windows: ## run the tests that meet Windows, under Wine
	@sh .ci/deps tests installs packages
	@sh .packaging/test-windows

check: ## gofmt, vet, staticcheck, the import graph, and a build without cgo
	@sh .ci/deps window
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) test -run 'Imports|Goroutines' ./core
	CGO_ENABLED=0 $(GO) vet $(PURE)
	CGO_ENABLED=0 $(GO) build $(PURE)

vulncheck: ## look for known vulnerabilities in what Rentbell calls; needs the internet
	@sh .ci/deps window
	$(GO) run $(GOVULNCHECK) ./...

bench: ## measure for two minutes, and hold each figure against its goal
	@sh .ci/deps window tests
	@GO='$(GO)' sh .ci/bench

bench-million: ## the same with a million events; takes a quarter of an hour
	@GO='$(GO)' sh .ci/bench million

bench-office: ## measure an office of 30 desks, each a process of its own; takes minutes, on Linux
	@GO='$(GO)' sh .ci/bench office

FUZZTIME ?= 1m

# Go sometimes counts the end of FUZZTIME itself as a failure. A real one names its input.
fuzz: ## look for input that breaks something, FUZZTIME (1m) for each target
	@mkdir -p build
	@grep -rn --include='*_test.go' '^func Fuzz' . | sed 's|^\(.*\)/[^/]*_test.go:[0-9]*:func \(Fuzz[A-Za-z]*\).*|\1 \2|' | while read -r package target; do \
		echo "$$package $$target"; \
		CGO_ENABLED=0 $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$package >build/fuzz.log 2>&1 || \
			{ grep -q 'context deadline exceeded' build/fuzz.log && ! grep -q 'Failing input' build/fuzz.log; } || \
			{ cat build/fuzz.log; exit 1; }; \
	done

bench-window: ## measure the window's start, memory and idling, and beside it an empty one's; takes minutes
	@sh .ci/deps window tests
	RENTBELL_BENCH_WINDOW=$(ROUNDS) $(GO) test -count=1 -run TestMeasureWindow -v -parallel 3 -timeout 60m ./cmd/rentbell

screenshot: ## renew the README's pictures from the real window
	@sh .ci/deps window tests pictures
	RENTBELL_ARTIFACTS='$(CURDIR)/.github/screenshots' $(GO) test -count=1 -run 'TestApp/demo' ./cmd/rentbell
	mogrify -strip +dither -colors 256 -define png:compression-level=9 .github/screenshots/*.png

deps: ## install the Debian packages that are missing
	@sh .ci/deps window tests

clean: ## delete what was built
	rm -rf build
