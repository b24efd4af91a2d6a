/* Building plans of money: lists that grow, dues of rows, refunds. Knows no fact; decides nothing. */
#include "orders/plan.h"

void *plan_room(struct arena *arena, void **items, size_t *count, size_t *room, size_t item_size)
{
    if (*count == *room) {
        size_t wider = *room == 0 ? 8 : *room * 2;
        void *fresh = arena_alloc_items(arena, wider, item_size);
        if (*count > 0)
            memcpy(fresh, *items, *count * item_size);
        *items = fresh;
        *room = wider;
    }
    return (char *)*items + (*count)++ * item_size;
}

void plan_transfer(struct planning *planning, text county, const struct transfer_plan *transfer)
{
    if (transfer->entries_count == 0)
        return;
    *PLAN_ADD(planning, transfers) = (struct planned_transfer){
        .county = county,
        .kind = transfer->kind,
        .reference = transfer->reference,
        .transfer_id = transfer->transfer_id,
        .entries = transfer->entries,
        .entries_count = transfer->entries_count,
    };
}

static const uuid county_own; /* all zero */

static void due_add(struct planning *planning, struct planned_due due)
{
    if (due.amount_fen == 0)
        return;
    due.due_id = id_run_next(&planning->ids);
    *PLAN_ADD(planning, dues) = due;
}

/* Goods of a household are owed to it, what an organisation keeps and goods of others to the supplier. */
static void row_due(struct planning *planning, struct planned_due due, const struct attribution *row)
{
    bool of_household = !uuid_is_zero(row->household_id);
    due.payee_kind = of_household ? TEXT("household") : TEXT("supplier");
    due.payee_id = of_household ? row->household_id : row->supplier_id;
    due.attribution_id = row->attribution_id;
    due.amount_fen = row->due_fen;
    due_add(planning, due);
}

void plan_dues(struct planning *planning, const county_id *order_id, uuid shop_id, text source_kind, text state,
               const struct attribution *rows, size_t rows_count, money freight)
{
    bool is_sale = text_equal(source_kind, TEXT("sale"));
    bool released = text_equal(state, TEXT("payable"));
    struct planned_due due = {
        .county = text_from(order_id->county), .order_id = order_id->id, .source_kind = source_kind, .state = state};
    money margin = 0, fee = 0, charged = 0;
    for (size_t i = 0; i < rows_count; i++) {
        row_due(planning, due, &rows[i]);
        margin += rows[i].margin_fen + rows[i].charged_fen;
        charged += rows[i].charged_fen;
        fee += rows[i].fee_fen;
        freight += rows[i].freight_fen;
    }
    due.payee_id = shop_id;
    due.payee_kind = TEXT("shop");
    due.source_kind = is_sale ? TEXT("margin") : source_kind;
    due.amount_fen = margin;
    due_add(planning, due);
    due.source_kind = TEXT("charge");
    due.amount_fen = -charged;
    due_add(planning, due);
    /* After release the ledger lets the shop itself answer for freight given back. */
    due.payee_kind = released ? TEXT("shop") : TEXT("freight");
    due.source_kind = is_sale ? TEXT("freight") : source_kind;
    due.amount_fen = freight;
    due_add(planning, due);
    due.payee_kind = TEXT("platform");
    due.payee_id = county_own;
    due.source_kind = is_sale ? TEXT("fee") : source_kind;
    due.amount_fen = fee;
    due_add(planning, due);
}

uuid plan_refund(struct planning *planning, text provider, text payment_reference, const county_id *order_id,
                 money amount, text cause)
{
    uuid refund_id = id_run_next(&planning->ids);
    *PLAN_ADD(planning, refunds) = (struct planned_refund){
        .provider = provider,
        .reference = uuid_format(planning->arena, refund_id),
        .payment_reference = payment_reference,
        .cause = cause,
        .county = order_id == NULL ? TEXT_NONE : text_from(order_id->county),
        .order_id = order_id == NULL ? county_own : order_id->id,
        .outbox_id = id_run_next(&planning->ids),
        .amount_fen = amount,
    };
    return refund_id;
}
