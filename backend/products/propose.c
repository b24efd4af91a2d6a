/* Proposing and changing a product: the search terms are computed here, once, when its name changes. */
#include "base.h"
#include "base/words.h"
#include "products.h"

static text product_words(struct arena *arena, text name)
{
    struct words words = words_of_listing(arena, &name, 1);

    return words_to_array(arena, words);
}

enum problem product_propose_decide(const struct request *request, const void *facts_, void *plan_,
                                    struct problems *problems)
{
    const struct product_body *body = request->body;
    const struct product_facts *facts = facts_;
    struct product_plan *plan = plan_;

    if (facts->base_unit.at == NULL) {
        problems_add(problems, TEXT("/category_code"), "not-found", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    plan->product_id = county_id_of(request->parameter(request, "shop_county"), request->new_id);
    plan->base_unit = facts->base_unit;
    plan->words = product_words(request->arena, body->name);
    plan->version = 1;
    return PROBLEM_NONE;
}

enum problem product_change_decide(const struct request *request, const void *facts_, void *plan_,
                                   struct problems *problems)
{
    const struct product_body *body = request->body;
    const struct product_facts *facts = facts_;
    struct product_plan *plan = plan_;

    uuid product_id;

    (void)problems;
    must(uuid_parse(request->parameter(request, "product_id"), &product_id));
    plan->product_id = county_id_of(request->parameter(request, "product_county"), product_id);
    plan->words = product_words(request->arena, body->name.at != NULL ? body->name : facts->name);
    plan->version = facts->version + 1;
    return PROBLEM_NONE;
}
