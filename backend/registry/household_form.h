/* Households, people and payee accounts entered by hand, and the one way a full ID number is shown again. */
#ifndef REGISTRY_HOUSEHOLD_FORM_H
#define REGISTRY_HOUSEHOLD_FORM_H

#include "registry.h"

#define FORM_MEMBERS_MAX 40

struct member_form {
    text name, id_number, relation, sex, birth_on, phone, work_ability;
    bool disabled, minority, resident;
};
struct household_form {
    text card_number, village_code, status, status_on, cause, degree, payee_bank, payee_account, consent_on;
    int64_t land_mu_hundredths;
    const struct member_form *members;
    size_t members_count;
};
struct held_index {
    text id_number_index;
};
struct household_form_facts {
    text county;
    const struct held_index *held;
    size_t held_count;
};
struct form_finding {
    text class, rule;
};
decide_function household_form_prepare;

/* One more person of a household that is there. */
struct member_addition {
    text name, id_number, relation, phone, work_ability, change, reason;
    calendar_day valid_from;
    bool disabled, minority, resident;
};
struct member_addition_facts {
    text area_code, card_number;
    bool held, present;
};
struct member_addition_plan {
    county_id household_id, member_id;
    text members, findings;
};
decide_function member_addition_prepare, member_addition_decide;

struct payee_form {
    text payee_bank, payee_account, reason;
};
struct payee_plan {
    county_id payee_change_id, household_id;
    text payee_bank, payee_account_masked, payee_account_sealed, reason;
    bool enter_twice; /* no Luhn digit: passbooks carry none, typing errors lose it */
};
decide_function payee_propose_decide;

struct reveal_facts {
    county_id member_id;
    text sealed;
};
struct reveal_plan {
    county_id member_id;
    text id_number;
};
decide_function reveal_prepare, reveal_decide;

#endif
