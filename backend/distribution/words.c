/* The words of a rule and the field tables that read and write it. */
#include "distribution/words.h"

const char *const step_kinds[] = {"share", "each", "rest", NULL};
const char *const step_tos[] = {"members", "villages", "organisation", NULL};
const char *const step_bases[] = {"pool", "left", "income", NULL};
const char *const step_bys[] = {"shares", "heads", "households", "units", NULL};
const char *const step_pers[] = {"household", "head", "share", "unit", "grade", NULL};

size_t word_place(const char *const *words, text word)
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (text_equal(text_from(words[i]), word))
            return i;
    must_failed("a word of the list", __FILE__, __LINE__);
}

static const struct field grade_fields[] = {
    FIELD(distribution_grade, grade, FIELD_COUNT, .min = 1, .max = DISTRIBUTION_GRADES_MAX),
    FIELD(distribution_grade, amount_fen, FIELD_FEN, .min = 0, .max = DISTRIBUTION_FEN_MAX),
    FIELDS_END,
};
const struct field distribution_step_fields[] = {
    FIELD(distribution_step, kind, FIELD_CHOICE, .choices = step_kinds),
    FIELD(distribution_step, to, FIELD_CHOICE, .choices = step_tos),
    FIELD(distribution_step, by, FIELD_CHOICE, .choices = step_bys, .optional = true),
    FIELD(distribution_step, ppm, FIELD_COUNT, .min = 1, .max = PPM_WHOLE, .optional = true),
    FIELD(distribution_step, of, FIELD_CHOICE, .choices = step_bases, .optional = true),
    FIELD(distribution_step, minimum_ppm, FIELD_COUNT, .min = 1, .max = PPM_WHOLE, .optional = true),
    FIELD(distribution_step, minimum_of, FIELD_CHOICE, .choices = step_bases, .optional = true),
    FIELD(distribution_step, amount_fen, FIELD_FEN, .min = 1, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD(distribution_step, per, FIELD_CHOICE, .choices = step_pers, .optional = true),
    FIELD(distribution_step, least_fen, FIELD_FEN, .min = 1, .max = DISTRIBUTION_FEN_MAX, .optional = true),
    FIELD(distribution_step, least_per, FIELD_CHOICE, .choices = step_pers, .optional = true),
    FIELD(distribution_step, registered_ppm, FIELD_COUNT, .min = PPM_WHOLE, .max = 10 * PPM_WHOLE, .optional = true),
    FIELD(distribution_step, registered_only, FIELD_BOOL, .optional = true),
    FIELD(distribution_step, keep_ppm, FIELD_COUNT, .min = 0, .max = PPM_WHOLE, .optional = true),
    FIELD_ITEMS(distribution_step, grades, distribution_grade, grade_fields, .max = DISTRIBUTION_GRADES_MAX,
                .optional = true),
    FIELDS_END,
};
const struct field distribution_member_fields[] = {
    FIELD(distribution_member, household_id, FIELD_UUID),
    FIELD(distribution_member, area_code, FIELD_CODE, .min = 2, .max = 15),
    FIELD(distribution_member, registered, FIELD_BOOL),
    FIELD(distribution_member, shares, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_WEIGHT_MAX),
    FIELD(distribution_member, heads, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_WEIGHT_MAX),
    FIELD(distribution_member, units_hundredths, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_WEIGHT_MAX),
    FIELD(distribution_member, grade, FIELD_COUNT, .min = 0, .max = DISTRIBUTION_GRADES_MAX),
    FIELD(distribution_member, rate_fen, FIELD_FEN, .min = 0, .max = DISTRIBUTION_FEN_MAX),
    FIELDS_END,
};
const struct field distribution_taken_fields[] = {
    FIELD(distribution_taken, step, FIELD_COUNT),
    FIELD(distribution_taken, kind, FIELD_TEXT),
    FIELD(distribution_taken, to, FIELD_TEXT),
    FIELD(distribution_taken, by, FIELD_TEXT, .optional = true),
    FIELD(distribution_taken, base_fen, FIELD_FEN),
    FIELD(distribution_taken, share_fen, FIELD_FEN),
    FIELD(distribution_taken, minimum_fen, FIELD_FEN),
    FIELD(distribution_taken, minimum_held, FIELD_BOOL),
    FIELD(distribution_taken, weights, FIELD_QTY, .min = 0, .max = INT64_MAX),
    FIELD(distribution_taken, raised_count, FIELD_COUNT),
    FIELD(distribution_taken, asked_fen, FIELD_FEN),
    FIELD(distribution_taken, taken_fen, FIELD_FEN),
    FIELD(distribution_taken, left_fen, FIELD_FEN),
    FIELDS_END,
};
const struct field distribution_part_fields[] = {
    FIELD(distribution_part, step, FIELD_COUNT),
    FIELD(distribution_part, weight, FIELD_QTY, .min = 0, .max = INT64_MAX),
    FIELD(distribution_part, raised, FIELD_BOOL),
    FIELD(distribution_part, amount_fen, FIELD_FEN),
    FIELDS_END,
};
