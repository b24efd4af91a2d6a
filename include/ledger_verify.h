/* ledger in the database: sealing what was posted, and proving the whole of it. Reads and appends; changes nothing that was posted. */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include "db.h"

extern const struct route ledger_routes[];
extern const struct job ledger_jobs[];

struct ledger_proof {
    int64_t counties, seals, transfers; /* proven so far */
    text broken; /* absent: everything holds; else the first broken record and what is wrong with it */
};
/* Recomputes the chain of every seal, every balance and floor, and Σ attribution = Σ line gross − refunded = Σ ledger of every county.
   PROBLEM_NONE: the proof was carried out, whatever it found. `stepped` is told of each seal's transfers; may be NULL. */
MUST_USE enum problem ledger_verify(struct db *db, struct arena *arena, void (*stepped)(int64_t transfers),
                                    struct ledger_proof *proof);

#endif
