/* Days and moments: real dates only, and a business day that begins at midnight in Shanghai. */
#include "unit.h"

static instant at(const char *rfc3339)
{
    instant parsed = 0;
    cr_assert(instant_parse(text_from(rfc3339), &parsed), "%s", rfc3339);
    return parsed;
}

Test(instant, epoch_is_day_zero)
{
    calendar_day day;
    cr_assert(day_parse(TEXT("1970-01-01"), &day));
    cr_expect_eq(day, 0);
    cr_expect_eq(at("1970-01-01T00:00:00Z"), 0);
    cr_expect_eq(at("1970-01-01T00:00:00.000001Z"), 1);
}

Test(instant, only_real_dates_are_taken)
{
    static const char *const real[] = {"2000-02-29", "2024-02-29", "1900-01-01", "2200-12-31", "2026-11-30"};
    static const char *const unreal[] = {
        "1900-02-29", "2100-02-29", "2026-02-29", "2026-04-31",  "2026-13-01", "2026-00-10", "2026-01-00",
        "1899-12-31", "2201-01-01", "2026-1-01",  "2026-01-01 ", "-026-01-01", "2026/01/01", ""};
    calendar_day day;
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++)
        cr_expect(day_parse(text_from(real[i]), &day), "%s", real[i]);
    for (size_t i = 0; i < sizeof unreal / sizeof unreal[0]; i++)
        cr_expect_not(day_parse(text_from(unreal[i]), &day), "%s", unreal[i]);
}

Test(instant, every_day_reads_back_as_written)
{
    SCRATCH(arena);
    calendar_day first, last, read;
    cr_assert(day_parse(TEXT("1900-01-01"), &first) && day_parse(TEXT("2200-12-31"), &last));
    cr_expect_eq(last - first, 109937); /* 301 years, 73 of them leap */
    for (calendar_day day = first; day <= last; day += 7)
        cr_assert(day_parse(day_format(arena, day), &read) && read == day, "day %d", day);
}

Test(instant, business_day_begins_at_midnight_in_shanghai)
{
    calendar_day day;
    cr_assert(day_parse(TEXT("2026-11-23"), &day));
    cr_expect_eq(instant_business_day(at("2026-11-22T15:59:59.999Z")), day - 1);
    cr_expect_eq(instant_business_day(at("2026-11-22T16:00:00Z")), day);
    cr_expect_eq(business_day_start(day), at("2026-11-23T00:00:00+08:00"));
    cr_expect_eq(instant_business_day(business_day_start(day) - 1), day - 1);
    cr_expect_eq(instant_business_day(at("1969-12-31T15:59:59Z")), -1);
}

Test(instant, offsets_and_fractions_are_understood)
{
    cr_expect_eq(at("2026-11-23T11:15:36.123456+08:00"), at("2026-11-23T03:15:36.123456Z"));
    cr_expect_eq(at("2026-11-22T21:45:36-05:30"), at("2026-11-23T03:15:36Z"));
    cr_expect_eq(at("2026-11-23T03:15:36.5Z") - at("2026-11-23T03:15:36Z"), 500000);
    cr_expect_eq(at("2026-11-23T03:15:36.123456789Z"), at("2026-11-23T03:15:36.123456Z"));
}

Test(instant, loose_forms_are_refused)
{
    static const char *const loose[] = {"2026-11-23",
                                        "2026-11-23T03:15:36",
                                        "2026-11-23 03:15:36Z",
                                        "2026-11-23T24:00:00Z",
                                        "2026-11-23T03:60:00Z",
                                        "2026-11-23T03:15:60Z",
                                        "2026-11-23T03:15:36.Z",
                                        "2026-11-23T03:15:36+8",
                                        "2026-11-23T03:15:36ZZ",
                                        "2026-11-23T03:15:36.1234567890Z",
                                        "now",
                                        "infinity"};
    instant parsed;
    for (size_t i = 0; i < sizeof loose / sizeof loose[0]; i++)
        cr_expect_not(instant_parse(text_from(loose[i]), &parsed), "%s", loose[i]);
}

Test(instant, is_written_in_utc_with_milliseconds)
{
    SCRATCH(arena);
    EXPECT_TEXT(instant_format(arena, at("2026-11-23T11:15:36.123999+08:00")), "2026-11-23T03:15:36.123Z");
    EXPECT_TEXT(instant_format(arena, -1), "1969-12-31T23:59:59.999Z");
}
