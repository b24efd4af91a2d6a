/* Embedded .sql files become statements: :names turn into $1 …, everything PostgreSQL reads as a string, a comment, a cast or a slice
   stays as it stands. */
#include <ctype.h>
#include <stdlib.h>

#include "db/statement.h"

extern const struct embedded __start_statements[] __attribute__((weak));
extern const struct embedded __stop_statements[] __attribute__((weak));

enum { PARAMETER_NAME_BYTES_MAX = 63, STATEMENT_BYTES_MAX = 256 * 1024 };

/* ---- Scanning: where does what stands at `from` end? ---- */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name_start(char c)
{
    return islower((unsigned char)c) || c == '_';
}

static char char_at(text sql, size_t at)
{
    return at < sql.length ? sql.at[at] : '\0';
}

/* E'…' knows backslashes; 'name_e' before a quote is a type, not an E. */
static bool has_escapes(text sql, size_t quote)
{
    if (quote == 0 || (sql.at[quote - 1] != 'E' && sql.at[quote - 1] != 'e'))
        return false;
    return quote == 1 || !is_word(sql.at[quote - 2]);
}

static size_t quoted_end(text sql, size_t from)
{
    const char quote = sql.at[from];
    const bool escapes = quote == '\'' && has_escapes(sql, from);
    for (size_t at = from + 1; at < sql.length; at++) {
        if (escapes && sql.at[at] == '\\')
            at++;
        else if (sql.at[at] == quote)
            return at + 1; /* a doubled quote reads as two strings side by side: the same to us */
    }
    return sql.length;
}

static size_t line_comment_end(text sql, size_t from)
{
    const char *newline = memchr(sql.at + from, '\n', sql.length - from);
    return newline == NULL ? sql.length : (size_t)(newline - sql.at);
}

/* They nest in PostgreSQL. */
static size_t block_comment_end(text sql, size_t from)
{
    size_t depth = 0;
    for (size_t at = from; at + 1 < sql.length; at++) {
        if (sql.at[at] == '/' && sql.at[at + 1] == '*') {
            depth++;
            at++;
        } else if (sql.at[at] == '*' && sql.at[at + 1] == '/') {
            at++;
            if (--depth == 0)
                return at + 1;
        }
    }
    return sql.length;
}

/* $$ … $$ and $tag$ … $tag$; `from` itself when this dollar opens nothing. */
static size_t dollar_quoted_end(text sql, size_t from)
{
    size_t tag_end = from + 1;
    if ((from > 0 && is_word(sql.at[from - 1])) || isdigit((unsigned char)char_at(sql, tag_end)))
        return from;
    while (is_word(char_at(sql, tag_end)))
        tag_end++;
    if (char_at(sql, tag_end) != '$')
        return from;
    const size_t tag_length = tag_end + 1 - from;
    const char *close = memmem(sql.at + tag_end + 1, sql.length - tag_end - 1, sql.at + from, tag_length);
    return close == NULL ? sql.length : (size_t)(close - sql.at) + tag_length;
}

/* The end of what must be copied as it stands; `from` when nothing special starts here. */
static size_t literal_end(text sql, size_t from)
{
    const char here = sql.at[from], next = char_at(sql, from + 1);
    if (here == '\'' || here == '"')
        return quoted_end(sql, from);
    if (here == '-' && next == '-')
        return line_comment_end(sql, from);
    if (here == '/' && next == '*')
        return block_comment_end(sql, from);
    if (here == '$')
        return dollar_quoted_end(sql, from);
    if (here == ':' && (next == ':' || next == '='))
        return from + 2;
    return from;
}

/* A colon right behind a value is the slice [1:n], not a parameter. */
static bool is_parameter(text sql, size_t colon)
{
    if (sql.at[colon] != ':' || !is_name_start(char_at(sql, colon + 1)))
        return false;
    const char before = colon == 0 ? ' ' : sql.at[colon - 1];
    return !is_word(before) && before != ')' && before != ']';
}

/* ---- Parsing ---- */

/* 1-based; 0 when there are too many. */
static size_t parameter_number(struct arena *arena, struct statement *statement, text name)
{
    for (size_t i = 0; i < statement->parameters_count; i++)
        if (text_equal(text_from(statement->parameters[i]), name))
            return i + 1;
    if (statement->parameters_count == STATEMENT_PARAMETERS_MAX)
        return 0;
    statement->parameters[statement->parameters_count++] = text_terminated(arena, name);
    return statement->parameters_count;
}

static text parameter_name(text sql, size_t from)
{
    size_t end = from;
    while (is_word(char_at(sql, end)))
        end++;
    return text_part(sql, from, end - from);
}

const char *statement_parse(struct arena *arena, const char *name, text source, struct statement *statement)
{
    *statement = (struct statement){.name = name};
    if (source.length > STATEMENT_BYTES_MAX / 2)
        return "it is too long";
    struct bytes sql;
    bytes_init(&sql, arena, STATEMENT_BYTES_MAX);
    for (size_t at = 0; at < source.length;) {
        const size_t end = literal_end(source, at);
        if (end > at) {
            bytes_add(&sql, text_part(source, at, end - at));
            at = end;
        } else if (is_parameter(source, at)) {
            const text parameter = parameter_name(source, at + 1);
            const size_t number = parameter_number(arena, statement, parameter);
            if (number == 0)
                return "it has more than STATEMENT_PARAMETERS_MAX parameters";
            if (parameter.length > PARAMETER_NAME_BYTES_MAX)
                return "a parameter's name is too long";
            bytes_add_format(&sql, "$%zu", number);
            at += 1 + parameter.length;
        } else {
            bytes_add_char(&sql, source.at[at++]);
        }
    }
    statement->sql = text_terminated(arena, text_trim(bytes_text(&sql)));
    return statement->sql[0] == '\0' ? "it is empty" : NULL;
}

/* ---- All statements, sorted by name. Never freed: they live as long as the process. ---- */

static struct arena *all_arena;
static struct statement *all;
static size_t all_count;

static int by_name(const void *left, const void *right)
{
    const struct statement *a = left, *b = right;
    return strcmp(a->name, b->name);
}

void statements_init(void)
{
    if (all_arena != NULL)
        return;
    struct arena *arena = all_arena = arena_new();
    all_count = (size_t)(__stop_statements - __start_statements);
    all = arena_alloc_items(arena, all_count + 1, sizeof(struct statement));
    for (size_t i = 0; i < all_count; i++) {
        const struct embedded *file = &__start_statements[i];
        const text source = {file->at, (size_t)(file->end - file->at)};
        const char *wrong = statement_parse(arena, file->name, source, &all[i]);
        if (wrong != NULL)
            log_error("statement_unreadable", LOG_TEXT("statement", text_from(file->name)),
                      LOG_TEXT("reason", text_from(wrong)));
        must(wrong == NULL);
    }
    qsort(all, all_count, sizeof(struct statement), by_name);
    for (size_t i = 1; i < all_count; i++)
        must(strcmp(all[i - 1].name, all[i].name) != 0);
}

const struct statement *statement_find(text name)
{
    size_t low = 0, high = all_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = text_compare(name, text_from(all[middle].name));
        if (order == 0)
            return &all[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

size_t statements_count(void)
{
    return all_count;
}

const struct statement *statement_at(size_t index)
{
    must(index < all_count);
    return &all[index];
}

size_t statement_index(const struct statement *statement)
{
    must(statement >= all && statement < all + all_count);
    return (size_t)(statement - all);
}
