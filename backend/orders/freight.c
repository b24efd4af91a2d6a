/* Freight: the longest prefix of the destination in the shop's table, a first weight and steps beyond it. */
#include "orders/freight.h"

bool county_id_equal(const county_id *a, const county_id *b)
{
    return memcmp(a->county, b->county, 6) == 0 && uuid_equal(a->id, b->id);
}

const struct freight_rule *freight_rule_find(const struct freight_rule *rules, size_t count, const county_id *shop_id)
{
    const struct freight_rule *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (county_id_equal(&rules[i].shop_id, shop_id) &&
            (best == NULL || rules[i].destination.length > best->destination.length))
            best = &rules[i];
    return best;
}

bool freight_weight(__int128 microgrammes, int64_t *weight_g)
{
    __int128 grammes = (microgrammes + 999999) / 1000000;
    *weight_g = (int64_t)grammes;
    return grammes <= INT64_MAX;
}

bool freight_of_weight(const struct freight_rule *rule, int64_t weight_g, money *freight)
{
    int64_t over_g = weight_g > rule->first_g ? weight_g - rule->first_g : 0;
    int64_t steps = over_g / rule->further_g + (over_g % rule->further_g > 0);
    money further;
    return money_times(rule->further_fen, steps, &further) && money_plus(rule->first_fen, further, freight);
}
