/* render: a table from standard input as XLSX or PDF to standard output. `serve` starts one for each file it is asked for, so that their
   libraries neither hold its loop nor grow its memory, and one that dies takes nothing with it. */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include "command.h"
#include "render.h"

enum { RENDER_CPU_SECONDS_MAX = 30, PIECE_BYTES = 64 * 1024 };

static const struct {
    const char *name;
    render_function *render;
} formats[] = {{"xlsx", render_xlsx}, {"pdf", render_pdf}};

static text read_all(struct arena *arena)
{
    struct bytes whole;
    char piece[PIECE_BYTES];
    bytes_init(&whole, arena, TABLE_BYTES_MAX);
    for (ssize_t got; (got = read(STDIN_FILENO, piece, sizeof piece)) > 0;) {
        if (!bytes_fits(&whole, (size_t)got))
            return TEXT_NONE;
        bytes_add(&whole, (text){piece, (size_t)got});
    }
    return bytes_text(&whole);
}

static int render_run(const struct invocation *invocation)
{
    struct table *table = arena_alloc(invocation->arena, sizeof *table);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_CPU, &(struct rlimit){RENDER_CPU_SECONDS_MAX, RENDER_CPU_SECONDS_MAX});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(invocation->words[0], formats[i].name) != 0)
            continue;
        if (!table_decode(invocation->arena, read_all(invocation->arena), table))
            return EXIT_MISUSE;
        return formats[i].render(invocation->arena, table, STDOUT_FILENO) ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    return EXIT_MISUSE;
}

extern const struct command render_command;
const struct command render_command = {
    "render", "write a table from standard input as xlsx or pdf; `serve` uses it", "FORMAT", 1, 1, NULL, render_run,
};
