/* Draws at most twenty times a second, so that a step costs a subtraction and not a system call. */
#include <unistd.h>

#include "base.h"

enum { BAR_CELLS = 30, DRAW_US = 50000 };

static struct {
    const char *title;
    int64_t total, done, tenths_said, look_at; /* look_at: no clock is read before so much is done */
    instant began_at, drawn_at;
    bool on_terminal;
} progress;

static int64_t seconds_since(instant at)
{
    return (instant_now() - at) / 1000000;
}

static void draw_bar(void)
{
    char cells[BAR_CELLS + 1];
    int64_t filled = progress.total == 0 ? 0 : progress.done * BAR_CELLS / progress.total;
    for (int64_t i = 0; i < BAR_CELLS; i++)
        cells[i] = i < filled ? '#' : '.';
    cells[BAR_CELLS] = '\0';
    fprintf(stderr, "\r%s [%s] %lld", progress.title, cells, (long long)progress.done);
    if (progress.total > 0)
        fprintf(stderr, " of %lld (%lld %%)", (long long)progress.total,
                (long long)(progress.done * 100 / progress.total));
    fprintf(stderr, ", %lld s\x1b[K", (long long)seconds_since(progress.began_at));
}

static void say_tenth(void)
{
    int64_t tenths = progress.total == 0 ? 0 : progress.done * 10 / progress.total;
    if (tenths == progress.tenths_said)
        return;
    progress.tenths_said = tenths;
    fprintf(stderr, "%s: %lld %%, %lld of %lld, %lld s\n", progress.title, (long long)tenths * 10,
            (long long)progress.done, (long long)progress.total, (long long)seconds_since(progress.began_at));
}

static void draw(void)
{
    progress.drawn_at = instant_now();
    if (progress.on_terminal)
        draw_bar();
    else
        say_tenth();
}

void progress_begin(const char *title, int64_t total)
{
    must(total >= 0 && progress.title == NULL);
    progress.title = title;
    progress.total = total;
    progress.done = progress.tenths_said = progress.look_at = 0;
    progress.began_at = instant_now();
    progress.on_terminal = isatty(STDERR_FILENO) == 1;
    if (progress.on_terminal)
        draw();
    else
        fprintf(stderr, "%s …\n", title);
}

void progress_step(int64_t done)
{
    progress.done += done;
    /* The total may be an estimate: never say more than all of it. */
    if (progress.total > 0 && progress.done > progress.total)
        progress.total = progress.done;
    if (progress.done < progress.look_at)
        return;
    progress.look_at = progress.done + 64;
    if (instant_now() - progress.drawn_at >= DRAW_US)
        draw();
}

void progress_end(void)
{
    must(progress.title != NULL);
    if (progress.on_terminal)
        draw_bar();
    int64_t took_ms = (instant_now() - progress.began_at) / 1000;
    fprintf(stderr, "%s%s: %lld in %lld.%lld s\n", progress.on_terminal ? "\n" : "", progress.title,
            (long long)progress.done, (long long)(took_ms / 1000), (long long)(took_ms % 1000 / 100));
    progress.title = NULL;
}
