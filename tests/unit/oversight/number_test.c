/* Numbers of complaints: what is misread or misheard is no number. */
#include "unit.h"
#include "oversight.h"

Test(oversight, a_number_is_read_as_people_write_it)
{
    SCRATCH(arena);
    struct complaint_number number = complaint_number_of(TEXT("621221"), 483027), read;
    EXPECT_TEXT(complaint_number_print(arena, text_from(number.digits)), "621221-483027-46");
    const char *const good[] = {"62122148302746", "621221 483027 46", "621221-483027-46",
                                "６２１２２１４８３０２７４６"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        cr_assert(complaint_number_read(text_from(good[i]), &read), "%s", good[i]);
        cr_assert_str_eq(read.digits, number.digits);
    }
    const char *const bad[] = {"", "62122148302", "621221483027461", "6212214830278x", "62122148302764", "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert(!complaint_number_read(text_from(bad[i]), &read), "%s", bad[i]);
}

static void one_digit_wrong(struct complaint_number number, size_t at)
{
    struct complaint_number wrong = number, read;
    for (char digit = '0'; digit <= '9'; digit++) {
        wrong.digits[at] = digit;
        cr_assert_eq(complaint_number_read(text_from(wrong.digits), &read), digit == number.digits[at]);
    }
}

static void two_neighbours_swapped(struct complaint_number number, size_t at)
{
    struct complaint_number wrong = number, read;
    wrong.digits[at] = number.digits[at + 1];
    wrong.digits[at + 1] = number.digits[at];
    cr_assert_eq(complaint_number_read(text_from(wrong.digits), &read), wrong.digits[at] == number.digits[at]);
}

Test(oversight, one_wrong_digit_or_two_swapped_are_noticed)
{
    for (uint32_t serial = 0; serial < 1000000; serial += 99991) {
        struct complaint_number number = complaint_number_of(TEXT("621202"), serial);
        for (size_t at = 0; at < COMPLAINT_NUMBER_DIGITS; at++)
            one_digit_wrong(number, at);
        for (size_t at = 0; at + 1 < COMPLAINT_NUMBER_DIGITS; at++)
            two_neighbours_swapped(number, at);
    }
}
