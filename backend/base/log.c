/* One JSON line per event, written by one system call, so that lines of threads and processes never mix. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "base.h"

#define LINE_BYTES_MAX (256 * 1024)
#define VALUE_BYTES_MAX 2000
#define REQUEST_ID_BYTES_MAX 64

static int log_descriptor = STDERR_FILENO;
static enum log_level log_least = LOG_LEVEL_INFO;
static _Thread_local char request_id[REQUEST_ID_BYTES_MAX];
static _Thread_local size_t request_id_length;

void log_open(int descriptor, enum log_level least)
{
    log_descriptor = descriptor;
    log_least = least;
}

void log_set_request_id(text id)
{
    request_id_length = id.length < REQUEST_ID_BYTES_MAX ? id.length : REQUEST_ID_BYTES_MAX;
    if (request_id_length > 0)
        memcpy(request_id, id.at, request_id_length);
}

static void add_name(struct bytes *line, const char *name)
{
    bytes_add_char(line, ',');
    bytes_add_json_string(line, text_from(name));
    bytes_add_char(line, ':');
}

/* Names and short values say who it is even in part: only long numbers keep their last four digits. */
static text masked(struct arena *arena, text words)
{
    bool is_long_number = words.length >= 8 && (size_t)text_characters(words) == words.length;
    return is_long_number ? text_format(arena, "***%.*s", TEXT_ARGUMENTS(text_part(words, words.length - 4, 4)))
                          : TEXT("***");
}

static void add_field(struct bytes *line, const struct log_field *field)
{
    add_name(line, field->name);
    switch (field->kind) {
    case LOG_FIELD_TEXT:
        if (field->words.at == NULL)
            bytes_add(line, TEXT("null"));
        else
            bytes_add_json_string(line, text_part(field->words, 0, VALUE_BYTES_MAX));
        break;
    case LOG_FIELD_INT64:
        bytes_add_int64(line, field->number);
        break;
    case LOG_FIELD_UUID:
        bytes_add_json_string(line, uuid_format(line->arena, field->id));
        break;
    case LOG_FIELD_MASKED:
        bytes_add_json_string(line, masked(line->arena, field->words));
        break;
    }
}

/* A log that can't be written must not stop the service. */
static void write_line(text line)
{
    while (line.length > 0) {
        ssize_t written = write(log_descriptor, line.at, line.length);
        if (written < 0 && errno != EINTR)
            return;
        if (written > 0)
            line = text_part(line, (size_t)written, line.length);
    }
}

void log_leave_stderr(void)
{
    int own = log_descriptor == STDERR_FILENO ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) : -1;
    if (own >= 0)
        log_descriptor = own;
}

void log_lines(text lines)
{
    if (log_least <= LOG_LEVEL_INFO)
        write_line(lines);
}

void log_event(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if (level < log_least)
        return;
    struct arena *arena = arena_new();
    struct bytes line;
    bytes_init(&line, arena, LINE_BYTES_MAX);
    bytes_add_format(&line, "{\"time\":\"%.*s\",\"level\":\"%s\",\"event\":\"%s\"",
                     TEXT_ARGUMENTS(instant_format(arena, instant_now())), names[level], event);
    if (request_id_length > 0) {
        add_name(&line, "request_id");
        bytes_add_json_string(&line, (text){request_id, request_id_length});
    }
    for (size_t i = 0; i < count && bytes_fits(&line, VALUE_BYTES_MAX * 8); i++)
        add_field(&line, &fields[i]);
    bytes_add(&line, TEXT("}\n"));
    write_line(bytes_text(&line));
    arena_free(arena);
}
