/* Asking the provider once more for what it failed to give back. The books already say it left the escrow; only the call goes out again. */
#include "orders/refund_again.h"

const struct field refund_again_fields[] = {
    FIELD_ITEMS(refund_again, refunds, planned_refund, planned_refund_fields),
    FIELDS_END,
};

enum problem refund_again_decide(const struct request *request, const void *facts_, void *plan_,
                                 struct problems *problems)
{
    const struct refund_again *facts = facts_;
    struct refund_again *plan = plan_;
    (void)request;
    (void)problems;
    *plan = *facts;
    return facts->refunds_count > 0 ? PROBLEM_NONE : PROBLEM_WRONG_STATE;
}
