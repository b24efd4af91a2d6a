/* How rows of transfers become the bytes of a seal. For this folder only. */
#ifndef LEDGER_CHAIN_H
#define LEDGER_CHAIN_H

#include "db.h"
#include "ledger.h"

/* A seal at work: while it is made, it notes the chain's hash after each transfer; while it is proven, it holds them against the rows'. */
struct chain {
    struct arena *arena;
    struct ledger_seal *seal;
    struct bytes *links; /* NULL: it is proven. The text of a bytea[] */
    int64_t transfers;   /* so far */
    const char *fault;   /* NULL: none; else what is wrong with … */
    text broken;         /* … this transfer */
};
/* Feeds rows (transfer_id, kind, reference, posted_us, made_by, position, debit_kind, debit_holder, credit_kind, credit_holder,
   amount_fen; to be proven also place and link; one an entry, the entries of a transfer together). False at the first with a fault. */
MUST_USE bool chain_add_rows(struct chain *chain, const struct rows *rows);

#endif
