/* The bank's list with full names and accounts. For this folder only. */
#ifndef PAYOUTS_BANK_LIST_H
#define PAYOUTS_BANK_LIST_H

#include "base.h"

struct bank_item {
    uuid item_id, payee_id;
    text payee_kind, payee;
    text name_sealed, bank, account_sealed; /* absent: has none */
    money amount_fen;
    bool account_changed; /* since the batch was proposed */
};
struct bank_list_facts {
    text county, title, state;
    struct bank_item *items;
    size_t items_count;
};
struct bank_list_plan {
    text file;
    int64_t items_count, left_out_count;
};
extern const struct field bank_list_facts_fields[], bank_list_plan_fields[], bank_list_answer_fields[];
decide_function bank_list_decide;

#endif
