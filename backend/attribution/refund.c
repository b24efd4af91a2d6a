/* Refunds of a line: what is refunded so far is split anew and the difference posted, never a refund split on its own, so any series
   of refunds ends to the fen where one refund of their sum would. Rows are added, none is changed. */
#include "attribution/rules.h"

bool attribution_refund_of(money gross, int64_t packs, int64_t refunded_packs, money *refunded)
{
    return money_ratio(gross, refunded_packs, packs, refunded);
}

bool attribution_cause_spares_due(text cause)
{
    return text_equal(cause, TEXT("transport")) || text_equal(cause, TEXT("shop"));
}

/* How much of the line stays sold, as fractions. */
struct fraction {
    int64_t kept, whole;
};
struct kept {
    struct fraction packs, money, due;
};

static money sold_gross(const struct attributed *sold, size_t count)
{
    money gross = 0;
    for (size_t i = 0; i < count; i++)
        if (!money_plus(gross, sold[i].row.gross_fen, &gross))
            return -1;
    return gross;
}

/* Packs that went back take their due with them, whoever is to blame: they are not sold. Money given back for goods the buyer keeps
   touches the due only when the goods were at fault. */
static enum problem refund_keeps(const struct line_refund *refund, money gross, struct kept *kept)
{
    money of_packs, of_due;
    if (gross < 0 || !attribution_refund_of(gross, refund->served_packs, refund->refunded_packs, &of_packs))
        return PROBLEM_OVERFLOW;
    bool all_packs = refund->refunded_packs == refund->served_packs;
    bool sound = refund->refunded_packs >= 0 && refund->refunded_packs <= refund->served_packs &&
                 refund->refunded_fen >= 0 && refund->refunded_fen <= gross && refund->spared_fen >= 0 &&
                 refund->spared_fen <= refund->refunded_fen && (!all_packs || refund->refunded_fen == gross);
    if (!sound)
        return PROBLEM_INVALID;
    of_due = refund->refunded_fen - refund->spared_fen;
    if (of_due < of_packs)
        of_due = of_packs < refund->refunded_fen ? of_packs : refund->refunded_fen;
    if (all_packs)
        of_due = gross;
    kept->packs = (struct fraction){refund->served_packs - refund->refunded_packs, refund->served_packs};
    /* A line given away for nothing has no money to measure by. */
    kept->money = gross == 0 ? kept->packs : (struct fraction){gross - refund->refunded_fen, gross};
    kept->due = gross == 0 ? kept->packs : (struct fraction){gross - of_due, gross};
    return PROBLEM_NONE;
}

/* One kind of amount over all rows: how it stood when sold, and what of it is to be reversed by now. */
typedef int64_t amount_of(const struct attribution *row);
static int64_t qty_of(const struct attribution *row)
{
    return row->quantity_qty;
}
static int64_t gross_of(const struct attribution *row)
{
    return row->gross_fen;
}
static int64_t due_of(const struct attribution *row)
{
    return row->due_fen;
}
static int64_t fee_of(const struct attribution *row)
{
    return row->fee_fen;
}
static int64_t freight_of(const struct attribution *row)
{
    return row->freight_fen;
}

static bool reversed_split(struct arena *arena, const struct attributed *sold, size_t count, amount_of *amount,
                           struct fraction fraction, int64_t *reversed)
{
    int64_t *weights = arena_alloc_items(arena, count, sizeof *weights), total = 0, kept;
    for (size_t i = 0; i < count; i++) {
        weights[i] = amount(&sold[i].row);
        if (!money_plus(total, weights[i], &total))
            return false;
    }
    if (!money_ratio(total, fraction.kept, fraction.whole, &kept) || !split_or_none(kept, weights, count, reversed))
        return false;
    for (size_t i = 0; i < count; i++)
        reversed[i] = weights[i] - reversed[i];
    return true;
}

/* Cumulative reversals of every row, one array a kind. */
struct reversed {
    int64_t *qty, *gross, *due, *fee, *freight;
};

