/* incomes: what households earn besides selling: wages, rent, dividends, trusteeship returns and post subsidies, shared out by the rule of
   an organisation, approved by another person, and owed from then on. Payers of subsidies and discounts stand here too. */
#ifndef INCOMES_H
#define INCOMES_H

#include "db.h"
#include "distribution.h"
#include "ledger.h"
#include "payouts.h"

extern const struct route incomes_routes[];

/* ---- Reckoning who gets what: a dry run, and the same when it is proposed ---- */
struct sharing_entry {
    county_id household_id;
    int64_t units_hundredths, grade;
};
struct sharing_body {
    text purpose, title, source; /* source: retained, paid_in, subsidy */
    int64_t rule_version;        /* 0: the steps given, of a rule that is still being written */
    struct distribution_step *steps;
    size_t steps_count;
    calendar_day from_on, to_on;
    money pool_fen, income_fen; /* 0: not told */
    county_id payer_id;
    struct sharing_entry *entries; /* days worked, grades of posts … of this period */
    size_t entries_count;
};
/* A household that takes part, as it stood on the last day. */
struct sharing_member {
    struct distribution_member of;
    text name, card_number, area_name;
    bool entered; /* among the body's entries, which must all be found */
};
struct sharing_collective {
    text area_code, area_name, name; /* no name: the village has none registered */
    uuid supplier_id;
};
struct sharing_facts {
    text county;
    text rule_purpose, rule_kind; /* absent: no such rule */
    int64_t retain_ppm;
    bool rule_in_force;
    struct distribution_step *steps;
    size_t steps_count;
    struct sharing_member *members;
    size_t members_count;
    struct sharing_collective *collectives; /* one for each village of the members */
    size_t collectives_count;
    money available_fen; /* what the organisation has in the books and in no batch */
    bool payer_found;
};
struct sharing_line {
    county_id household_id;
    text name, card_number, area_code, area_name;
    int64_t shares, heads, units_hundredths, grade;
    money rate_fen, amount_fen;
    struct distribution_part *parts;
    size_t parts_count;
};
struct sharing_village {
    text area_code, area_name, name;
    uuid supplier_id; /* zero: none registered */
    money received_fen, kept_fen;
};
struct sharing_plan {
    county_id distribution_id;
    text purpose, income_kind, state;
    money pool_fen, income_fen, organisation_fen, villages_fen, households_fen, short_fen;
    int64_t households_count;
    struct distribution_taken *steps;
    size_t steps_count;
    struct sharing_line *lines;
    size_t lines_count;
    struct sharing_village *villages;
    size_t villages_count;
};
decide_function sharing_evaluate_decide, sharing_propose_decide;

/* ---- From a proposal to dues ---- */
struct shared_line {
    text payee_kind, account;
    uuid payee_id;
    money amount_fen;
};
struct shared_facts {
    county_id distribution_id;
    text state, source, income_kind, account; /* account: of the organisation */
    uuid supplier_id, payer_id;
    bool is_own;         /* proposed by who asks */
    money available_fen; /* retained money in no batch */
    struct shared_line *lines;
    size_t lines_count;
};
struct shared_due {
    uuid due_id, payee_id;
    text payee_kind, source_kind, income_kind;
    money amount_fen; /* the organisation's is negative: what it gives of what it was owed */
};
struct shared_body {
    bool accepted;
    text reason, evidence;
};
struct shared_plan {
    text county, state;
    uuid distribution_id, retained_by; /* retained_by: whose payable dues must still bear it; zero: nobody's */
    bool payable;                      /* else the dues are expected until the money is in */
    money retained_fen;
    struct shared_due *dues;
    size_t dues_count;
    struct county_transfer *transfers;
    size_t transfers_count;
};
decide_function shared_decide, shared_fund_decide;

extern const struct field sharing_facts_fields[], sharing_plan_fields[], sharing_answer_fields[], shared_facts_fields[],
    shared_plan_fields[];
extern const char *const shared_sources[], *const shared_purposes[];

#endif
