/* Deciding a claw-back: never more than the household kept, nor than is payable to it now, so that nothing falls below zero. The shop, which
   was charged for it, gets what is taken. */
#include "orders/claw_back.h"

static const struct field row_fields[] = {
    FIELD(kept_row, product_id, FIELD_UUID),
    FIELD(kept_row, sold, FIELD_OBJECT, .fields = attributed_fields),
    FIELDS_END,
};
const struct field claw_back_facts_fields[] = {
    FIELD(claw_back_facts, state, FIELD_TEXT),
    FIELD(claw_back_facts, is_own, FIELD_BOOL),
    FIELD(claw_back_facts, order_id, FIELD_COUNTY_ID),
    FIELD(claw_back_facts, claw_back_id, FIELD_UUID),
    FIELD(claw_back_facts, household_id, FIELD_UUID),
    FIELD(claw_back_facts, shop_id, FIELD_UUID),
    FIELD(claw_back_facts, amount_fen, FIELD_FEN),
    FIELD(claw_back_facts, payable_fen, FIELD_FEN, .min = -INT64_C(1000000000000000), .max = INT64_C(1000000000000000)),
    FIELD_ITEMS(claw_back_facts, rows, kept_row, row_fields, .max = 100000),
    FIELDS_END,
};
const struct field claw_back_body_fields[] = {
    FIELD(claw_back_body, accepted, FIELD_BOOL),
    FIELD(claw_back_body, answer, FIELD_TEXT, .min = 1, .max = 500, .optional = true),
    FIELDS_END,
};

static void due_plan(struct planning *planning, const struct claw_back_facts *facts, struct planned_due due)
{
    due.county = text_from(facts->order_id.county);
    due.due_id = id_run_next(&planning->ids);
    due.order_id = facts->order_id.id;
    due.state = TEXT("payable");
    *PLAN_ADD(planning, dues) = due;
}

static void row_plan(struct planning *planning, const struct claw_back_facts *facts, uuid product_id,
                     struct attribution *row)
{
    *PLAN_ADD(planning, tagged) = (struct planned_tag){
        .county = text_from(facts->order_id.county),
        .order_id = facts->order_id.id,
        .shop_id = facts->shop_id,
        .product_id = product_id,
        .attributions = row,
        .attributions_count = 1,
    };
    due_plan(planning, facts,
             (struct planned_due){.payee_kind = TEXT("household"),
                                  .payee_id = facts->household_id,
                                  .source_kind = TEXT("claw_back"),
                                  .attribution_id = row->attribution_id,
                                  .amount_fen = row->due_fen});
}

/* Row after row gives what is kept of it, until the amount is reached; answers what no row had left. */
static money rows_plan(struct planning *planning, const struct claw_back_facts *facts)
{
    money left = facts->amount_fen;
    for (size_t i = 0; i < facts->rows_count && left > 0; i++) {
        struct attribution *row = arena_alloc_items(planning->arena, 1, sizeof *row);
        if (!attribution_claw_back(&facts->rows[i].sold, left, &planning->ids, row))
            continue;
        left += row->due_fen;
        row_plan(planning, facts, facts->rows[i].product_id, row);
    }
    return left;
}

static enum problem take(struct planning *planning, const struct claw_back_facts *facts)
{
    struct transfer_plan transfer;
    if (rows_plan(planning, facts) > 0)
        return PROBLEM_CONFLICT;
    due_plan(planning, facts,
             (struct planned_due){.payee_kind = TEXT("shop"),
                                  .payee_id = facts->shop_id,
                                  .source_kind = TEXT("charge"),
                                  .amount_fen = facts->amount_fen});
    enum problem problem = ledger_claw_back(planning->arena, id_run_next(&planning->ids), facts->claw_back_id,
                                            facts->household_id, facts->shop_id, facts->amount_fen, &transfer);
    if (problem == PROBLEM_NONE)
        plan_transfer(planning, text_from(facts->order_id.county), &transfer);
    return problem;
}

enum problem claw_back_decide(const struct request *request, const void *facts_, void *plan, struct problems *problems)
{
    const struct claw_back_body *body = request->body;
    const struct claw_back_facts *facts = facts_;
    struct planning planning = {.arena = request->arena, .plan = plan, .ids = {.base = uuid_nth(request->new_id, 1)}};
    if (facts->is_own)
        return PROBLEM_OWN_ENTRY;
    if (!text_equal(facts->state, TEXT("proposed")))
        return PROBLEM_WRONG_STATE;
    planning.plan->result = body->accepted ? TEXT("taken") : TEXT("refused");
    if (!body->accepted)
        return PROBLEM_NONE;
    if (facts->amount_fen > facts->payable_fen) {
        problems_add(problems, TEXT("/accepted"), "more-than-payable",
                     text_format(request->arena, "%lld", (long long)facts->payable_fen));
        return PROBLEM_INVALID;
    }
    return take(&planning, facts);
}
