/* The demo's webhooks. Their secrets are as random as any: whoever wants to check signatures makes a new one on the page. */
#include "config.h"
#include "db.h"
#include "demo/world.h"
#include "registry.h"
#include "webhooks.h"

static text secret_of(struct world *world, text county, uuid webhook_id)
{
    struct personal_place place = webhook_secret_place(county, webhook_id);
    text secret = webhook_secret_new(world->arena);
    return personal_to_bytea(world->arena, personal_seal(config_personal_keys(), &place, secret, world->arena));
}

bool world_hook(struct world *world)
{
    struct outcome outcome = {0};
    const struct demo_shop *shop = &world->shops[0];
    text county = shop->county->code;
    uuid of_shop = world_id(world, world->now), of_county = world_id(world, world->now);
    struct db *db = db_open(world->arena, world->sink.url);
    bool done =
        db != NULL &&
        DB_RUN(db, "demo/webhooks", &outcome, {"county", county}, {"now", instant_format(world->arena, world->now)},
               {"shop_id", uuid_format(world->arena, shop->id)}, {"shop_hook_id", uuid_format(world->arena, of_shop)},
               {"shop_secret", secret_of(world, county, of_shop)},
               {"county_hook_id", uuid_format(world->arena, of_county)},
               {"county_secret", secret_of(world, county, of_county)}) == PROBLEM_NONE;
    if (db != NULL)
        db_close(db);
    return done;
}
