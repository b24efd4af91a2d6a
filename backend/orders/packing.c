/* Packing: one statement serves both marks, so that they can never disagree about what a mark means. */
#include "orders/packing.h"

const struct field pack_fields[] = {
    FIELD_NAMED("mark_id", FIELD_UUID),
    FIELD_NAMED("packed_at", FIELD_INSTANT, .optional = true),
    FIELDS_END,
};
const struct field unpack_fields[] = {
    FIELD_NAMED("mark_id", FIELD_UUID),
    FIELDS_END,
};

enum problem pack_prepare(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "packed", TEXT("true"));
    return PROBLEM_NONE;
}

enum problem unpack_prepare(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "packed", TEXT("false"));
    return PROBLEM_NONE;
}
