/* Reading text: comparing, cutting, counting and checking views of bytes. Copies only into an arena. */
#include "base.h"

text text_from(const char *terminated)
{
    return terminated == NULL ? TEXT_NONE : (text){terminated, strlen(terminated)};
}

bool text_equal(text a, text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

int text_compare(text a, text b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

bool text_starts_with(text whole, text prefix)
{
    return whole.length >= prefix.length && text_equal(text_part(whole, 0, prefix.length), prefix);
}

bool text_ends_with(text whole, text suffix)
{
    return whole.length >= suffix.length &&
           text_equal(text_part(whole, whole.length - suffix.length, suffix.length), suffix);
}

text text_part(text whole, size_t from, size_t length)
{
    if (whole.at == NULL)
        return TEXT_NONE;
    if (from > whole.length)
        from = whole.length;
    if (length > whole.length - from)
        length = whole.length - from;
    return (text){whole.at + from, length};
}

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

text text_trim(text whole)
{
    while (whole.length > 0 && is_white(whole.at[0])) {
        whole.at++;
        whole.length--;
    }
    while (whole.length > 0 && is_white(whole.at[whole.length - 1]))
        whole.length--;
    return whole;
}

text text_cut(text *rest, char separator)
{
    text whole = *rest;
    const char *found = whole.length == 0 ? NULL : memchr(whole.at, separator, whole.length);
    if (found == NULL) {
        *rest = TEXT_NONE;
        return whole;
    }
    size_t before = (size_t)(found - whole.at);
    *rest = (text){found + 1, whole.length - before - 1};
    return (text){whole.at, before};
}

bool text_to_int64(text digits, int64_t min, int64_t max, int64_t *value)
{
    bool negative = digits.length > 0 && digits.at[0] == '-';
    if (negative)
        digits = text_part(digits, 1, digits.length);
    if (digits.length == 0)
        return false;
    int64_t sum = 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9')
            return false;
        int digit = digits.at[i] - '0';
        /* Summed on the negative side, which reaches one further: INT64_MIN is a number too. */
        if (__builtin_mul_overflow(sum, 10, &sum) || __builtin_sub_overflow(sum, digit, &sum))
            return false;
    }
    if (!negative && __builtin_sub_overflow(0, sum, &sum))
        return false;
    if (sum < min || sum > max)
        return false;
    *value = sum;
    return true;
}

size_t text_first_character(text bytes, uint32_t *code_point)
{
    /* By the first byte: how long, which bits count, and the least code point that needs so many bytes. */
    static const struct {
        uint8_t mask, mark;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    if (bytes.length == 0)
        return 0;
    uint8_t first = (uint8_t)bytes.at[0];
    size_t form = 0;
    while (form < 4 && (first & forms[form].mask) != forms[form].mark)
        form++;
    if (form == 4 || form >= bytes.length)
        return 0;
    uint32_t point = first & (uint8_t)~forms[form].mask;
    for (size_t i = 1; i <= form; i++) {
        uint8_t next = (uint8_t)bytes.at[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (next & 0x3F);
    }
    bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < forms[form].least || point > 0x10FFFF || is_surrogate)
        return 0;
    *code_point = point;
    return form + 1;
}

bool text_to_hundredths(text typed, int64_t *value)
{
    char digits[32];
    size_t count = 0, decimals = 0;
    bool point = false;
    for (size_t i = 0; i < typed.length; i++) {
        char c = typed.at[i];
        if (c == ',')
            continue;
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        decimals += point;
        if (decimals > 2 || count + 3 > sizeof digits)
            return false;
        digits[count++] = c;
    }
    if (count == 0)
        return false;
    for (; decimals < 2; decimals++)
        digits[count++] = '0';
    return text_to_int64((text){digits, count}, INT64_MIN / 2, INT64_MAX / 2, value);
}

bool text_is_utf8(text bytes)
{
    while (bytes.length > 0) {
        uint32_t point;
        size_t step = text_first_character(bytes, &point);
        if (step == 0)
            return false;
        bytes = text_part(bytes, step, bytes.length);
    }
    return true;
}

int64_t text_characters(text utf8)
{
    int64_t count = 0;
    for (size_t i = 0; i < utf8.length; i++)
        count += ((uint8_t)utf8.at[i] & 0xC0) != 0x80;
    return count;
}

int text_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool text_percent_decode(struct arena *arena, text encoded, bool plus_is_space, text *plain)
{
    char *at = arena_alloc(arena, encoded.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < encoded.length; i++) {
        char c = encoded.at[i];
        if (c == '+' && plus_is_space)
            c = ' ';
        if (c == '%') {
            text pair = text_part(encoded, i + 1, 2);
            int high = pair.length == 2 ? text_hex_digit(pair.at[0]) : -1;
            int low = pair.length == 2 ? text_hex_digit(pair.at[1]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        at[length++] = c;
    }
    *plain = (text){at, length};
    return true;
}

text text_copy(struct arena *arena, text source)
{
    return source.at == NULL ? TEXT_NONE : (text){text_terminated(arena, source), source.length};
}

const char *text_terminated(struct arena *arena, text source)
{
    char *copy = arena_alloc(arena, source.length + 1);
    if (source.length > 0)
        memcpy(copy, source.at, source.length);
    return copy;
}

text text_format(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    must(length >= 0);
    char *at = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(at, (size_t)length + 1, format, again);
    va_end(again);
    return (text){at, (size_t)length};
}
