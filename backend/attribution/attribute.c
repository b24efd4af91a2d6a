/* Step 6 of domain.md: one served line's money onto its allocations, and an organisation's part on to its member households.
   Due and tag are two things: what is owed never depends on whether it counts. */
#include "attribution/rules.h"

/* One allocation's part of the line's money. */
struct piece {
    const struct allocation *allocation;
    const struct supplier *supplier;
    money gross, fee, freight, due, goods_cost;
};
struct rows {
    struct arena *arena;
    struct id_run *ids;
    instant sold_at;
    struct attribution *at;
    size_t count;
};

static const struct supplier *supplier_find(const struct supplier *suppliers, size_t count, uuid supplier_id)
{
    for (size_t i = 0; i < count; i++)
        if (uuid_equal(suppliers[i].supplier_id, supplier_id))
            return &suppliers[i];
    must_failed("every contribution's supplier is among the facts", __FILE__, __LINE__);
}

/* Splits the line's three sums over its allocations by quantity. */
static bool pieces_split(struct arena *arena, const struct served_line *served, struct piece *pieces)
{
    size_t count = served->allocations_count;
    int64_t *weights = arena_alloc_items(arena, count, sizeof *weights);
    money *gross = arena_alloc_items(arena, count, sizeof *gross),
          *fees = arena_alloc_items(arena, count, sizeof *fees),
          *freights = arena_alloc_items(arena, count, sizeof *freights);
    money fee, freight;
    for (size_t i = 0; i < count; i++)
        weights[i] = served->allocations[i].quantity_qty;
    if (!money_ratio(served->gross_fen, served->line->platform_fee_ppm, PPM_WHOLE, &fee) ||
        !money_ratio(served->line->shop_freight_fen, served->served_packs, served->line->packs, &freight) ||
        !money_split(served->gross_fen, weights, count, gross) || !money_split(fee, weights, count, fees) ||
        !money_split(freight, weights, count, freights))
        return false;
    for (size_t i = 0; i < count; i++)
        pieces[i] = (struct piece){
            .allocation = &served->allocations[i], .gross = gross[i], .fee = fees[i], .freight = freights[i]};
    return true;
}

/* Bought goods were owed when the lot passed: the sale tags the household and posts no second due. */
static enum problem piece_owe(struct piece *piece)
{
    const struct allocation *allocation = piece->allocation;
    bool bought = text_equal(allocation->contribution->mode, TEXT("bought"));
    money owed, net;
    if (!money_minus(piece->gross, piece->fee, &net) || !money_minus(net, piece->freight, &net))
        return PROBLEM_OVERFLOW;
    enum problem problem =
        attribution_due(allocation->contribution, allocation->from_qty, allocation->quantity_qty, net, &owed);
    *(bought ? &piece->goods_cost : &piece->due) = owed;
    return problem;
}

/* A piece's amounts that are shared out, in one order. */
enum { SHARED_QTY, SHARED_GROSS, SHARED_DUE, SHARED_FEE, SHARED_FREIGHT, SHARED_GOODS_COST, SHARED_COUNT };

static bool row_add(struct rows *rows, const struct piece *piece, const struct beneficiary *household,
                    const int64_t *part)
{
    const struct allocation *allocation = piece->allocation;
    struct tag tag = household == NULL ? (struct tag){.reason = "not_household"}
                                       : tag_of(household, allocation->contribution->delivered_on, rows->sold_at);
    struct attribution row = {
        .attribution_id = id_run_next(rows->ids),
        .allocation_id = allocation->allocation_id,
        .order_line_id = allocation->order_line_id,
        .contribution_id = allocation->contribution_id,
        .supplier_id = piece->supplier->supplier_id,
        .kind = TEXT("sale"),
        .supplier_kind = piece->supplier->kind,
        .area_code = household == NULL ? piece->supplier->area_code : household->area_code,
        .quantity_qty = part[SHARED_QTY],
        .gross_fen = part[SHARED_GROSS],
        .due_fen = part[SHARED_DUE],
        .fee_fen = part[SHARED_FEE],
        .freight_fen = part[SHARED_FREIGHT],
        .goods_cost_fen = part[SHARED_GOODS_COST],
        .counted = tag.counted,
        .reason = tag.reason == NULL ? TEXT_NONE : text_from(tag.reason),
        .status = household == NULL ? TEXT("never_registered") : household->status,
        .mode = allocation->contribution->mode,
        .rule_version = piece->supplier->rule_version,
    };
    if (household != NULL)
        row.household_id = household->household_id;
    if (tag.agreement != NULL) {
        row.agreement_id = tag.agreement->agreement_id;
        row.agreement_version = tag.agreement->agreement_version;
    }
    money costs;
    if (!money_plus(row.due_fen, row.fee_fen, &costs) || !money_plus(costs, row.freight_fen, &costs) ||
        !money_minus(row.gross_fen, costs, &row.margin_fen))
        return false;
    rows->at[rows->count++] = row;
    return true;
}