static bool reversed_all(struct arena *arena, const struct attributed *sold, size_t count, const struct kept *kept,
                         struct reversed *reversed)
{
    const struct {
        amount_of *amount;
        struct fraction fraction;
        int64_t **into;
    } kinds[] = {
        {qty_of, kept->packs, &reversed->qty},         {gross_of, kept->money, &reversed->gross},
        {due_of, kept->due, &reversed->due},           {fee_of, kept->money, &reversed->fee},
        {freight_of, kept->money, &reversed->freight},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *kinds[i].into = arena_alloc_items(arena, count, sizeof(int64_t));
        if (!reversed_split(arena, sold, count, kinds[i].amount, kinds[i].fraction, *kinds[i].into))
            return false;
    }
    return true;
}

/* The difference between what is to be reversed of row i by now and what earlier refunds reversed; `charge` is the part of its due
   that stays with the household because it is settled, and that the shop's margin gives instead. */
static struct attribution row_reverse(const struct attributed *sold, const struct reversed *to, size_t i, money *charge)
{
    money due = to->due[i] - sold->reversed_due_fen - sold->charged_fen;
    *charge = sold->due_is_settled ? due : 0;
    struct attribution row = sold->row;
    row.kind = TEXT("refund");
    row.reverses_id = sold->row.attribution_id;
    row.quantity_qty = sold->reversed_qty - to->qty[i];
    row.gross_fen = sold->reversed_gross_fen - to->gross[i];
    row.due_fen = *charge - due;
    row.fee_fen = sold->reversed_fee_fen - to->fee[i];
    row.freight_fen = sold->reversed_freight_fen - to->freight[i];
    row.margin_fen = row.gross_fen - row.due_fen - row.fee_fen - row.freight_fen;
    row.charged_fen = *charge;
    row.goods_cost_fen = 0; /* bought goods that come back were bought all the same */
    return row;
}

static bool row_changes_nothing(const struct attribution *row)
{
    return row->quantity_qty == 0 && row->gross_fen == 0 && row->due_fen == 0 && row->fee_fen == 0 &&
           row->freight_fen == 0 && row->margin_fen == 0 && row->charged_fen == 0;
}

static money sold_refunded(const struct attributed *sold, size_t count)
{
    money refunded = 0;
    for (size_t i = 0; i < count; i++)
        refunded += sold[i].reversed_gross_fen;
    return refunded;
}

enum problem attribution_refund(struct arena *arena, struct id_run *ids, const struct line_refund *refund,
                                const struct attributed *sold, size_t sold_count, struct refund_plan *plan)
{
    struct kept kept;
    struct reversed reversed;
    *plan = (struct refund_plan){0};
    if (sold_count == 0 || refund->served_packs <= 0)
        return PROBLEM_INVALID;
    enum problem problem = refund_keeps(refund, sold_gross(sold, sold_count), &kept);
    if (problem != PROBLEM_NONE)
        return problem;
    plan->refund_fen = refund->refunded_fen - sold_refunded(sold, sold_count);
    if (plan->refund_fen < 0)
        return PROBLEM_INVALID;
    if (!reversed_all(arena, sold, sold_count, &kept, &reversed))
        return PROBLEM_OVERFLOW;
    plan->rows = arena_alloc_items(arena, sold_count, sizeof *plan->rows);
    for (size_t i = 0; i < sold_count; i++) {
        money charge;
        struct attribution row = row_reverse(&sold[i], &reversed, i, &charge);
        plan->charge_shop_fen += charge;
        if (row_changes_nothing(&row))
            continue;
        row.attribution_id = id_run_next(ids);
        plan->rows[plan->rows_count++] = row;
    }
    plan->need_finding = plan->charge_shop_fen > 0;
    return PROBLEM_NONE;
}

bool attribution_claw_back(const struct attributed *sold, money amount, struct id_run *ids, struct attribution *row)
{
    money taken = amount < sold->charged_fen ? amount : sold->charged_fen;
    if (taken <= 0)
        return false;
    *row = sold->row;
    row->kind = TEXT("refund");
    row->attribution_id = id_run_next(ids);
    row->reverses_id = sold->row.attribution_id;
    row->quantity_qty = 0;
    row->gross_fen = row->fee_fen = row->freight_fen = row->goods_cost_fen = 0;
    row->due_fen = -taken;
    row->margin_fen = taken;
    row->charged_fen = -taken;
    return true;
}
