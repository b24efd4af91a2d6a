/* What the hands of one proof share. For this folder only. */
#ifndef LEDGER_VERIFY_INSIDE_H
#define LEDGER_VERIFY_INSIDE_H

#include <pthread.h>

#include "db.h"
#include "ledger.h"
#include "ledger_verify.h"

/* A head somebody wrote down: the county in its file, or this database itself. */
struct kept_head {
    struct ledger_head head;
    const char *keeper;
    bool seen; /* its seal is there */
};
/* A seal whose place in its chain holds, to be proven from the head before it. */
struct sealed {
    text county, head;
    int64_t number, transfers_count, records_count;
    instant sealed_at;
    uint8_t previous[LEDGER_HASH_BYTES];
};
struct verification {
    const char *url;
    struct arena *arena; /* of the whole proof; touched under the lock only */
    struct ledger_proof *proof;
    void (*stepped)(int64_t transfers);
    pthread_mutex_t lock;
    enum problem problem; /* the first that kept the proof from being carried out */

    struct kept_head *kept;
    size_t kept_count;

    struct db *feed; /* the seals in order, a page at a time */
    struct arena *page;
    struct rows *seals;
    size_t next;
    struct sealed last; /* of which `head` follows below, parsed */
    uint8_t last_head[LEDGER_HASH_BYTES];
    bool ended;

    bool is_broken; /* the first fault in the order chains before books, county, seal */
    int broken_rank;
    text broken_county;
    int64_t broken_number;
};
enum { RANK_CHAIN, RANK_BOOKS };
/* Keeps the fault if it is the first in order. Takes the lock. */
void verify_say_broken(struct verification *verification, int rank, text county, int64_t number, text words);

/* Reads the file and the database's own heads. PROBLEM_INVALID: proof->broken says which line. */
MUST_USE enum problem kept_heads_load(struct verification *verification, struct db *db, text file);
/* A seal as it goes by, under the lock; NULL: no one keeps another head of it. */
const char *kept_heads_fault(struct verification *verification, text county, int64_t number, text head);
/* Once all seals have gone by: those that are kept and were not there. */
void kept_heads_missing(struct verification *verification);

/* One seal, and one county's balances and sums, on a connection of the caller's. */
MUST_USE enum problem verify_seal(struct verification *verification, struct db *db, const struct sealed *sealed);
MUST_USE enum problem verify_books(struct verification *verification, struct db *db, text county);

#endif
