/* Step 5 of domain.md: which lots, and within them which contributions, a paid line is served from. Never serves a pack in part. */
#include "attribution.h"

#include "attribution/rules.h"

uuid id_run_next(struct id_run *ids)
{
    return uuid_nth(ids->base, ids->used++);
}

static int lot_compare(const void *a, const void *b)
{
    const struct lot_left *one = a, *other = b;
    if (one->expires_on != other->expires_on) {
        if (one->expires_on == DAY_NEVER || other->expires_on == DAY_NEVER)
            return one->expires_on == DAY_NEVER ? 1 : -1;
        return one->expires_on < other->expires_on ? -1 : 1;
    }
    return uuid_compare(one->lot_id, other->lot_id);
}

static int contribution_compare(const void *a, const void *b)
{
    const struct contribution_left *one = a, *other = b;
    if (one->position != other->position)
        return one->position < other->position ? -1 : 1;
    return uuid_compare(one->contribution_id, other->contribution_id);
}

/* The order of rows in a fact must not decide whose goods are sold. */
static void lots_sort(struct lot_left *lots, size_t lots_count)
{
    if (lots_count > 0)
        qsort(lots, lots_count, sizeof *lots, lot_compare);
    for (size_t i = 0; i < lots_count; i++)
        if (lots[i].contributions_count > 0)
            qsort(lots[i].contributions, lots[i].contributions_count, sizeof *lots[i].contributions,
                  contribution_compare);
}

static bool lot_left(const struct lot_left *lot, qty *left)
{
    *left = 0;
    for (size_t i = 0; i < lot->contributions_count; i++)
        if (!money_plus(*left, lot->contributions[i].left_qty, left))
            return false;
    return true;
}

static bool lots_left(const struct lot_left *lots, size_t lots_count, qty *left)
{
    *left = 0;
    for (size_t i = 0; i < lots_count; i++) {
        qty of_lot;
        if (!lot_left(&lots[i], &of_lot) || !money_plus(*left, of_lot, left))
            return false;
    }
    return true;
}

/* Takes `wanted` out of one lot, each contribution in proportion to what it has left. */
static enum problem lot_take(struct arena *arena, struct id_run *ids, struct lot_left *lot, qty wanted,
                             struct served_line *served)
{
    size_t count = lot->contributions_count;
    int64_t *left = arena_alloc_items(arena, count, sizeof *left);
    qty *taken = arena_alloc_items(arena, count, sizeof *taken);
    for (size_t i = 0; i < count; i++)
        left[i] = lot->contributions[i].left_qty;
    if (!money_split(wanted, left, count, taken))
        return PROBLEM_OVERFLOW;
    for (size_t i = 0; i < count; i++) {
        struct contribution_left *contribution = &lot->contributions[i];
        if (taken[i] == 0)
            continue;
        must(taken[i] > 0 && taken[i] <= contribution->left_qty);
        served->allocations[served->allocations_count++] = (struct allocation){
            .allocation_id = id_run_next(ids),
            .order_line_id = served->line->order_line_id,
            .lot_id = lot->lot_id,
            .contribution_id = contribution->contribution_id,
            .quantity_qty = taken[i],
            .from_qty = contribution->quantity_qty - contribution->left_qty,
            .contribution = contribution,
        };
        contribution->left_qty -= taken[i];
    }
    return PROBLEM_NONE;
}

static size_t contributions_total(const struct lot_left *lots, size_t lots_count)
{
    size_t total = 0;
    for (size_t i = 0; i < lots_count; i++)
        total += lots[i].contributions_count;
    return total;
}

static enum problem line_take(struct arena *arena, struct id_run *ids, struct lot_left *lots, size_t lots_count,
                              struct served_line *served)
{
    qty wanted = served->served_packs * served->line->pack_qty;
    served->allocations = arena_alloc_items(arena, contributions_total(lots, lots_count), sizeof *served->allocations);
    for (size_t i = 0; i < lots_count && wanted > 0; i++) {
        qty left;
        if (!lot_left(&lots[i], &left))
            return PROBLEM_OVERFLOW;
        if (left == 0)
            continue;
        qty taken = wanted < left ? wanted : left;
        enum problem problem = lot_take(arena, ids, &lots[i], taken, served);
        if (problem != PROBLEM_NONE)
            return problem;
        wanted -= taken;
    }
    must(wanted == 0);
    return PROBLEM_NONE;
}

static enum problem line_serve(struct arena *arena, struct id_run *ids, const struct paid_line *line,
                               struct lot_left *lots, size_t lots_count, struct served_line *served)
{
    qty left;
    must(line->packs > 0 && line->pack_qty > 0);
    if (!lots_left(lots, lots_count, &left))
        return PROBLEM_OVERFLOW;
    int64_t can_serve = left / line->pack_qty;
    *served = (struct served_line){.line = line, .served_packs = line->packs < can_serve ? line->packs : can_serve};
    served->packs_missing = line->packs - served->served_packs;
    if (!attribution_refund_of(line->line_gross_fen, line->packs, served->packs_missing, &served->refund_fen))
        return PROBLEM_OVERFLOW;
    served->gross_fen = line->line_gross_fen - served->refund_fen;
    return line_take(arena, ids, lots, lots_count, served);
}

enum problem attribution_allocate(struct arena *arena, struct id_run *ids, const struct paid_line *lines,
                                  size_t lines_count, struct lot_left *lots, size_t lots_count,
                                  struct served_line *served)
{
    lots_sort(lots, lots_count);
    for (size_t i = 0; i < lines_count; i++) {
        enum problem problem = line_serve(arena, ids, &lines[i], lots, lots_count, &served[i]);
        if (problem != PROBLEM_NONE)
            return problem;
    }
    return PROBLEM_NONE;
}
