/* webhooks: tells programs of shops, units and counties what happened. Whoever makes something happen inserts into webhook_events in the
   same statement; the rest is done here. Order is not promised, at least once is. */
#ifndef WEBHOOKS_H
#define WEBHOOKS_H

#include "db.h"
#include "registry.h"

extern const struct route webhooks_routes[];
extern const struct job webhooks_jobs[];

text webhook_secret_new(struct arena *arena); /* whsec_… */
/* Where a secret is sealed. The one before it stays sealed in the same place when it becomes the old one. */
struct personal_place webhook_secret_place(text county, uuid webhook_id);

#endif
