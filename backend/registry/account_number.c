/* Mobile numbers, bank cards and division codes: shapes only, none of them proves that it exists. Source: features.md §4.3–4.5. */
#include "registry/digits.h"

#define MOBILE_LENGTH 11
#define MACHINE_LENGTH 13
#define CARD_LENGTH_MIN 12
#define CARD_LENGTH_MAX 19

static const char *without_country(const char *clean, size_t *length)
{
    static const char *const prefixes[] = {"+86", "0086"};
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        size_t size = strlen(prefixes[i]);
        if (*length > size && memcmp(clean, prefixes[i], size) == 0) {
            *length -= size;
            return clean + size;
        }
    }
    return clean;
}

enum number_fault phone_read(text typed, struct phone *phone)
{
    char clean[TYPED_NUMBER_CHARACTERS_MAX + 1];
    size_t length;
    if (!digits_clean(typed, clean, &length))
        return NUMBER_SHAPE;
    const char *number = without_country(clean, &length);
    if (!digits_only(number, length))
        return NUMBER_SHAPE;
    if (length == MACHINE_LENGTH && memcmp(number, "14", 2) == 0 && number[2] <= '4')
        return NUMBER_MACHINE;
    if (length != MOBILE_LENGTH || number[0] != '1' || number[1] < '3')
        return NUMBER_SHAPE;
    *phone = (struct phone){.e164 = "+86"};
    memcpy(phone->e164 + 3, number, MOBILE_LENGTH);
    return NUMBER_FINE;
}

static bool luhn_fits(const char *digits, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        int digit = digits[length - 1 - i] - '0';
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

enum number_fault bank_card_read(text typed, struct bank_card *card)
{
    char clean[TYPED_NUMBER_CHARACTERS_MAX + 1];
    size_t length;
    if (!digits_clean(typed, clean, &length) || !digits_only(clean, length) || length < CARD_LENGTH_MIN ||
        length > CARD_LENGTH_MAX)
        return NUMBER_SHAPE;
    *card = (struct bank_card){.warning = luhn_fits(clean, length) ? NUMBER_FINE : NUMBER_CHECK};
    memcpy(card->digits, clean, length);
    return NUMBER_FINE;
}

enum area_level area_code_level(text code)
{
    static const enum area_level levels[] = {
        [2] = AREA_PROVINCE, [4] = AREA_PREFECTURE, [6] = AREA_COUNTY, [9] = AREA_TOWNSHIP, [12] = AREA_VILLAGE,
    };
    if (code.length >= sizeof(levels) / sizeof(levels[0]) || !digits_only(code.at, code.length))
        return AREA_NOT;
    return levels[code.length];
}

bool area_code_within(text code, text ancestor)
{
    return area_code_level(ancestor) != AREA_NOT && text_starts_with(code, ancestor);
}
