/* The HTML shells of the workplaces: what esbuild wrote, cut once at start where the server fills in head, page and data. */
#include "http/assets.h"
#include "http/shell.h"

static const char *const marks[SHELL_PLACES_COUNT] = {
    [SHELL_HEAD] = "<!--head-->",
    [SHELL_PAGE] = "<!--page-->",
    [SHELL_DATA] = "<!--data-->",
};

/* What the browser's router knows, by the first segment of a path and how many may follow. */
static const struct {
    const char *first, *shell;
    size_t more_max;
} places[] = {
    {"", "buyer", 0},           {"products", "buyer", 1},
    {"shops", "buyer", 1},      {"search", "buyer", 0},
    {"cart", "buyer", 0},       {"checkout", "buyer", 0},
    {"orders", "buyer", 3},     {"impact", "buyer", 0},
    {"trace", "buyer", 1},      {"announcements", "buyer", 2},
    {"statistics", "buyer", 1}, {"seals", "buyer", 0},
    {"sign-in", "buyer", 0},    {"register", "buyer", 0},
    {"account", "buyer", 0},    {"pay", "buyer", 1},
    {"shop", "shop", 8},        {"api", "api", 1},
    {"county", "county", 8},    {"passbook", "passbook", 8},
    {"complain", "buyer", 1},   {"pledges", "buyer", 1},
    {"units", "buyer", 3},      {"campaigns", "buyer", 1},
};

static const struct {
    const char *shell, *title[LANGUAGES_COUNT];
} titles[] = {
    {"buyer", {[LANGUAGE_ZH] = "山货", [LANGUAGE_EN] = "Shanhuo"}},
    {"shop", {[LANGUAGE_ZH] = "网店 · 山货", [LANGUAGE_EN] = "Shop · Shanhuo"}},
    {"county", {[LANGUAGE_ZH] = "县办公室 · 山货", [LANGUAGE_EN] = "County office · Shanhuo"}},
    {"passbook", {[LANGUAGE_ZH] = "存折 · 山货", [LANGUAGE_EN] = "Passbook · Shanhuo"}},
};

const char *shell_of_path(text path)
{
    text rest = text_part(path, 1, path.length);
    while (rest.length > 0 && rest.at[rest.length - 1] == '/')
        rest.length--;
    text first = text_cut(&rest, '/');
    size_t more = 0;
    for (; rest.at != NULL; more++)
        (void)text_cut(&rest, '/');
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (text_equal(first, text_from(places[i].first)) && more <= places[i].more_max)
            return places[i].shell;
    return NULL;
}

/* Cuts `rest` at `mark`; without one all of it comes before and nothing is left. */
static text cut_at(text *rest, text mark)
{
    text before = *rest;
    const char *found = rest->length == 0 ? NULL : memmem(rest->at, rest->length, mark.at, mark.length);
    if (found == NULL) {
        *rest = TEXT_NONE;
        return before;
    }
    before.length = (size_t)(found - rest->at);
    *rest = text_part(*rest, before.length + mark.length, rest->length);
    return before;
}

static text in_english(struct arena *arena, text head)
{
    text rest = head, before = cut_at(&rest, TEXT("lang=\"zh-CN\""));
    return rest.length == 0 ? head
                            : text_format(arena, "%.*slang=\"en\"%.*s", TEXT_ARGUMENTS(before), TEXT_ARGUMENTS(rest));
}

/* Without the files that only readers of the other language need: a line of its head each. */
static text in_one_language(struct arena *arena, text html, enum language language)
{
    static const char *const others[LANGUAGES_COUNT] = {
        [LANGUAGE_ZH] = "hreflang=\"en\"",
        [LANGUAGE_EN] = "hreflang=\"zh-CN\"",
    };
    text other = text_from(others[language]);
    struct bytes kept;
    bytes_init(&kept, arena, html.length + 1);
    for (text rest = html; rest.at != NULL;) {
        text line = text_cut(&rest, '\n');
        if (memmem(line.at, line.length, other.at, other.length) != NULL)
            continue;
        bytes_add(&kept, line);
        if (rest.at != NULL)
            bytes_add_char(&kept, '\n');
    }
    return bytes_text(&kept);
}

static text title_of(struct arena *arena, text name, enum language language)
{
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (text_equal(name, text_from(titles[i].shell)))
            return text_format(arena, "<title>%s</title>", titles[i].title[language]);
    return TEXT("<title>Shanhuo</title>");
}

struct shell *shell_new(struct arena *arena, text name, text html)
{
    struct shell *shell = arena_alloc(arena, sizeof *shell);
    shell->name = name;
    for (enum language language = 0; language < LANGUAGES_COUNT; language++) {
        text rest = in_one_language(arena, html, language), *parts = shell->parts[language];
        for (size_t i = 0; i < SHELL_PLACES_COUNT; i++)
            parts[i] = cut_at(&rest, text_from(marks[i]));
        parts[SHELL_PLACES_COUNT] = rest;
        if (language == LANGUAGE_EN)
            parts[SHELL_HEAD] = in_english(arena, parts[SHELL_HEAD]);
        const text title_only[SHELL_PLACES_COUNT] = {[SHELL_HEAD] = title_of(arena, name, language)};
        text body = shell_fill(shell, arena, language, title_only);
        shell->gzip[language] = gzip_of(arena, body);
        shell->plain[language] = (struct answer){
            .status = 200,
            .body = body,
            .etag = answer_hash(arena, body),
            .content_type = TEXT("text/html; charset=utf-8"),
            .cache_control = TEXT("no-cache"),
            .vary = VARY_PAGE,
        };
    }
    return shell;
}

text shell_fill(const struct shell *shell, struct arena *arena, enum language language,
                const text filled[SHELL_PLACES_COUNT])
{
    const text *parts = shell->parts[language];
    size_t size = parts[SHELL_PLACES_COUNT].length + 1;
    for (size_t i = 0; i < SHELL_PLACES_COUNT; i++)
        size += parts[i].length + filled[i].length;
    struct bytes page;
    bytes_init(&page, arena, size);
    for (size_t i = 0; i < SHELL_PLACES_COUNT; i++) {
        bytes_add(&page, parts[i]);
        if (parts[i + 1].at != NULL)
            bytes_add(&page, filled[i]);
    }
    bytes_add(&page, parts[SHELL_PLACES_COUNT]);
    return bytes_text(&page);
}
