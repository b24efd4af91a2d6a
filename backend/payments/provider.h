/* Inside payments: the adapters, how they sign and how they call out. */
#ifndef PAYMENTS_PROVIDER_H
#define PAYMENTS_PROVIDER_H

#include "payments.h"

struct payments_settings {
    bool simulator;
    text simulator_secret; /* what it signs with */
    text own_address;      /* "http://127.0.0.1:8080": where the simulator is, and where it calls */
};
/* From the configuration, read once. */
const struct payments_settings *payments_settings(void);
extern const struct payment_provider simulator_provider;

/* HMAC-SHA256 over "<unix seconds>.<body>", hex, in X-Signature beside X-Timestamp. */
#define SIGNATURE_AGE_S_MAX 300
text signature_of(struct arena *arena, text secret, text timestamp, text body);
/* In constant time; refuses a timestamp too old or too far ahead, so a recorded call can't be sent again later. */
bool signature_is_good(const struct request *request, text secret);

/* POSTs a signed JSON body to our own address or a provider's; blocking. False with the reason when it was not taken (2xx). */
MUST_USE bool call_post(struct arena *arena, text url, text secret, text body, instant now, text *why);

struct simulator_body {
    text outcome;
    int64_t duplicates, delay_ms;
    money amount_fen; /* 0: what was asked */
    text transaction_id;
};
struct simulator_facts {
    money amount_fen;
};
struct outbox_row {
    uuid outbox_id;
    text kind, payload;
    instant due_at;
};
struct simulator_plan {
    text transaction_id;
    int64_t callbacks;
    struct outbox_row *outbox;
    size_t outbox_count;
};
struct simulator_refund_body {
    text reference, payment_reference, outcome;
    money amount_fen;
};
decide_function simulator_pay_decide, simulator_refund_decide, simulator_refund_verify;
extern const struct field simulator_body_fields[], simulator_facts_fields[], simulator_plan_fields[],
    simulator_answer_fields[], simulator_refund_fields[];

#endif
