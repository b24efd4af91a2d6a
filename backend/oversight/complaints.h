/* Inside oversight: what complaints read and write. The code that opens one is made by whoever complains: only its hash comes to rest. */
#ifndef OVERSIGHT_COMPLAINTS_H
#define OVERSIGHT_COMPLAINTS_H

#include "accounts.h"
#include "oversight.h"

/* By chance; the one in a million that is taken is made anew, see complaints_number__plan_stale. */
struct complaint_number complaint_number_new(text county);
/* Bound to the number it was given with, so that it opens no other. */
text complaint_code_hash(struct arena *arena, const struct code *code, text number);

/* ---- Filing ---- */
struct complaint_body {
    text area_code, category, words, code, about_level, subject_kind, trace_code, name, contact;
    county_id subject_id;
    text channel;             /* by hand only: phone, letter or visit */
    calendar_day received_on; /* by hand only; 0: today */
};
struct complaint_place {
    text area_code; /* absent: no such place was named */
    text subject_kind, subject_area;
    uuid subject_id; /* zero: no such thing was named */
};
struct complaint_plan {
    county_id complaint_id;
    text number, code_hash, channel, category, about_level, area_code, subject_kind, words;
    uuid subject_id;
    text name_masked, name_sealed, contact_masked, contact_sealed;
    instant received_at;
    bool by_hand; /* someone in the county took it down: place and deadlines are held against that */
};
extern const struct field complaint_web_fields[], complaint_hand_fields[], complaint_place_fields[],
    complaint_plan_fields[];
decide_function complaint_web_decide, complaint_hand_decide;
decide_function complaint_address_prepare; /* binds what a guest's address may do in an hour */

/* ---- "I did not get this": a household disputes a due from its passbook ---- */
struct due_answer_plan {
    county_id complaint_id;
    text number;
};
extern const struct field due_answer_plan_fields[];
decide_function due_answer_decide;

/* ---- Following one with number and code ---- */
struct complaint_opening {
    text number, code, words;
};
struct complaint_opened {
    county_id complaint_id;
    text code_for, code_hash, state;
    text complaint; /* JSON: what its complainant may see */
    bool may_reopen;
};
struct complaint_shown {
    text complaint;
};
struct complaint_said {
    county_id complaint_id;
    text state, words;
};
extern const struct field complaint_follow_fields[], complaint_say_fields[], complaint_opened_fields[],
    complaint_shown_fields[], complaint_said_fields[];
decide_function complaint_follow_prepare, complaint_follow_decide, complaint_say_decide;

/* ---- Handling ---- */
struct complaint_outcome {
    text judgement, answer;
    bool solved;
    int64_t punished_count;
    money recovered_fen;
    uuid finding_owner_id;
    calendar_day finding_due_on;
};
extern const struct field complaint_outcome_fields[];
decide_function complaint_outcome_prepare;

struct complaint_sealed {
    county_id complaint_id;
    text name, contact;
};
extern const struct field complaint_sealed_fields[];
decide_function complaint_contact_decide; /* facts and plan are both complaint_sealed: sealed, opened */

struct complaint_referral {
    text kind, to, area_code, words;
};
struct complaint_referral_facts {
    county_id complaint_id;
    bool is_county; /* area_code names a county, another one than this */
    text name_sealed, contact_sealed;
};
struct complaint_referral_plan {
    county_id complaint_id, copy_id;
    text number; /* there; absent: it went to a body that has no numbers of ours */
    text name_sealed, contact_sealed;
};
extern const struct field complaint_referral_fields[], complaint_referral_facts_fields[],
    complaint_referral_plan_fields[];
decide_function complaint_refer_decide;

#endif
