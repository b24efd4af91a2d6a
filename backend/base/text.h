/* text: a view of bytes, never owned, never assumed terminated. Arena: memory of one exchange, job or test. Bytes: a growing buffer with a bound. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define AUTO(type) __attribute__((cleanup(type##_auto))) type##_owned
#define PURE __attribute__((pure))
#define NORETURN __attribute__((noreturn))

typedef struct text {
    const char *at; /* NULL: absent */
    size_t length;
} text;

#define TEXT(literal) ((text){"" literal, sizeof(literal) - 1})
#define TEXT_NONE ((text){NULL, 0})
/* For printf: printf("%.*s", TEXT_ARGUMENTS(name)) */
#define TEXT_ARGUMENTS(t) (int)(t).length, (t).at == NULL ? "" : (t).at

struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Zeroed, aligned for any type; aborts when memory is out. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_alloc_items(struct arena *arena, size_t count, size_t size);
size_t arena_bytes(const struct arena *arena);
/* Runs `dispose(thing)` when the arena is freed: for foreign objects such as json_t. */
void arena_defer(struct arena *arena, void (*dispose)(void *), void *thing);

text text_from(const char *terminated);
PURE bool text_equal(text a, text b);
PURE int text_compare(text a, text b);
PURE bool text_starts_with(text whole, text prefix);
PURE bool text_ends_with(text whole, text suffix);
text text_part(text whole, size_t from, size_t length); /* clipped to whole */
text text_trim(text whole);                             /* ASCII white space */
/* Cuts `rest` at the first `separator`; answers what stood before it. rest->at becomes NULL after the last part. */
text text_cut(text *rest, char separator);
MUST_USE bool text_to_int64(text digits, int64_t min, int64_t max, int64_t *value);
/* "1,234.5" → 123450: what people type for yuan or mu, at most two decimals, commas between thousands. */
MUST_USE bool text_to_hundredths(text typed, int64_t *value);
PURE bool text_is_utf8(text bytes);
PURE int64_t text_characters(text utf8);
/* Bytes of the first character, 0 when the text is empty or does not start with valid UTF-8. */
size_t text_first_character(text bytes, uint32_t *code_point);
PURE int text_hex_digit(char c); /* -1: none */
MUST_USE bool text_percent_decode(struct arena *arena, text encoded, bool plus_is_space, text *plain);
text text_copy(struct arena *arena, text source);
const char *text_terminated(struct arena *arena, text source);
text text_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* A growing buffer that cannot exist without its bound; over the bound it aborts the process unless checked with bytes_fits. */
struct bytes {
    struct arena *arena;
    char *at;
    size_t length, capacity, bytes_max;
};
void bytes_init(struct bytes *bytes, struct arena *arena, size_t bytes_max);
PURE bool bytes_fits(const struct bytes *bytes, size_t more);
void bytes_add(struct bytes *bytes, text more);
void bytes_add_char(struct bytes *bytes, char c);
void bytes_add_int64(struct bytes *bytes, int64_t value);
void bytes_add_format(struct bytes *bytes, const char *format, ...) PRINTF_LIKE(2, 3);
void bytes_add_json_string(struct bytes *bytes, text utf8); /* quoted and escaped */
text bytes_text(const struct bytes *bytes);

#endif
