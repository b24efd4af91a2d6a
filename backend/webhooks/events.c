/* The types of events, and who may hear of which. A type is public: it is never renamed, and its message only gains fields. */
#include "webhooks/sending.h"

enum { FOR_SHOP = 1, FOR_UNIT = 2, FOR_COUNTY = 4 };
static const struct event_type {
    const char *name;
    unsigned owners;
} event_types[] = {
    {"order.paid", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"order.shipped", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"order.received", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"order.closed", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"order.partly_refunded", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"order.refunded", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"order.cancelled", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"order.expired", FOR_SHOP | FOR_UNIT | FOR_COUNTY},
    {"return.asked", FOR_SHOP | FOR_COUNTY},
    {"return.accepted", FOR_SHOP | FOR_COUNTY},
    {"return.refused", FOR_SHOP | FOR_COUNTY},
    {"lot.passed", FOR_SHOP | FOR_COUNTY},
    {"lot.rejected", FOR_SHOP | FOR_COUNTY},
    {"purchase_list.proposed", FOR_UNIT | FOR_COUNTY},
    {"purchase_list.approved", FOR_UNIT | FOR_COUNTY},
    {"purchase_list.refused", FOR_UNIT | FOR_COUNTY},
    {"purchase_list.closed", FOR_UNIT | FOR_COUNTY},
    {"payout_batch.proposed", FOR_COUNTY},
    {"payout_batch.approved", FOR_COUNTY},
    {"payout_batch.paid", FOR_COUNTY},
    {"payout_batch.withdrawn", FOR_COUNTY},
    {"finding.opened", FOR_COUNTY},
    {"finding.closed", FOR_COUNTY},
    {"complaint.filed", FOR_COUNTY},
    {"complaint.answered", FOR_COUNTY},
};
enum { EVENT_TYPES_COUNT = sizeof event_types / sizeof *event_types };
_Static_assert(EVENT_TYPES_COUNT <= 32, "a bit a type");

static unsigned owner_bit(text owner_kind)
{
    if (text_equal(owner_kind, TEXT("shop")))
        return FOR_SHOP;
    return text_equal(owner_kind, TEXT("unit")) ? FOR_UNIT : FOR_COUNTY;
}

static int event_find(text name, unsigned owner)
{
    for (int i = 0; i < EVENT_TYPES_COUNT; i++)
        if ((event_types[i].owners & owner) != 0 && text_equal(name, text_from(event_types[i].name)))
            return i;
    return -1;
}

text webhook_events_read(struct arena *arena, text owner_kind, text events)
{
    struct bytes list;
    uint32_t seen = 0;
    bytes_init(&list, arena, EVENT_TYPES_COUNT * 32 + 2);
    bytes_add_char(&list, '{');
    while (events.at != NULL) {
        int type = event_find(text_cut(&events, ' '), owner_bit(owner_kind));
        if (type < 0 || (seen & UINT32_C(1) << type) != 0)
            return TEXT_NONE;
        bytes_add_format(&list, "%s%s", seen == 0 ? "" : ",", event_types[type].name);
        seen |= UINT32_C(1) << type;
    }
    bytes_add_char(&list, '}');
    return bytes_text(&list);
}
