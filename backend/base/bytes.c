/* A growing buffer with a bound: answers, JSON, log lines. Never terminated, never over its bound. */
#include "base.h"

#define FIRST_BYTES 256

void bytes_init(struct bytes *bytes, struct arena *arena, size_t bytes_max)
{
    *bytes = (struct bytes){.arena = arena, .bytes_max = bytes_max};
}

bool bytes_fits(const struct bytes *bytes, size_t more)
{
    return more <= bytes->bytes_max - bytes->length;
}

/* Room for `more` bytes at the end; what stood in the old place stays valid as long as the arena. */
static char *bytes_room(struct bytes *bytes, size_t more)
{
    must(bytes_fits(bytes, more));
    size_t needed = bytes->length + more;
    if (needed > bytes->capacity) {
        size_t capacity = bytes->capacity == 0 ? FIRST_BYTES : bytes->capacity * 2;
        if (capacity < needed)
            capacity = needed;
        if (capacity > bytes->bytes_max)
            capacity = bytes->bytes_max;
        char *grown = arena_alloc(bytes->arena, capacity);
        if (bytes->length > 0)
            memcpy(grown, bytes->at, bytes->length);
        bytes->at = grown;
        bytes->capacity = capacity;
    }
    return bytes->at + bytes->length;
}

void bytes_add(struct bytes *bytes, text more)
{
    if (more.length == 0)
        return;
    memcpy(bytes_room(bytes, more.length), more.at, more.length);
    bytes->length += more.length;
}

void bytes_add_char(struct bytes *bytes, char c)
{
    *bytes_room(bytes, 1) = c;
    bytes->length++;
}

void bytes_add_int64(struct bytes *bytes, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    bytes_add(bytes, (text){digits + at, sizeof digits - at});
}

void bytes_add_format(struct bytes *bytes, const char *format, ...)
{
    char brief[256];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(brief, sizeof brief, format, arguments);
    va_end(arguments);
    must(length >= 0);
    char *whole = brief;
    if ((size_t)length >= sizeof brief) {
        whole = arena_alloc(bytes->arena, (size_t)length + 1);
        vsnprintf(whole, (size_t)length + 1, format, again);
    }
    va_end(again);
    bytes_add(bytes, (text){whole, (size_t)length});
}

static void add_escaped(struct bytes *bytes, char c)
{
    static const char short_forms[128] = {
        ['"'] = '"', ['\\'] = '\\', ['\n'] = 'n', ['\t'] = 't', ['\r'] = 'r', ['\b'] = 'b', ['\f'] = 'f'};
    char form = short_forms[(uint8_t)c & 0x7F];
    if (form != 0)
        bytes_add(bytes, (text){(char[]){'\\', form}, 2});
    else
        bytes_add_format(bytes, "\\u%04x", (unsigned)(uint8_t)c);
}

/* How many bytes from the front need no escape. */
static size_t plain_length(text utf8)
{
    size_t i = 0;
    while (i < utf8.length) {
        uint8_t c = (uint8_t)utf8.at[i];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F)
            break;
        if (c < 0x80) {
            i++;
            continue;
        }
        uint32_t point;
        size_t step = text_first_character(text_part(utf8, i, utf8.length), &point);
        if (step == 0)
            break;
        i += step;
    }
    return i;
}

void bytes_add_json_string(struct bytes *bytes, text utf8)
{
    bytes_add_char(bytes, '"');
    while (utf8.length > 0) {
        size_t plain = plain_length(utf8);
        bytes_add(bytes, text_part(utf8, 0, plain));
        utf8 = text_part(utf8, plain, utf8.length);
        if (utf8.length == 0)
            break;
        /* Bytes that are not UTF-8 (a path in a log line) must not spoil the JSON around them. */
        if ((uint8_t)utf8.at[0] >= 0x80)
            bytes_add(bytes, TEXT("\\ufffd"));
        else
            add_escaped(bytes, utf8.at[0]);
        utf8 = text_part(utf8, 1, utf8.length);
    }
    bytes_add_char(bytes, '"');
}

text bytes_text(const struct bytes *bytes)
{
    return (text){bytes->at == NULL ? "" : bytes->at, bytes->length};
}
