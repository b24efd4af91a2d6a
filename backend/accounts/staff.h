/* Inside accounts: making accounts for others, granting and revoking their roles, printing their codes. */
#ifndef ACCOUNTS_STAFF_H
#define ACCOUNTS_STAFF_H

#include "accounts.h"

/* A role at a place for a period; login, display_name and language only for a new account. */
struct staff_order {
    text login, display_name, language, role, area_code;
    county_id organisation_id;
    calendar_day valid_from, valid_to;
};
struct held_role {
    text role;
};
struct staff_facts {
    bool found, own, taken, within, beyond;
    text login, role, area_kind, organisation_kind;
    struct held_role *roles;
    size_t roles_count;
    instant expires_at;
};
struct staff_plan {
    uuid account_id, role_id, code_id;
    text login, display_name, language, role, area_code;
    bool everywhere;
    county_id organisation_id;
    calendar_day valid_from, valid_to;
    text code, code_hash; /* code: for the answer only */
    instant code_expires_at;
};
extern const struct field account_order_fields[], role_order_fields[];
extern const struct field account_facts_fields[], role_facts_fields[], revoke_facts_fields[], reset_code_facts_fields[];
extern const struct field staff_plan_fields[], account_answer_fields[], role_answer_fields[],
    reset_code_answer_fields[];

MUST_USE enum problem staff_check(const struct staff_order *order, const struct staff_facts *facts, calendar_day today,
                                  enum role *role, struct problems *problems);
void staff_plan_grant(const struct staff_order *order, uuid role_id, struct staff_plan *plan);
/* A fresh printed code for plan->account_id. */
void staff_print_code(struct arena *arena, struct staff_plan *plan);

#endif
