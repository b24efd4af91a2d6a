/* One JSON line per event, typed fields, to one descriptor. Ids of people only through LOG_MASKED. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/value.h"

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };
struct log_field {
    const char *name;
    enum { LOG_FIELD_TEXT, LOG_FIELD_INT64, LOG_FIELD_UUID, LOG_FIELD_MASKED } kind;
    text words;
    int64_t number;
    uuid id;
};
#define LOG_TEXT(name_, text_) ((struct log_field){.name = name_, .kind = LOG_FIELD_TEXT, .words = text_})
#define LOG_INT(name_, value_) ((struct log_field){.name = name_, .kind = LOG_FIELD_INT64, .number = value_})
#define LOG_FEN(name_, value_) LOG_INT(name_, value_)
#define LOG_UUID(name_, id_) ((struct log_field){.name = name_, .kind = LOG_FIELD_UUID, .id = id_})
#define LOG_MASKED(name_, text_) ((struct log_field){.name = name_, .kind = LOG_FIELD_MASKED, .words = text_})

#define log_debug(event, ...) log_event(LOG_LEVEL_DEBUG, event, LOG_FIELDS(__VA_ARGS__))
#define log_info(event, ...) log_event(LOG_LEVEL_INFO, event, LOG_FIELDS(__VA_ARGS__))
#define log_warn(event, ...) log_event(LOG_LEVEL_WARN, event, LOG_FIELDS(__VA_ARGS__))
#define log_error(event, ...) log_event(LOG_LEVEL_ERROR, event, LOG_FIELDS(__VA_ARGS__))
/* An empty field in front, so that there may be none; cppcheck can't read the newer __VA_OPT__. */
#define LOG_FIELDS(...)                                                                                                \
    (const struct log_field[]){{0}, ##__VA_ARGS__} + 1,                                                                \
        sizeof((const struct log_field[]){{0}, ##__VA_ARGS__}) / sizeof(struct log_field) - 1

void log_open(int descriptor, enum log_level least);
/* Keeps writing where it wrote, by a descriptor of its own: standard error may then be pointed elsewhere. */
void log_leave_stderr(void);
/* Whole lines made elsewhere, newline included, in one write: the access log gathers many. */
void log_lines(text lines);
void log_event(enum log_level level, const char *event, const struct log_field *fields, size_t count);
/* Added to every line of this thread until set again; TEXT_NONE ends it. */
void log_set_request_id(text id);

#endif
