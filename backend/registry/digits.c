/* Cleans typed numbers and names their faults. Phones and sheets of county offices mix full-width digits with spaces and hyphens. */
#include "registry/digits.h"

#define NUMBER_FAULT_CODE(name, code) [name] = code,
static const char *const fault_codes[NUMBER_FAULTS_COUNT] = {NUMBER_FAULTS(NUMBER_FAULT_CODE)};
#undef NUMBER_FAULT_CODE

const char *number_fault_code(enum number_fault fault)
{
    return fault_codes[fault];
}

/* One character off the front as ASCII; '\0' for what no number contains. ' ' and '-' are to be skipped. */
static char take_character(text *rest)
{
    const unsigned char *at = (const unsigned char *)rest->at;
    size_t size = 1;
    char c = (char)at[0];
    if (rest->length >= 3 && at[0] == 0xEF && (at[1] == 0xBC || at[1] == 0xBD)) { /* U+FF01 … U+FF5E */
        unsigned point = (0xFu << 12) | ((at[1] & 0x3Fu) << 6) | (at[2] & 0x3Fu);
        size = 3;
        c = point >= 0xFF01 && point <= 0xFF5E ? (char)(point - 0xFF01 + '!') : '\0';
    } else if (rest->length >= 3 && memcmp(at, "\xE3\x80\x80", 3) == 0) { /* the full-width space */
        size = 3;
        c = ' ';
    }
    *rest = text_part(*rest, size, rest->length);
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool digits_clean(text typed, char clean[TYPED_NUMBER_CHARACTERS_MAX + 1], size_t *length)
{
    text rest = text_trim(typed);
    *length = 0;
    while (rest.length > 0) {
        char c = take_character(&rest);
        if (c == ' ' || c == '-')
            continue;
        bool known = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '+';
        if (!known || *length == TYPED_NUMBER_CHARACTERS_MAX)
            return false;
        clean[(*length)++] = c;
    }
    clean[*length] = '\0';
    return true;
}

bool digits_only(const char *characters, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (characters[i] < '0' || characters[i] > '9')
            return false;
    }
    return true;
}
