/* Field tables of complaints: what is sent, what is loaded, what is planned. */
#include "oversight/complaints.h"

#define CODE_TYPED_CHARACTERS_MAX 40
#define NUMBER_TYPED_CHARACTERS_MAX 40
#define SEALED_CHARACTERS_MAX 4000

static const char *const channels_by_hand[] = {"phone", "letter", "visit", NULL};
static const char *const categories[] = {"not_paid", "registration", "funds",   "false_sales", "goods", "shop",
                                         "conduct",  "policy",       "privacy", "other",       NULL};
static const char *const levels[] = {"village", "township", "county", NULL};
/* What anybody can name from a page of the public; households and payouts only who may see them. */
static const char *const public_subjects[] = {"shops", "products", "lots", "orders", "publicities", NULL};
static const char *const subjects[] = {"shops",    "products",   "lots",      "orders",         "publicities",
                                       "stations", "households", "suppliers", "payout_batches", NULL};
static const char *const judgements[] = {"substantiated", "partly", "not_substantiated", NULL};
static const char *const bodies[] = {"discipline", "police", "market", "petitions", "agriculture",
                                     "civil",      "higher", "county", "other",     NULL};

#define FILED_FIELDS                                                                                                   \
    FIELD(complaint_body, area_code, FIELD_CODE, .min = 6, .max = 15, .optional = true),                               \
        FIELD(complaint_body, category, FIELD_CHOICE, .choices = categories),                                          \
        FIELD(complaint_body, words, FIELD_TEXT, .min = 4, .max = 2000),                                               \
        FIELD(complaint_body, code, FIELD_TEXT, .min = 1, .max = CODE_TYPED_CHARACTERS_MAX),                           \
        FIELD(complaint_body, about_level, FIELD_CHOICE, .choices = levels, .optional = true),                         \
        FIELD(complaint_body, subject_id, FIELD_COUNTY_ID, .optional = true),                                          \
        FIELD(complaint_body, trace_code, FIELD_TEXT, .min = 4, .max = 40, .optional = true),                          \
        FIELD(complaint_body, name, FIELD_TEXT, .min = 1, .max = 40, .optional = true),                                \
        FIELD(complaint_body, contact, FIELD_TEXT, .min = 3, .max = 100, .optional = true)

