/* payments: money in and back through providers. Verifies what they say, asks them for refunds; never decides what a payment means. */
#ifndef PAYMENTS_H
#define PAYMENTS_H

#include "db.h"

extern const struct route payments_routes[];
extern const struct job payments_jobs[];

struct payment_provider {
    const char *name;
    /* Whether the callback in this request is signed by the provider and fresh. */
    bool (*is_genuine)(const struct request *request);
    text (*pay_url)(struct arena *arena, text reference);
    /* Asks for a refund over HTTP: blocking, for jobs only. False: try again later. `why` is for the outbox. */
    bool (*refund)(struct arena *arena, text payload, instant now, text *why);
};
/* Absent name: the first one open for business. NULL: none of this name is. */
const struct payment_provider *payment_provider_find(text name);

/* A callback, as every provider's adapter hands it on. */
struct payment_notice {
    text transaction_id, reference, outcome;
    money amount_fen;
    instant happened_at;
};
extern const struct field payment_notice_fields[];
/* For route.verify: the provider of the path signed this body, lately. */
decide_function payments_verify;

/* Rows of plan.transactions, plan.refunds: written by payments/record. */
struct provider_transaction {
    text provider, transaction_id, reference, kind, result;
    money amount_fen;
    instant happened_at;
    text payment_state; /* what the payment or refund becomes; absent: stays */
};
struct planned_refund {
    text provider, reference, payment_reference, cause;
    text county; /* absent: of no order */
    uuid order_id, outbox_id;
    money amount_fen;
};
extern const struct field provider_transaction_fields[], planned_refund_fields[];

#endif
