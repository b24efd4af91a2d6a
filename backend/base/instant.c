/* Moments and calendar days, without the C library's time zones: business days are UTC+8 all year. */
#include "base.h"

#define US_PER_SECOND INT64_C(1000000)
#define US_PER_DAY (86400 * US_PER_SECOND)
#define SHANGHAI_US (8 * 3600 * US_PER_SECOND)
#define YEAR_MIN 1900
#define YEAR_MAX 2200
#define DAYS_TO_1970 719162 /* from 0001-01-01 */

struct date {
    int year, month, day;
};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 0001-01-01 to the first of January. */
static int64_t days_before_year(int64_t year)
{
    int64_t past = year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400;
}

static calendar_day day_from_date(struct date date)
{
    int64_t days = days_before_year(date.year) - DAYS_TO_1970 + date.day - 1;
    for (int month = 1; month < date.month; month++)
        days += month_days(date.year, month);
    return (calendar_day)days;
}

static struct date date_from_day(int64_t day)
{
    int64_t days = day + DAYS_TO_1970;
    must(days >= 0);
    int64_t year = days * 400 / 146097 + 1; /* at most one off: 400 years have 146097 days */
    while (days_before_year(year) > days)
        year--;
    while (days_before_year(year + 1) <= days)
        year++;
    struct date date = {(int)year, 1, (int)(days - days_before_year(year)) + 1};
    while (date.day > month_days(date.year, date.month)) {
        date.day -= month_days(date.year, date.month);
        date.month++;
    }
    return date;
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* A run of exactly `length` digits at the front of `rest`. */
static bool take_number(text *rest, size_t length, int min, int max, int *number)
{
    int64_t value;
    text digits = text_part(*rest, 0, length);
    if (digits.length != length || digits.at[0] == '-' || !text_to_int64(digits, min, max, &value))
        return false;
    *rest = text_part(*rest, length, rest->length);
    *number = (int)value;
    return true;
}

static bool take_char(text *rest, char c)
{
    if (rest->length == 0 || rest->at[0] != c)
        return false;
    *rest = text_part(*rest, 1, rest->length);
    return true;
}

static bool take_date(text *rest, calendar_day *day)
{
    struct date date;
    if (!take_number(rest, 4, YEAR_MIN, YEAR_MAX, &date.year) || !take_char(rest, '-') ||
        !take_number(rest, 2, 1, 12, &date.month) || !take_char(rest, '-') ||
        !take_number(rest, 2, 1, month_days(date.year, date.month), &date.day))
        return false;
    *day = day_from_date(date);
    return true;
}

/* ".123", ".123456789": digits beyond the microsecond are dropped. */
static bool take_fraction(text *rest, int64_t *us)
{
    *us = 0;
    if (!take_char(rest, '.'))
        return true;
    int64_t unit = US_PER_SECOND / 10;
    size_t digits = 0;
    for (; rest->length > 0 && rest->at[0] >= '0' && rest->at[0] <= '9'; digits++) {
        *us += (rest->at[0] - '0') * unit;
        unit /= 10;
        *rest = text_part(*rest, 1, rest->length);
    }
    return digits >= 1 && digits <= 9;
}

static bool take_offset(text *rest, int64_t *us)
{
    *us = 0;
    if (take_char(rest, 'Z'))
        return true;
    bool west = take_char(rest, '-');
    if (!west && !take_char(rest, '+'))
        return false;
    int hours, minutes;
    if (!take_number(rest, 2, 0, 23, &hours) || !take_char(rest, ':') || !take_number(rest, 2, 0, 59, &minutes))
        return false;
    *us = (hours * 60 + minutes) * 60 * US_PER_SECOND * (west ? -1 : 1);
    return true;
}

instant instant_now(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_REALTIME, &now) == 0);
    return (instant)now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000;
}

bool instant_parse(text rfc3339, instant *at)
{
    text rest = rfc3339;
    calendar_day day;
    int hours, minutes, seconds;
    int64_t fraction_us, offset_us;
    if (!take_date(&rest, &day) || !take_char(&rest, 'T') || !take_number(&rest, 2, 0, 23, &hours) ||
        !take_char(&rest, ':') || !take_number(&rest, 2, 0, 59, &minutes) || !take_char(&rest, ':') ||
        !take_number(&rest, 2, 0, 59, &seconds) || !take_fraction(&rest, &fraction_us) ||
        !take_offset(&rest, &offset_us) || rest.length > 0)
        return false;
    *at = day * US_PER_DAY + ((hours * 60 + minutes) * 60 + seconds) * US_PER_SECOND + fraction_us - offset_us;
    return true;
}

text instant_format(struct arena *arena, instant at)
{
    int64_t day = floor_divide(at, US_PER_DAY);
    int ms = (int)((at - day * US_PER_DAY) / 1000);
    struct date date = date_from_day(day);
    return text_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", date.year, date.month, date.day, ms / 3600000,
                       ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

calendar_day instant_business_day(instant at)
{
    return (calendar_day)floor_divide(at + SHANGHAI_US, US_PER_DAY);
}

instant business_day_start(calendar_day day)
{
    return day * US_PER_DAY - SHANGHAI_US;
}

bool day_parse(text iso, calendar_day *day)
{
    return take_date(&iso, day) && iso.length == 0;
}

text day_format(struct arena *arena, calendar_day day)
{
    struct date date = date_from_day(day);
    return text_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}
