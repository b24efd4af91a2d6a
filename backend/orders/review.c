/* A buyer's review: what the public may see of the buyer is decided here, when it is written. */
#include "orders/review.h"
#include "photos.h"
#include "registry.h"

const struct field review_facts_fields[] = {
    FIELD(review_facts, order_line_id, FIELD_UUID), FIELD(review_facts, shop_id, FIELD_UUID),
    FIELD(review_facts, bought, FIELD_TEXT),        FIELD(review_facts, author, FIELD_TEXT),
    FIELD(review_facts, photos, FIELD_JSON),        FIELDS_END,
};
const struct field review_plan_fields[] = {
    FIELD(review_plan, order_line_id, FIELD_UUID), FIELD(review_plan, shop_id, FIELD_UUID),
    FIELD(review_plan, bought, FIELD_TEXT),        FIELD(review_plan, author_masked, FIELD_TEXT),
    FIELD(review_plan, photos, FIELD_JSON),        FIELDS_END,
};
const struct field review_answer_fields[] = {
    FIELD(review_plan, review_id, FIELD_COUNTY_ID),
    FIELD(review_plan, version, FIELD_COUNT),
    FIELDS_END,
};

enum problem review_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct review_facts *facts = facts_;
    struct review_plan *plan = plan_;
    (void)problems;
    *plan = (struct review_plan){
        .order_line_id = facts->order_line_id,
        .shop_id = facts->shop_id,
        .bought = facts->bought,
        .author_masked = mask_name(request->arena, facts->author),
        .photos = facts->photos,
        .version = 1,
    };
    text county = request->parameter(request, "product_county");
    plan->review_id = county_id_of(county, request->new_id);
    return PROBLEM_NONE;
}

enum problem review_photos_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    photos_bind_to(request, request->parameter(request, "product_county"),
                   uuid_format(request->arena, request->new_id));
    return PROBLEM_NONE;
}

enum problem return_photos_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    photos_bind_to(request, request->parameter(request, "order_county"), uuid_format(request->arena, request->new_id));
    return PROBLEM_NONE;
}
