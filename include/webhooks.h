/* webhooks: tells programs of shops, units and counties what happened. Whoever makes something happen inserts into webhook_events in the
   same statement; the rest is done here. Order is not promised, at least once is. */
#ifndef WEBHOOKS_H
#define WEBHOOKS_H

#include "db.h"

extern const struct route webhooks_routes[];
extern const struct job webhooks_jobs[];

#endif
