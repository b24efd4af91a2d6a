/* What the files of webhooks share. */
#ifndef WEBHOOKS_SENDING_H
#define WEBHOOKS_SENDING_H

#include <sys/socket.h>

#include "webhooks.h"

/* ---- Addresses: where messages may go. ---- */
enum { WEBHOOK_ADDRESS_CHARACTERS_MAX = 300 };
/* NULL: fine; otherwise the public code of what is wrong with it. `loopback`: plain HTTP and this machine are allowed, for trying out. */
const char *webhook_address_fault(text address, bool loopback);
/* Whether a resolved address belongs to the open internet: never to this machine, its network, or what only pretends to be elsewhere. */
bool webhook_peer_is_allowed(const struct sockaddr *peer, bool loopback);
bool webhook_loopback_is_allowed(void);

/* ---- Signatures: Standard Webhooks, "v1,…" over id.timestamp.body. ---- */
/* TEXT_NONE when the secret has not the form whsec_ + base64 of 24 to 64 bytes. */
text webhook_signature(struct arena *arena, text secret, text id, text timestamp, text body);

/* ---- What becomes of a delivery. ---- */
enum webhook_outcome {
    WEBHOOK_TAKEN,
    WEBHOOK_REFUSED,
    WEBHOOK_REDIRECTED,
    WEBHOOK_GONE,
    WEBHOOK_TIMEOUT,
    WEBHOOK_TOO_BIG,
    WEBHOOK_ADDRESS_FORBIDDEN,
    WEBHOOK_UNREACHABLE,
    WEBHOOK_OUTCOMES_COUNT
};
extern const char *const webhook_outcome_words[WEBHOOK_OUTCOMES_COUNT];
enum webhook_outcome webhook_outcome_of_status(long status);
/* Seconds until the attempt after `attempt` (the first is 1); 0: given up. */
int64_t webhook_delay_s(enum webhook_outcome outcome, int64_t attempt);

/* ---- Events one may ask for. ---- */
/* "order.paid order.shipped" → PostgreSQL text[]; TEXT_NONE when one is none of this owner's. */
text webhook_events_read(struct arena *arena, text owner_kind, text events);

/* ---- Calls under way: never waits for one. ---- */
struct webhook_message {
    text county, address, body, timestamp, signatures; /* signatures: "v1,… v1,…" */
    uuid webhook_id, event_id;
    int64_t attempt, before; /* before: attempts made before it was last sent anew by hand */
};
struct webhook_answer {
    text county;
    uuid webhook_id, event_id;
    int64_t attempt, before, status, took_ms;
    enum webhook_outcome outcome;
};
enum { WEBHOOK_CALLS_MAX = 64 };
size_t webhook_calls_free(void);
void webhook_call_begin(const struct webhook_message *message);
/* Moves all calls on, waiting at most wait_ms; answers those that ended, at most WEBHOOK_CALLS_MAX. */
size_t webhook_calls_ended(struct webhook_answer *answers, int64_t wait_ms, struct arena *arena);

#endif
