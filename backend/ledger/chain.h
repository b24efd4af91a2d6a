/* How rows of transfers become the bytes of a seal. For this folder only. */
#ifndef LEDGER_CHAIN_H
#define LEDGER_CHAIN_H

#include "db.h"
#include "ledger.h"

/* Feeds rows (transfer_id, kind, reference, posted_us, made_by, position, debit_kind, debit_holder, credit_kind, credit_holder,
   amount_fen; one an entry, the entries of a transfer together) to a seal. False at a row that was never ours, with its id in *broken. */
MUST_USE bool chain_add_rows(struct arena *arena, struct ledger_seal *seal, const struct rows *rows, int64_t *transfers,
                             text *broken);

#endif
