/* Unified social credit codes, GB 32100-2015, with the organisation code of GB 11714 inside. Source: features.md §4.2. */
#include "registry/digits.h"

#define CREDIT_CODE_LENGTH 18

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* without I O S V Z */

/* Department and the classes it may register. */
static const struct {
    char department;
    const char *classes;
} kinds[] = {
    {'1', "1239"}, {'2', "19"}, {'3', "123459"}, {'4', "19"}, {'5', "1239"}, {'6', "129"},
    {'7', "129"},  {'8', "19"}, {'9', "123"},    {'A', "19"}, {'N', "1239"}, {'Y', "1"},
};

static bool characters_fit(const char *clean)
{
    for (size_t i = 0; i < CREDIT_CODE_LENGTH; i++) {
        if (strchr(alphabet, clean[i]) == NULL)
            return false;
    }
    return digits_only(clean + 2, 6);
}

static char outer_check(const char *clean)
{
    int weight = 1, sum = 0;
    for (size_t i = 0; i < CREDIT_CODE_LENGTH - 1; i++) {
        sum += (int)(strchr(alphabet, clean[i]) - alphabet) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

/* GB 11714 counts letters over all 26, so J is 19 here and 18 above; mixing the two is the usual mistake. */
static char inner_check(const char organisation[9])
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < 8; i++) {
        char c = organisation[i];
        sum += (c <= '9' ? c - '0' : c - 'A' + 10) * weights[i];
    }
    return "0X987654321"[sum % 11];
}

static bool kind_is_listed(char department, char class)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].department == department)
            return strchr(kinds[i].classes, class) != NULL;
    }
    return false;
}

enum number_fault credit_code_read(text typed, struct credit_code *code)
{
    char clean[TYPED_NUMBER_CHARACTERS_MAX + 1];
    size_t length;
    if (!digits_clean(typed, clean, &length) || length != CREDIT_CODE_LENGTH || !characters_fit(clean))
        return NUMBER_SHAPE;
    if (clean[CREDIT_CODE_LENGTH - 1] != outer_check(clean))
        return NUMBER_CHECK;
    *code = (struct credit_code){.warning = NUMBER_FINE};
    memcpy(code->characters, clean, CREDIT_CODE_LENGTH);
    if (!kind_is_listed(clean[0], clean[1]))
        code->warning = NUMBER_KIND;
    else if (clean[16] != inner_check(clean + 8))
        code->warning = NUMBER_INNER_CHECK;
    return NUMBER_FINE;
}

bool credit_code_is_cooperative(const struct credit_code *code)
{
    return memcmp(code->characters, "93", 2) == 0;
}

bool credit_code_is_village_collective(const struct credit_code *code)
{
    return code->characters[0] == 'N' && code->characters[1] >= '1' && code->characters[1] <= '3';
}