const struct field complaint_web_fields[] = {
    FILED_FIELDS,
    FIELD(complaint_body, subject_kind, FIELD_CHOICE, .choices = public_subjects, .optional = true),
    FIELDS_END,
};
const struct field complaint_hand_fields[] = {
    FILED_FIELDS,
    FIELD(complaint_body, subject_kind, FIELD_CHOICE, .choices = subjects, .optional = true),
    FIELD(complaint_body, channel, FIELD_CHOICE, .choices = channels_by_hand),
    FIELD(complaint_body, received_on, FIELD_DATE, .optional = true),
    FIELDS_END,
};
const struct field complaint_place_fields[] = {
    FIELD(complaint_place, area_code, FIELD_TEXT, .optional = true),
    FIELD(complaint_place, subject_kind, FIELD_TEXT, .optional = true),
    FIELD(complaint_place, subject_id, FIELD_UUID, .optional = true),
    FIELD(complaint_place, subject_area, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
const struct field complaint_plan_fields[] = {
    FIELD(complaint_plan, complaint_id, FIELD_COUNTY_ID),
    FIELD(complaint_plan, number, FIELD_TEXT),
    FIELD(complaint_plan, code_hash, FIELD_TEXT),
    FIELD(complaint_plan, channel, FIELD_TEXT),
    FIELD(complaint_plan, category, FIELD_TEXT),
    FIELD(complaint_plan, about_level, FIELD_TEXT),
    FIELD(complaint_plan, area_code, FIELD_TEXT),
    FIELD(complaint_plan, subject_kind, FIELD_TEXT),
    FIELD(complaint_plan, subject_id, FIELD_UUID, .optional = true),
    FIELD(complaint_plan, words, FIELD_TEXT),
    FIELD(complaint_plan, name_masked, FIELD_TEXT),
    FIELD(complaint_plan, name_sealed, FIELD_TEXT),
    FIELD(complaint_plan, contact_masked, FIELD_TEXT),
    FIELD(complaint_plan, contact_sealed, FIELD_TEXT),
    FIELD(complaint_plan, received_at, FIELD_INSTANT),
    FIELD(complaint_plan, by_hand, FIELD_BOOL),
    FIELDS_END,
};
const struct field due_answer_plan_fields[] = {
    FIELD(due_answer_plan, complaint_id, FIELD_COUNTY_ID),
    FIELD(due_answer_plan, number, FIELD_TEXT),
    FIELDS_END,
};

const struct field complaint_follow_fields[] = {
    FIELD(complaint_opening, number, FIELD_TEXT, .min = 1, .max = NUMBER_TYPED_CHARACTERS_MAX),
    FIELD(complaint_opening, code, FIELD_TEXT, .min = 1, .max = CODE_TYPED_CHARACTERS_MAX),
    FIELDS_END,
};
const struct field complaint_say_fields[] = {
    FIELD(complaint_opening, number, FIELD_TEXT, .min = 1, .max = NUMBER_TYPED_CHARACTERS_MAX),
    FIELD(complaint_opening, code, FIELD_TEXT, .min = 1, .max = CODE_TYPED_CHARACTERS_MAX),
    FIELD(complaint_opening, words, FIELD_TEXT, .min = 4, .max = 2000),
    FIELDS_END,
};
const struct field complaint_opened_fields[] = {
    FIELD(complaint_opened, complaint_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(complaint_opened, code_for, FIELD_TEXT, .optional = true),
    FIELD(complaint_opened, code_hash, FIELD_TEXT, .optional = true),
    FIELD(complaint_opened, state, FIELD_TEXT, .optional = true),
    FIELD(complaint_opened, may_reopen, FIELD_BOOL, .optional = true),
    FIELD(complaint_opened, complaint, FIELD_JSON),
    FIELDS_END,
};
const struct field complaint_shown_fields[] = {
    FIELD(complaint_shown, complaint, FIELD_JSON),
    FIELDS_END,
};
const struct field complaint_said_fields[] = {
    FIELD(complaint_said, complaint_id, FIELD_COUNTY_ID),
    FIELD(complaint_said, state, FIELD_TEXT),
    FIELD(complaint_said, words, FIELD_TEXT),
    FIELDS_END,
};

const struct field complaint_outcome_fields[] = {
    FIELD(complaint_outcome, judgement, FIELD_CHOICE, .choices = judgements),
    FIELD(complaint_outcome, solved, FIELD_BOOL),
    FIELD(complaint_outcome, answer, FIELD_TEXT, .min = 4, .max = 2000),
    FIELD(complaint_outcome, punished_count, FIELD_COUNT, .max = 1000, .optional = true),
    FIELD(complaint_outcome, recovered_fen, FIELD_FEN, .optional = true),
    FIELD(complaint_outcome, finding_owner_id, FIELD_UUID, .optional = true),
    FIELD(complaint_outcome, finding_due_on, FIELD_DATE, .optional = true),
    FIELDS_END,
};
const struct field complaint_sealed_fields[] = {
    FIELD(complaint_sealed, complaint_id, FIELD_COUNTY_ID),
    FIELD(complaint_sealed, name, FIELD_TEXT, .max = SEALED_CHARACTERS_MAX, .optional = true),
    FIELD(complaint_sealed, contact, FIELD_TEXT, .max = SEALED_CHARACTERS_MAX, .optional = true),
    FIELDS_END,
};
const struct field complaint_referral_fields[] = {
    FIELD(complaint_referral, kind, FIELD_CHOICE, .choices = bodies),
    FIELD(complaint_referral, to, FIELD_TEXT, .min = 2, .max = 80, .optional = true),
    FIELD(complaint_referral, area_code, FIELD_CODE, .min = 6, .max = 6, .optional = true),
    FIELD(complaint_referral, words, FIELD_TEXT, .min = 4, .max = 1000),
    FIELDS_END,
};
const struct field complaint_referral_facts_fields[] = {
    FIELD(complaint_referral_facts, complaint_id, FIELD_COUNTY_ID),
    FIELD(complaint_referral_facts, name_sealed, FIELD_TEXT, .max = SEALED_CHARACTERS_MAX, .optional = true),
    FIELD(complaint_referral_facts, contact_sealed, FIELD_TEXT, .max = SEALED_CHARACTERS_MAX, .optional = true),
    FIELD(complaint_referral_facts, is_county, FIELD_BOOL),
    FIELDS_END,
};
const struct field complaint_referral_plan_fields[] = {
    FIELD(complaint_referral_plan, complaint_id, FIELD_COUNTY_ID),
    FIELD(complaint_referral_plan, copy_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(complaint_referral_plan, number, FIELD_TEXT),
    FIELD(complaint_referral_plan, name_sealed, FIELD_TEXT),
    FIELD(complaint_referral_plan, contact_sealed, FIELD_TEXT),
    FIELDS_END,
};
