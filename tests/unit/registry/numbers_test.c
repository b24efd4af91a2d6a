/* Numbers of people and organisations: every worked example of features.md §4.1–4.5. All numbers are synthetic. */
#include <criterion/criterion.h>

#include "registry.h"

TestSuite(numbers);

static calendar_day day(const char *iso)
{
    calendar_day parsed;
    cr_assert(day_parse(text_from(iso), &parsed), "%s", iso);
    return parsed;
}

static enum number_fault read_id(const char *typed, struct id_number *number)
{
    return id_number_read(text_from(typed), day("2026-11-23"), number);
}

Test(numbers, id_number_takes_every_check_character)
{
    static const char *const valid[] = {
        "990121197001010031", "990121197001010090", "99012119700101004X", "990121197001010189", "990121197001010058",
        "990121197001010197", "990121197001010066", "990121197001010015", "990121197001010074", "990121197001010023",
        "990121197001010082", "990121200002290025", "11010519491231002X",
    };
    struct id_number number;
    for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++) {
        cr_assert_eq(read_id(valid[i], &number), NUMBER_FINE, "%s", valid[i]);
        cr_assert_str_eq(number.digits, valid[i]);
    }
}

Test(numbers, id_number_tells_area_birthday_and_sex)
{
    struct id_number number;
    cr_assert_eq(read_id("11010519491231002X", &number), NUMBER_FINE);
    cr_assert_str_eq(number.area, "110105");
    cr_assert_eq(number.birthday, day("1949-12-31"));
    cr_assert(number.female);
    cr_assert_eq(read_id("990121197001010015", &number), NUMBER_FINE);
    cr_assert_not(number.female);
}

Test(numbers, id_number_takes_what_people_type)
{
    struct id_number number;
    cr_assert_eq(read_id(" 990121 19700101-004x ", &number), NUMBER_FINE);
    cr_assert_str_eq(number.digits, "99012119700101004X");
    cr_assert_eq(read_id("９９０１２１１９７００１０１００４Ｘ", &number), NUMBER_FINE);
    cr_assert_str_eq(number.digits, "99012119700101004X");
    cr_assert_not(number.was_old);
}

Test(numbers, id_number_lengthens_the_old_form)
{
    struct id_number number;
    cr_assert_eq(read_id("990121700101001", &number), NUMBER_FINE);
    cr_assert_str_eq(number.digits, "990121197001010015");
    cr_assert(number.was_old);
}

Test(numbers, id_number_refuses_days_that_never_were)
{
    struct id_number number;
    cr_assert_eq(read_id("990121198502300015", &number), NUMBER_BIRTHDAY);
    cr_assert_eq(read_id("990121190002290010", &number), NUMBER_BIRTHDAY);
    cr_assert_eq(id_number_read(TEXT("990121200002290025"), day("2000-02-28"), &number), NUMBER_FUTURE);
}

Test(numbers, id_number_refuses_wrong_shapes)
{
    static const char *const wrong[] = {"",
                                        "9901211970010100",
                                        "9901211970010100155",
                                        "99012119700101X015",
                                        "99012119700101001\xC3",
                                        "张三",
                                        "9901211970010100 1 5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"};
    struct id_number number;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        cr_assert_eq(read_id(wrong[i], &number), NUMBER_SHAPE, "%s", wrong[i]);
}

Test(numbers, id_number_notices_every_wrong_digit_and_swapped_neighbours)
{
    const char *right = "990121197001010015";
    struct id_number number;
    for (size_t at = 0; at < 17; at++) {
        char wrong[19];
        memcpy(wrong, right, sizeof(wrong));
        for (char c = '0'; c <= '9'; c++) {
            wrong[at] = c;
            cr_assert_eq(read_id(wrong, &number) == NUMBER_FINE, c == right[at], "%s", wrong);
        }
        memcpy(wrong, right, sizeof(wrong));
        if (at < 16 && right[at] != right[at + 1]) {
            wrong[at] = right[at + 1];
            wrong[at + 1] = right[at];
            cr_assert_neq(read_id(wrong, &number), NUMBER_FINE, "%s", wrong);
        }
    }
}

Test(numbers, age_grows_on_the_birthday)
{
    struct id_number number;
    cr_assert_eq(read_id("11010519491231002X", &number), NUMBER_FINE);
    cr_assert_eq(id_number_age(&number, day("2026-12-30")), 76);
    cr_assert_eq(id_number_age(&number, day("2026-12-31")), 77);
}

static enum number_fault read_code(const char *typed, enum number_fault *warning)
{
    struct credit_code code;
    enum number_fault fault = credit_code_read(text_from(typed), &code);
    *warning = fault == NUMBER_FINE ? code.warning : NUMBER_FINE;
    return fault;
}

