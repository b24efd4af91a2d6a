/* Which parcels a sheet is for. An id of another county can't be of this shop: it is refused like one that is no id. */
#include "orders/parcels.h"

const struct field parcels_query[] = {
    FIELD_NAMED("orders", FIELD_TEXT, .min = 1, .max = PARCELS_MAX * 44, .optional = true),
    FIELDS_END,
};
static const struct field waybill_fields[] = {
    FIELD_NAMED("order_id", FIELD_COUNTY_ID),
    FIELDS_END,
};
const struct field waybills_fields[] = {
    FIELD_NAMED("orders", FIELD_LIST, .fields = waybill_fields, .min = 1, .max = PARCELS_MAX),
    FIELDS_END,
};

enum problem parcels_prepare(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    text rest = request->parameter(request, "orders"), county = request->parameter(request, "shop_county");
    struct bytes ids;
    county_id id;
    (void)facts;
    (void)plan;
    if (rest.length == 0)
        return PROBLEM_NONE;
    bytes_init(&ids, request->arena, rest.length + 2);
    bytes_add_char(&ids, '{');
    while (rest.length > 0) {
        if (!county_id_parse(text_cut(&rest, ','), &id) || !text_equal(text_from(id.county), county)) {
            problems_add(problems, TEXT("/orders"), "not-an-id", TEXT_NONE);
            return PROBLEM_INVALID;
        }
        bytes_add(&ids, uuid_format(request->arena, id.id));
        bytes_add_char(&ids, rest.length > 0 ? ',' : '}');
    }
    request->bind(request, "order_ids", bytes_text(&ids));
    return PROBLEM_NONE;
}
