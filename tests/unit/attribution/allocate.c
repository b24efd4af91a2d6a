/* Allocation: first expired first out, in proportion inside a lot, whole packs, never more than is left. */
#include "sale.h"

#define ROUNDS 2000

static struct served_line serve_one(struct arena *arena, struct paid_line *line, struct lot_left *lots,
                                    size_t lots_count)
{
    struct sale sale = {.lines = line, .lines_count = 1, .lots = lots, .lots_count = lots_count};
    return *sale_serve(arena, &sale);
}

Test(allocate, first_expired_goes_first_and_no_expiry_last)
{
    SCRATCH(arena);
    struct contribution_left of_never = a_contribution(.contribution_id = id_of(1)),
                             of_late = a_contribution(.contribution_id = id_of(2)),
                             of_soon = a_contribution(.contribution_id = id_of(3));
    struct lot_left lots[] = {
        {id_of(11), 0, &of_never, 1}, {id_of(12), 20600, &of_late, 1}, {id_of(13), 20500, &of_soon, 1}};
    struct paid_line line = {.packs = 5, .pack_qty = 500, .line_gross_fen = 5000};
    struct served_line served = serve_one(arena, &line, lots, 3);
    cr_assert_eq(served.allocations_count, 3);
    cr_assert(uuid_equal(served.allocations[0].lot_id, id_of(13)) && served.allocations[0].quantity_qty == 1000);
    cr_assert(uuid_equal(served.allocations[1].lot_id, id_of(12)) && served.allocations[1].quantity_qty == 1000);
    cr_assert(uuid_equal(served.allocations[2].lot_id, id_of(11)) && served.allocations[2].quantity_qty == 500);
}

/* features.md §4.9: 7 kg out of 120 000, 100 500 and 79 500 g. */
Test(allocate, contributions_serve_in_proportion_to_what_they_have_left)
{
    SCRATCH(arena);
    struct contribution_left parts[] = {
        a_contribution(.contribution_id = id_of(1), .position = 1, .quantity_qty = 120000, .left_qty = 120000),
        a_contribution(.contribution_id = id_of(2), .position = 2, .quantity_qty = 100500, .left_qty = 100500),
        a_contribution(.contribution_id = id_of(3), .position = 3, .quantity_qty = 79500, .left_qty = 79500)};
    struct lot_left lot = {id_of(11), 0, parts, 3};
    struct paid_line line = {.packs = 7, .pack_qty = 1000, .line_gross_fen = 26600};
    struct served_line served = serve_one(arena, &line, &lot, 1);
    const qty expected[] = {2800, 2345, 1855};
    for (size_t i = 0; i < 3; i++)
        cr_assert_eq(served.allocations[i].quantity_qty, expected[i]);
}

Test(allocate, a_pack_is_never_served_in_part)
{
    SCRATCH(arena);
    struct contribution_left part = a_contribution(.left_qty = 1700);
    struct lot_left lot = {id_of(11), 0, &part, 1};
    struct paid_line line = {.packs = 5, .pack_qty = 500, .line_gross_fen = 10001};
    struct served_line served = serve_one(arena, &line, &lot, 1);
    cr_assert_eq(served.served_packs, 3);
    cr_assert_eq(served.packs_missing, 2);
    cr_assert_eq(served.refund_fen, 4000);
    cr_assert_eq(served.gross_fen, 6001);
    cr_assert_eq(part.left_qty, 200);
}

static qty left_of(const struct lot_left *lot)
{
    qty left = 0;
    for (size_t i = 0; i < lot->contributions_count; i++)
        left += lot->contributions[i].left_qty;
    return left;
}

Test(allocate, serves_whole_packs_and_takes_exactly_what_it_serves)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct sale sale;
        qty before = 0, after = 0, served_qty = 0;
        sale_random(arena, &state, &sale);
        for (size_t i = 0; i < sale.lots_count; i++)
            before += left_of(&sale.lots[i]);
        const struct served_line *served = sale_serve(arena, &sale);
        for (size_t i = 0; i < sale.lines_count; i++) {
            qty of_line = 0;
            for (size_t a = 0; a < served[i].allocations_count; a++)
                of_line += served[i].allocations[a].quantity_qty;
            EXPECT_SEEDED(of_line == served[i].served_packs * served[i].line->pack_qty, seed);
            EXPECT_SEEDED(served[i].served_packs + served[i].packs_missing == served[i].line->packs, seed);
            EXPECT_SEEDED(served[i].gross_fen + served[i].refund_fen == served[i].line->line_gross_fen, seed);
            served_qty += of_line;
        }
        for (size_t i = 0; i < sale.lots_count; i++) {
            after += left_of(&sale.lots[i]);
            for (size_t c = 0; c < sale.lots[i].contributions_count; c++)
                EXPECT_SEEDED(sale.lots[i].contributions[c].left_qty >= 0, seed);
        }
        EXPECT_SEEDED(before - after == served_qty, seed);
    }
}

/* Lots are in the order they were used in once they were served. */
Test(allocate, a_lot_is_touched_only_when_the_one_before_is_empty)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct sale sale;
        qty before[8];
        sale_random(arena, &state, &sale);
        for (size_t i = 0; i < sale.lots_count; i++) {
            sale.lots[i].expires_on = (calendar_day)(20500 + (int)i);
            before[i] = left_of(&sale.lots[i]);
        }
        (void)sale_serve(arena, &sale);
        for (size_t i = 1; i < sale.lots_count; i++)
            EXPECT_SEEDED(left_of(&sale.lots[i]) == before[i] || left_of(&sale.lots[i - 1]) == 0, seed);
    }
}

static void shuffle(uint64_t *state, void *items, size_t count, size_t size)
{
    char spare[512];
    char *at = items;
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)seeded_between(state, 0, (int64_t)i - 1);
        memcpy(spare, at + (i - 1) * size, size);
        memmove(at + (i - 1) * size, at + other * size, size);
        memcpy(at + other * size, spare, size);
    }
}

Test(allocate, order_of_facts_does_not_matter)
{
    uint64_t seed = unit_seed(), state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        SCRATCH(arena);
        struct sale one, other;
        uint64_t first = seeded_next(&state), again = first;
        sale_random(arena, &first, &one);
        sale_random(arena, &again, &other);
        shuffle(&state, other.lots, other.lots_count, sizeof *other.lots);
        for (size_t i = 0; i < other.lots_count; i++)
            shuffle(&state, other.lots[i].contributions, other.lots[i].contributions_count,
                    sizeof(struct contribution_left));
        const struct served_line *served = sale_serve(arena, &one), *shuffled = sale_serve(arena, &other);
        for (size_t i = 0; i < one.lines_count; i++) {
            EXPECT_SEEDED(served[i].allocations_count == shuffled[i].allocations_count, seed);
            for (size_t a = 0; a < served[i].allocations_count; a++) {
                const struct allocation *x = &served[i].allocations[a], *y = &shuffled[i].allocations[a];
                EXPECT_SEEDED(uuid_equal(x->contribution_id, y->contribution_id) &&
                                  x->quantity_qty == y->quantity_qty && x->from_qty == y->from_qty &&
                                  uuid_equal(x->allocation_id, y->allocation_id),
                              seed);
            }
        }
    }
}