Test(numbers, credit_code_takes_the_worked_examples)
{
    static const char *const valid[] = {"93990121MA00000A9T", "91990121MA00001K7R", "92990121MA0000QTXL",
                                        "N2990121MF00000X52", "52990121MJ00000U5P", "93990121MB00001740",
                                        "91350100M000100Y43"};
    enum number_fault warning;
    for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++) {
        cr_assert_eq(read_code(valid[i], &warning), NUMBER_FINE, "%s", valid[i]);
        cr_assert_eq(warning, NUMBER_FINE, "%s: %s", valid[i], number_fault_code(warning));
    }
    cr_assert_eq(read_code(" ９３９９０１２１ｍａ００００００ａ９ｔ", &warning), NUMBER_SHAPE,
                 "one character too many");
    cr_assert_eq(read_code("９３９９０１２１ma00000a9t", &warning), NUMBER_FINE);
}

Test(numbers, credit_code_refuses_letters_outside_its_alphabet_and_wrong_checks)
{
    enum number_fault warning;
    cr_assert_eq(read_code("91350100M000100Y4Z", &warning), NUMBER_SHAPE);
    cr_assert_eq(read_code("91350100M000100Y44", &warning), NUMBER_CHECK);
    cr_assert_eq(read_code("91350100M000100Y4", &warning), NUMBER_SHAPE);
}

Test(numbers, credit_code_knows_kinds)
{
    struct credit_code code;
    cr_assert_eq(credit_code_read(TEXT("93990121MA00000A9T"), &code), NUMBER_FINE);
    cr_assert(credit_code_is_cooperative(&code));
    cr_assert_not(credit_code_is_village_collective(&code));
    cr_assert_eq(credit_code_read(TEXT("N2990121MF00000X52"), &code), NUMBER_FINE);
    cr_assert(credit_code_is_village_collective(&code));
}

static void expect_phone(const char *typed, enum number_fault fault, const char *e164)
{
    struct phone phone;
    cr_assert_eq(phone_read(text_from(typed), &phone), fault, "%s", typed);
    if (fault == NUMBER_FINE)
        cr_assert_str_eq(phone.e164, e164);
}

Test(numbers, phone_takes_prefixes_spaces_and_full_width)
{
    expect_phone("13800001234", NUMBER_FINE, "+8613800001234");
    expect_phone("+86 138-0000-1234", NUMBER_FINE, "+8613800001234");
    expect_phone("0086 138 0000 1234", NUMBER_FINE, "+8613800001234");
    expect_phone("１３８００００１２３４", NUMBER_FINE, "+8613800001234");
    expect_phone("1400000012345", NUMBER_MACHINE, NULL);
    expect_phone("12800001234", NUMBER_SHAPE, NULL);
    expect_phone("1380000123", NUMBER_SHAPE, NULL);
    expect_phone("0939-8212345", NUMBER_SHAPE, NULL);
}

Test(numbers, bank_card_warns_when_luhn_does_not_fit)
{
    struct bank_card card;
    cr_assert_eq(bank_card_read(TEXT("9999 9900 0000 0000 014"), &card), NUMBER_FINE);
    cr_assert_str_eq(card.digits, "9999990000000000014");
    cr_assert_eq(card.warning, NUMBER_FINE);
    cr_assert_eq(bank_card_read(TEXT("9999990000000000041"), &card), NUMBER_FINE);
    cr_assert_eq(card.warning, NUMBER_CHECK);
    cr_assert_eq(bank_card_read(TEXT("99999900000"), &card), NUMBER_SHAPE);
    cr_assert_eq(bank_card_read(TEXT("99999900000000000140"), &card), NUMBER_SHAPE);
}

Test(numbers, area_codes_tell_their_level_and_ancestors)
{
    cr_assert_eq(area_code_level(TEXT("99")), AREA_PROVINCE);
    cr_assert_eq(area_code_level(TEXT("990121")), AREA_COUNTY);
    cr_assert_eq(area_code_level(TEXT("990121100201")), AREA_VILLAGE);
    cr_assert_eq(area_code_level(TEXT("99012")), AREA_NOT);
    cr_assert_eq(area_code_level(TEXT("99012a")), AREA_NOT);
    cr_assert_eq(area_code_level(TEXT_NONE), AREA_NOT);
    cr_assert(area_code_within(TEXT("990121100201"), TEXT("990121")));
    cr_assert_not(area_code_within(TEXT("990122100201"), TEXT("990121")));
    cr_assert_not(area_code_within(TEXT("990122100201"), TEXT("")));
}

static void expect_mask(text mask(struct arena *, text), const char *value, const char *masked)
{
    struct arena *arena = arena_new();
    text got = mask(arena, text_from(value));
    cr_assert(text_equal(got, text_from(masked)), "%.*s", TEXT_ARGUMENTS(got));
    arena_free(arena);
}

Test(masks, show_little_of_each_value)
{
    expect_mask(mask_name, "张三", "张*");
    expect_mask(mask_name, "欧阳一二", "欧阳*");
    expect_mask(mask_name, "东方", "东*");
    expect_mask(mask_name, "Ann", "A*");
    expect_mask(mask_name, "", "*");
    expect_mask(mask_id_number, "990121197001010015", "**************0015");
    expect_mask(mask_phone, "+8613800001234", "138****1234");
    expect_mask(mask_bank_card, "6226000000000012", "6226********0012");
    expect_mask(mask_bank_card, "123456", "***456");
    expect_mask(mask_id_number, "", "");
}