static bool part_is_nothing(const int64_t *part)
{
    for (size_t i = 0; i < SHARED_COUNT; i++)
        if (part[i] != 0)
            return false;
    return true;
}

/* A household shares with nobody; an organisation without a rule in force keeps all. */
static struct distribution_rule supplier_rule(struct arena *arena, const struct supplier *supplier)
{
    if (text_equal(supplier->kind, TEXT("household")))
        return distribution_rule_of_sale(arena, TEXT("per_head"), 0);
    if (supplier->rule_kind.at == NULL)
        return (struct distribution_rule){0};
    return distribution_rule_of_sale(arena, supplier->rule_kind, supplier->retain_ppm);
}

static const struct distribution_member *supplier_members(struct arena *arena, const struct supplier *supplier)
{
    struct distribution_member *members = arena_alloc_items(arena, supplier->beneficiaries_count, sizeof *members);
    for (size_t i = 0; i < supplier->beneficiaries_count; i++)
        members[i] = (struct distribution_member){.household_id = supplier->beneficiaries[i].household_id,
                                                  .area_code = supplier->beneficiaries[i].area_code,
                                                  .shares = supplier->beneficiaries[i].shares};
    return members;
}

/* Members first by their weights, then what the organisation retains: each amount is a pool, shared by the same rule. */
static bool piece_attribute(struct rows *rows, const struct piece *piece)
{
    const struct supplier *supplier = piece->supplier;
    size_t members_count = supplier->beneficiaries_count;
    const int64_t whole[SHARED_COUNT] = {
        piece->allocation->quantity_qty, piece->gross, piece->due, piece->fee, piece->freight, piece->goods_cost};
    struct distribution_rule rule = supplier_rule(rows->arena, supplier);
    const struct distribution_member *members = supplier_members(rows->arena, supplier);
    int64_t kept[SHARED_COUNT], (*parts)[SHARED_COUNT] = arena_alloc_items(rows->arena, members_count, sizeof *parts);
    for (size_t i = 0; i < SHARED_COUNT; i++) {
        struct distribution shared;
        const struct distribution_pool pool = {.pool_fen = whole[i]};
        if (distribution_evaluate(rows->arena, &rule, &pool, members, members_count, &shared) != PROBLEM_NONE)
            return false;
        kept[i] = shared.organisation_fen;
        for (size_t m = 0; m < members_count; m++)
            parts[m][i] = shared.lines[m].amount_fen;
    }
    for (size_t m = 0; m < members_count; m++)
        if (!part_is_nothing(parts[m]) && !row_add(rows, piece, &supplier->beneficiaries[m], parts[m]))
            return false;
    return part_is_nothing(kept) || row_add(rows, piece, NULL, kept);
}

static size_t rows_most(const struct piece *pieces, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += pieces[i].supplier->beneficiaries_count + 1;
    return most;
}

static int beneficiary_compare(const void *a, const void *b)
{
    const struct beneficiary *one = a, *other = b;
    return uuid_compare(one->household_id, other->household_id);
}

/* A copy in household order: the odd fen must not depend on the order of rows in a fact. */
static const struct supplier *supplier_sorted(struct arena *arena, const struct supplier *supplier)
{
    struct supplier *sorted = arena_alloc(arena, sizeof *sorted);
    *sorted = *supplier;
    size_t count = supplier->beneficiaries_count;
    if (count < 2)
        return sorted;
    sorted->beneficiaries = arena_alloc_items(arena, count, sizeof *sorted->beneficiaries);
    memcpy(sorted->beneficiaries, supplier->beneficiaries, count * sizeof *sorted->beneficiaries);
    qsort(sorted->beneficiaries, count, sizeof *sorted->beneficiaries, beneficiary_compare);
    return sorted;
}

enum problem attribution_attribute(struct arena *arena, struct id_run *ids, const struct served_line *served,
                                   instant sold_at, const struct supplier *suppliers, size_t suppliers_count,
                                   struct attribution **rows, size_t *rows_count)
{
    size_t count = served->allocations_count;
    *rows = NULL;
    *rows_count = 0;
    if (count == 0)
        return PROBLEM_NONE;
    struct piece *pieces = arena_alloc_items(arena, count, sizeof *pieces);
    if (!pieces_split(arena, served, pieces))
        return PROBLEM_OVERFLOW;
    for (size_t i = 0; i < count; i++) {
        uuid supplier_id = pieces[i].allocation->contribution->supplier_id;
        pieces[i].supplier = supplier_sorted(arena, supplier_find(suppliers, suppliers_count, supplier_id));
        enum problem problem = piece_owe(&pieces[i]);
        if (problem != PROBLEM_NONE)
            return problem;
    }
    struct rows into = {.arena = arena, .ids = ids, .sold_at = sold_at};
    into.at = arena_alloc_items(arena, rows_most(pieces, count), sizeof *into.at);
    for (size_t i = 0; i < count; i++)
        if (!piece_attribute(&into, &pieces[i]))
            return PROBLEM_OVERFLOW;
    *rows = into.at;
    *rows_count = into.count;
    return PROBLEM_NONE;
}
