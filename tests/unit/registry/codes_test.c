/* Every public code of a refusal has words in both languages. */
#include "unit.h"

#include "accounts.h"
#include "registry/household_file.h"

TestSuite(codes_of_refusals);

static void expect_words(const char *code)
{
    cr_assert_str_neq(problem_code_words(code, LANGUAGE_EN), code, "%s", code);
    cr_assert_str_neq(problem_code_words(code, LANGUAGE_ZH), code, "%s", code);
}

Test(codes_of_refusals, have_words)
{
    static const char *const codes[] = {
        PASSWORD_TOO_WEAK,        PASSWORD_TOO_COMMON,      PASSWORD_TOO_LONG,
        CSV_FAULT_ENCODING,       CSV_FAULT_QUOTE,          CSV_FAULT_COLUMNS,
        CSV_FAULT_ROW_TOO_LONG,   CSV_FAULT_UNKNOWN_COLUMN, CSV_FAULT_REPEATED_COLUMN,
        CSV_FAULT_MISSING_COLUMN, CSV_FAULT_EMPTY,          HOUSEHOLD_ERROR_NO_CARD,
        HOUSEHOLD_ERROR_AREA,     HOUSEHOLD_ERROR_TOO_MANY, HOUSEHOLD_ERROR_NO_VILLAGE,
    };
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        expect_words(codes[i]);
    for (enum number_fault fault = NUMBER_FINE + 1; fault < NUMBER_FAULTS_COUNT; fault++)
        expect_words(number_fault_code(fault));
}
