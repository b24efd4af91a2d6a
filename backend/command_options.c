/* Finds a command by its one or two words and reads its options; every setting is an option of every command. */
#include <unistd.h>

#include "command.h"

static bool words_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void print_row(FILE *to, const char *left, const char *right)
{
    fprintf(to, "  %-28s %s\n", left, right);
}

/* `group` NULL: all commands; otherwise those of one first word. */
static void print_commands(const struct program *program, const char *group, FILE *to)
{
    fputs(group == NULL
              ? "Shanhuo 山货: village shops whose every sale is traced to the household that supplied it.\n\n"
                "usage: shanhuo COMMAND [OPTIONS]\n\n"
              : "commands:\n",
          to);
    for (const struct command *const *row = program->commands; *row != NULL; row++)
        if (group == NULL || text_starts_with(text_from((*row)->name), text_from(group)))
            print_row(to, (*row)->name, (*row)->purpose);
    fputs("\n`shanhuo COMMAND --help` shows its options, `shanhuo config --explain` the settings.\n", to);
}

static void print_help(const struct command *command, struct arena *arena)
{
    printf("shanhuo %s: %s\n\nusage: shanhuo %s%s%s [OPTIONS]\n\n", command->name, command->purpose, command->name,
           command->words == NULL ? "" : " ", command->words == NULL ? "" : command->words);
    for (const struct command_option *option = command->options; option != NULL && option->name != NULL; option++)
        print_row(stdout,
                  text_format(arena, "--%s%s%s", option->name, option->value == NULL ? "" : " ",
                              option->value == NULL ? "" : option->value)
                      .at,
                  option->purpose);
    print_row(stdout, "--SETTING VALUE", "any setting of `shanhuo config`, such as --log-level debug");
    print_row(stdout, "--help", "this page");
}

static int misused(const struct command *command, const char *what, const char *word)
{
    fprintf(stderr, "shanhuo %s: %s %s\nTry `shanhuo %s --help`.\n", command->name, what, word, command->name);
    return EXIT_MISUSE;
}

static ptrdiff_t option_index(const struct command *command, const char *name)
{
    for (ptrdiff_t i = 0; command->options != NULL && command->options[i].name != NULL; i++)
        if (words_equal(command->options[i].name, name))
            return i;
    return -1;
}

static ptrdiff_t option_index_of_ours(const struct invocation *invocation, const char *name)
{
    ptrdiff_t index = option_index(invocation->command, name);
    must(index >= 0); /* asked for an option its own table does not have */
    return index;
}

bool invocation_has(const struct invocation *invocation, const char *option)
{
    return invocation->option_values[option_index_of_ours(invocation, option)] != NULL;
}

const char *invocation_value(const struct invocation *invocation, const char *option)
{
    return invocation->option_values[option_index_of_ours(invocation, option)];
}

/* Reads words[*at], a "--name", "--name=value" or "--name value", and moves *at over what it took. */
static int read_option(struct invocation *invocation, const char *const *words, size_t count, size_t *at)
{
    text rest = text_from(words[*at] + 2);
    const char *name = text_terminated(invocation->arena, text_cut(&rest, '='));
    ptrdiff_t index = option_index(invocation->command, name);
    if (index >= 0 && invocation->command->options[index].value == NULL) {
        if (rest.at != NULL)
            return misused(invocation->command, "takes no value:", words[*at]);
        invocation->option_values[index] = "";
        return EXIT_SUCCESS;
    }
    const char *value = rest.at != NULL ? rest.at : *at + 1 < count ? words[*at + 1] : NULL;
    if (index < 0 && !config_set_flag(name, value == NULL ? "" : value))
        return misused(invocation->command, "unknown option", words[*at]);
    if (value == NULL)
        return misused(invocation->command, "needs a value:", words[*at]);
    if (index >= 0)
        invocation->option_values[index] = value;
    if (rest.at == NULL)
        *at += 1;
    return EXIT_SUCCESS;
}

