/* Resident ID numbers, GB 11643-1999. Source: features.md §4.1. Area, birthday and sex can be read off one: it is personal. */
#include "registry/digits.h"

#define ID_NUMBER_LENGTH 18
#define OLD_NUMBER_LENGTH 15

static char check_character(const char digits[ID_NUMBER_LENGTH - 1])
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < ID_NUMBER_LENGTH - 1; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

/* The old form wrote the year with two digits, all of them of the twentieth century, and no check digit. */
static void lengthen(char clean[TYPED_NUMBER_CHARACTERS_MAX + 1])
{
    memmove(clean + 8, clean + 6, OLD_NUMBER_LENGTH - 6);
    memcpy(clean + 6, "19", 2);
    clean[ID_NUMBER_LENGTH - 1] = check_character(clean);
    clean[ID_NUMBER_LENGTH] = '\0';
}

static bool read_birthday(const char digits[ID_NUMBER_LENGTH], calendar_day *birthday)
{
    const char *born = digits + 6;
    char iso[] = {born[0], born[1], born[2], born[3], '-', born[4], born[5], '-', born[6], born[7]};
    return day_parse((text){iso, sizeof(iso)}, birthday);
}

enum number_fault id_number_read(text typed, calendar_day today, struct id_number *number)
{
    char clean[TYPED_NUMBER_CHARACTERS_MAX + 1];
    size_t length;
    if (!digits_clean(typed, clean, &length))
        return NUMBER_SHAPE;
    bool old = length == OLD_NUMBER_LENGTH && digits_only(clean, OLD_NUMBER_LENGTH);
    if (old)
        lengthen(clean);
    else if (length != ID_NUMBER_LENGTH || !digits_only(clean, ID_NUMBER_LENGTH - 1))
        return NUMBER_SHAPE;
    if (clean[ID_NUMBER_LENGTH - 1] != check_character(clean))
        return NUMBER_CHECK;
    calendar_day birthday;
    if (!read_birthday(clean, &birthday))
        return NUMBER_BIRTHDAY;
    if (birthday > today)
        return NUMBER_FUTURE;
    *number = (struct id_number){.birthday = birthday, .female = (clean[16] - '0') % 2 == 0, .was_old = old};
    memcpy(number->digits, clean, ID_NUMBER_LENGTH);
    memcpy(number->area, clean, 6);
    return NUMBER_FINE;
}

int id_number_age(const struct id_number *number, calendar_day today)
{
    char iso[16];
    struct tm day;
    time_t seconds = (time_t)today * 24 * 60 * 60;
    must(gmtime_r(&seconds, &day) != NULL);
    size_t length = strftime(iso, sizeof(iso), "%Y%m%d", &day);
    must(length == 8);
    int64_t now, born;
    must(text_to_int64((text){iso, 8}, 0, INT32_MAX, &now));
    must(text_to_int64((text){number->digits + 6, 8}, 0, INT32_MAX, &born));
    /* Both as yyyymmdd: the difference has counted a year only when the birthday has come. */
    return (int)((now - born) / 10000);
}
