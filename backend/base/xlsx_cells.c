/* Cells of an XLSX sheet: column letters, numbers as decimals, serial days as dates, and which formats are dates. */
#include "base.h"
#include "base/xlsx_cells.h"

enum { DIGITS_SHOWN = 15, DIGITS_READ_MAX = 40, EXPONENT_MAX = 40, COLUMNS_MAX = 16384 };
enum { DAY_OF_1899_12_30 = -25569, DAY_OF_1904_01_01 = -24107, FALSE_LEAP_DAY = 60, SERIAL_MAX = 109574 };

bool xlsx_column(text place, int64_t *column)
{
    *column = 0;
    size_t i = 0;
    for (; i < place.length && place.at[i] >= 'A' && place.at[i] <= 'Z' && *column <= COLUMNS_MAX; i++)
        *column = *column * 26 + place.at[i] - 'A' + 1;
    return i > 0 && i < place.length && *column <= COLUMNS_MAX;
}

/* ---- Numbers ---- */

struct decimal {
    char digits[DIGITS_READ_MAX + 1]; /* one more for a carry in front */
    int64_t count, exponent;          /* 0.digits × 10^exponent */
    bool is_negative;
};

static bool decimal_read(text raw, struct decimal *decimal)
{
    *decimal = (struct decimal){0};
    size_t i = 0;
    bool point = false, any = false;
    if (i < raw.length && (raw.at[i] == '-' || raw.at[i] == '+'))
        decimal->is_negative = raw.at[i++] == '-';
    for (; i < raw.length && raw.at[i] != 'e' && raw.at[i] != 'E'; i++) {
        char c = raw.at[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return false;
        any = true;
        if (decimal->count == 0 && c == '0') { /* leading */
            decimal->exponent -= point;
            continue;
        }
        decimal->exponent += !point;
        if (decimal->count < DIGITS_READ_MAX)
            decimal->digits[decimal->count++] = c;
    }
    int64_t exponent = 0;
    if (i < raw.length) {
        text typed = text_part(raw, i + 1, raw.length);
        if (text_starts_with(typed, TEXT("+")))
            typed = text_part(typed, 1, typed.length);
        if (!text_to_int64(typed, -400, 400, &exponent))
            return false;
    }
    decimal->exponent += exponent;
    return any;
}

static void decimal_round(struct decimal *decimal)
{
    if (decimal->count > DIGITS_SHOWN) {
        bool up = decimal->digits[DIGITS_SHOWN] >= '5';
        decimal->count = DIGITS_SHOWN;
        int64_t i = DIGITS_SHOWN - 1;
        for (; up && i >= 0; i--) {
            up = decimal->digits[i] == '9';
            decimal->digits[i] = up ? '0' : (char)(decimal->digits[i] + 1);
        }
        if (up) { /* 999… became 1000… */
            decimal->digits[0] = '1';
            decimal->exponent++;
        }
    }
    while (decimal->count > 0 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

text xlsx_number(struct arena *arena, text raw)
{
    struct decimal decimal;
    struct bytes plain;
    if (!decimal_read(raw, &decimal))
        return raw;
    decimal_round(&decimal);
    if (decimal.count == 0)
        return TEXT("0");
    if (decimal.exponent > EXPONENT_MAX || decimal.exponent < -EXPONENT_MAX)
        return raw;
    bytes_init(&plain, arena, 2 * EXPONENT_MAX + DIGITS_READ_MAX + 8);
    if (decimal.is_negative)
        bytes_add_char(&plain, '-');
    if (decimal.exponent <= 0)
        bytes_add_char(&plain, '0');
    for (int64_t i = 0; i < decimal.exponent; i++)
        bytes_add_char(&plain, i < decimal.count ? decimal.digits[i] : '0');
    if (decimal.count > decimal.exponent) {
        bytes_add_char(&plain, '.');
        for (int64_t i = decimal.exponent; i < 0; i++)
            bytes_add_char(&plain, '0');
        int64_t from = decimal.exponent > 0 ? decimal.exponent : 0;
        bytes_add(&plain, (text){decimal.digits + from, (size_t)(decimal.count - from)});
    }
    return bytes_text(&plain);
}

/* ---- Dates ---- */

static text time_of_day(struct arena *arena, text fraction)
{
    int64_t billionths = 0;
    for (size_t i = 0; i < 9; i++)
        billionths = billionths * 10 + (i < fraction.length ? fraction.at[i] - '0' : 0);
    int64_t seconds = (billionths * 86400 + 500000000) / 1000000000;
    if (seconds > 86399)
        seconds = 86399;
    return text_format(arena, " %02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

text xlsx_date(struct arena *arena, text raw, bool since_1904)
{
    int64_t serial;
    text number = xlsx_number(arena, raw), fraction = number;
    text whole = text_cut(&fraction, '.');
    if (!text_to_int64(whole, since_1904 ? 0 : 1, SERIAL_MAX, &serial) || (!since_1904 && serial == FALSE_LEAP_DAY))
        return number;
    int64_t day = since_1904 ? serial + DAY_OF_1904_01_01 : serial + DAY_OF_1899_12_30;
    if (!since_1904 && serial < FALSE_LEAP_DAY) /* Lotus believed in 29 February 1900, and sheets still do */
        day++;
    text date = day_format(arena, (calendar_day)day);
    return fraction.length == 0
               ? date
               : text_format(arena, "%.*s%.*s", TEXT_ARGUMENTS(date), TEXT_ARGUMENTS(time_of_day(arena, fraction)));
}

bool xlsx_built_in_is_date(int64_t format)
{
    static const struct {
        int64_t from, to;
    } dates[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        if (format >= dates[i].from && format <= dates[i].to)
            return true;
    return false;
}

/* A year or a day outside quotes, brackets and escapes: yyyy"年"m"月"d"日", not [Red]0.00. */
bool xlsx_format_is_date(text format_code)
{
    char closes = 0;
    for (size_t i = 0; i < format_code.length; i++) {
        char c = format_code.at[i];
        if (closes != 0) {
            closes = c == closes ? 0 : closes;
            continue;
        }
        switch (c) {
        case '"':
            closes = '"';
            break;
        case '[':
            closes = ']';
            break;
        case '\\':
        case '_':
        case '*':
            i++;
            break;
        case 'y':
        case 'Y':
        case 'd':
        case 'D':
            return true;
        default:
            break;
        }
    }
    return false;
}