static int read_words(struct invocation *invocation, const char *const *words, size_t count)
{
    bool options_ended = false;
    for (size_t i = 0; i < count; i++) {
        if (!options_ended && words_equal(words[i], "--")) {
            options_ended = true;
        } else if (!options_ended && words[i][0] == '-' && words[i][1] != '\0') {
            int code = words[i][1] == '-' ? read_option(invocation, words, count, &i)
                                          : misused(invocation->command, "unknown option", words[i]);
            if (code != EXIT_SUCCESS)
                return code;
        } else if (invocation->words_count == invocation->command->words_max) {
            return misused(invocation->command, "unexpected", words[i]);
        } else {
            invocation->words[invocation->words_count++] = words[i];
        }
    }
    if (invocation->words_count < invocation->command->words_min)
        return misused(invocation->command, "missing", invocation->command->words);
    return EXIT_SUCCESS;
}

static bool help_is_wanted(const char *const *words, size_t count)
{
    for (size_t i = 0; i < count && !words_equal(words[i], "--"); i++)
        if (words_equal(words[i], "--help") || words_equal(words[i], "-h"))
            return true;
    return false;
}

static int run(const struct program *program, const struct command *command, const char *const *words, size_t count,
               struct arena *arena)
{
    if (help_is_wanted(words, count)) {
        print_help(command, arena);
        return EXIT_SUCCESS;
    }
    size_t options_count = 0;
    while (command->options != NULL && command->options[options_count].name != NULL)
        options_count++;
    struct invocation invocation = {
        .program = program,
        .command = command,
        .arena = arena,
        .option_values = arena_alloc_items(arena, options_count + 1, sizeof(char *)),
        .words = arena_alloc_items(arena, command->words_max + 1, sizeof(char *)),
    };
    int code = read_words(&invocation, words, count);
    if (code != EXIT_SUCCESS)
        return code;
    ptrdiff_t demo = option_index(command, "demo");
    if (demo >= 0 && invocation.option_values[demo] != NULL)
        config_use_demo_values();
    if (!config_load(arena))
        return EXIT_MISUSE;
    log_open(STDERR_FILENO, config_log_level());
    statements_init();
    return command->run(&invocation);
}

/* "user add" is looked for before "user". */
static const struct command *command_find(const struct program *program, const char *first, const char *second,
                                          struct arena *arena, size_t *words_taken)
{
    const char *both = second == NULL ? first : text_format(arena, "%s %s", first, second).at;
    for (const struct command *const *row = program->commands; *row != NULL; row++) {
        bool is_both = second != NULL && words_equal((*row)->name, both);
        if (is_both || words_equal((*row)->name, first)) {
            *words_taken = is_both ? 2 : 1;
            return *row;
        }
    }
    return NULL;
}

static bool group_exists(const struct program *program, const char *group)
{
    for (const struct command *const *row = program->commands; *row != NULL; row++)
        if (text_starts_with(text_from((*row)->name), text_from(group)))
            return true;
    return false;
}

static int help_or_refuse(const struct program *program, const char *const *words, size_t count, struct arena *arena)
{
    if (count == 0 || words_equal(words[0], "--help") || words_equal(words[0], "-h") || words_equal(words[0], "help")) {
        print_commands(program, NULL, count == 0 ? stderr : stdout);
        return count == 0 ? EXIT_MISUSE : EXIT_SUCCESS;
    }
    const char *group = text_format(arena, "%s ", words[0]).at;
    if (group_exists(program, group)) {
        bool asked = count > 1 && help_is_wanted(words, count);
        print_commands(program, group, asked ? stdout : stderr);
        return asked ? EXIT_SUCCESS : EXIT_MISUSE;
    }
    fprintf(stderr, "shanhuo: unknown command %s\nTry `shanhuo --help`.\n", words[0]);
    return EXIT_MISUSE;
}

int command_run(const struct program *program, int count, const char **words)
{
    struct arena *arena = arena_new();
    size_t given = count < 1 ? 0 : (size_t)count - 1, taken = 0;
    const char *const *rest = words + 1;
    const struct command *command =
        given == 0 ? NULL : command_find(program, rest[0], given > 1 ? rest[1] : NULL, arena, &taken);
    int code = command == NULL ? help_or_refuse(program, rest, given, arena)
                               : run(program, command, rest + taken, given - taken, arena);
    arena_free(arena);
    return code;
}
