/* ledger in the database: sealing what was posted, and proving the whole of it. Reads and appends; changes nothing that was posted. */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include "db.h"

extern const struct route ledger_routes[];
extern const struct job ledger_jobs[];

struct ledger_proof {
    int64_t counties, seals, transfers, records, heads; /* proven so far */
    text broken; /* absent: everything holds; else the first broken record and what is wrong with it */
};
/* Recomputes the chain of every seal, every balance and floor, and Σ attribution = Σ line gross − refunded = Σ ledger of every county, on
   connections of its own. `heads`: the file the county keeps (may be absent); each seal it names must still have that head.
   PROBLEM_NONE: the proof was carried out, whatever it found; PROBLEM_INVALID: the file is none, `broken` says where. `stepped` is told of
   each seal's transfers, from any thread but one at a time; may be NULL. */
MUST_USE enum problem ledger_verify(const char *url, struct arena *arena, text heads,
                                    void (*stepped)(int64_t transfers), struct ledger_proof *proof);

#endif
