/* Numbers of complaints: made by chance, so that nobody can count another's, with two digits that catch what is misread or misheard. */
#include "oversight.h"

#define COUNTY_DIGITS 6
#define SERIALS_COUNT 1000000
#define MODULUS 97

static int64_t remainder_of(const char *digits, size_t count)
{
    int64_t remainder = 0;
    for (size_t i = 0; i < count; i++)
        remainder = (remainder * 10 + (digits[i] - '0')) % MODULUS;
    return remainder;
}

struct complaint_number complaint_number_of(text county, uint32_t serial)
{
    struct complaint_number number;
    must(county.length == COUNTY_DIGITS);
    snprintf(number.digits, sizeof number.digits, "%.6s%06u00", county.at, (unsigned)(serial % SERIALS_COUNT));
    int64_t check = MODULUS + 1 - remainder_of(number.digits, COMPLAINT_NUMBER_DIGITS);
    number.digits[COMPLAINT_NUMBER_DIGITS - 2] = (char)('0' + check / 10);
    number.digits[COMPLAINT_NUMBER_DIGITS - 1] = (char)('0' + check % 10);
    return number;
}

/* '０' to '９' as a Chinese keyboard types them, and ASCII. -1: no digit. */
static int digit_of(uint32_t character)
{
    if (character >= '0' && character <= '9')
        return (int)(character - '0');
    return character >= 0xFF10 && character <= 0xFF19 ? (int)(character - 0xFF10) : -1;
}

bool complaint_number_read(text typed, struct complaint_number *number)
{
    size_t length = 0;
    *number = (struct complaint_number){0};
    while (typed.length > 0) {
        uint32_t character;
        size_t bytes = text_first_character(typed, &character);
        if (bytes == 0)
            return false;
        typed = text_part(typed, bytes, typed.length);
        if (character == ' ' || character == '-')
            continue;
        int digit = digit_of(character);
        if (digit < 0 || length == COMPLAINT_NUMBER_DIGITS)
            return false;
        number->digits[length++] = (char)('0' + digit);
    }
    return length == COMPLAINT_NUMBER_DIGITS && remainder_of(number->digits, length) == 1;
}

text complaint_number_print(struct arena *arena, text digits)
{
    return text_format(arena, "%.*s-%.*s-%.*s", TEXT_ARGUMENTS(text_part(digits, 0, 6)),
                       TEXT_ARGUMENTS(text_part(digits, 6, 6)), TEXT_ARGUMENTS(text_part(digits, 12, 2)));
}
