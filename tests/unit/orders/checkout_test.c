/* A checkout as a pure decision: what it sums before it promises, how freight is reckoned, what never fits. */
#include "orders.h"
#include "unit.h"

#define COUNTY "990101"

static uuid id_of(uint8_t n)
{
    return (uuid){.bytes = {[15] = n}};
}

static struct offered an_offer(uint8_t n, qty pack_qty, money price_fen, qty left_qty)
{
    return (struct offered){.offer_id = county_id_of(TEXT(COUNTY), id_of(n)),
                            .shop_id = county_id_of(TEXT(COUNTY), id_of(200)),
                            .shop_name = TEXT("试店"),
                            .grade = TEXT("A"),
                            .name = TEXT("核桃"),
                            .product_id = id_of(100),
                            .place_id = id_of(101),
                            .pack_qty = pack_qty,
                            .left_qty = left_qty,
                            .price_fen = price_fen,
                            .packs_per_buyer_max = 999,
                            .gross_weight_ppm = 1000000,
                            .on_sale = true};
}

/* One shop that delivers everywhere: 500 fen the first kilogram, 200 each further one. */
struct scene {
    struct offered offers[4];
    struct checkout_line lines[4];
    struct freight_rule rules[3];
    struct checkout_facts facts;
    struct checkout_body body;
    struct checkout_plan plan;
    struct problems problems;
};

static enum problem scene_decide(struct scene *scene, struct arena *arena, size_t count)
{
    scene->rules[0].shop_id = county_id_of(TEXT(COUNTY), id_of(200));
    scene->rules[0].delivered = true;
    scene->rules[0].first_g = scene->rules[0].further_g = 1000;
    scene->rules[0].first_fen = 500;
    scene->rules[0].further_fen = 200;
    scene->facts.payment_deadline_s = 60;
    scene->facts.address = (struct delivery_address){TEXT("李四"), TEXT("13900000000"), TEXT("990101100"), TEXT("路")};
    scene->facts.area_known = true;
    scene->facts.offers = scene->offers;
    scene->facts.offers_count = count;
    scene->facts.freights = scene->rules;
    scene->facts.freights_count = scene->facts.freights_count == 0 ? 1 : scene->facts.freights_count;
    scene->body.lines = scene->lines;
    scene->body.lines_count = count;
    for (size_t i = 0; i < count; i++)
        scene->lines[i].offer_id = scene->offers[i].offer_id;
    problems_init(&scene->problems, arena);
    struct request request = {.arena = arena, .now = 1000000, .new_id = id_of(50), .body = &scene->body};
    return checkout_decide(&request, &scene->facts, &scene->plan, &scene->problems);
}

Test(checkout, prices_and_dates_a_purchase)
{
    SCRATCH(arena);
    struct scene scene = {.offers = {an_offer(1, 500, 1900, 5000)}, .lines = {{.packs = 3}}};
    cr_assert_eq(scene_decide(&scene, arena, 1), PROBLEM_NONE);
    cr_assert_eq(scene.plan.total_fen, 3 * 1900 + 700);
    cr_assert_eq(scene.plan.deadline_at, 61 * 1000000);
    cr_assert_eq(scene.plan.reservations[0].quantity_qty, 1500);
}

Test(checkout, lines_of_one_product_are_summed_before_they_are_promised)
{
    SCRATCH(arena);
    struct scene scene = {.offers = {an_offer(1, 500, 1900, 2000), an_offer(2, 1000, 3500, 2000)},
                          .lines = {{.packs = 3}, {.packs = 1}}};
    cr_assert_eq(scene_decide(&scene, arena, 2), PROBLEM_OUT_OF_STOCK);
    EXPECT_DETAIL(&scene.problems, "/lines/1/packs", "out-of-stock");
    EXPECT_TEXT(scene.problems.details[0].message, "0");
}

Test(checkout, freight_counts_each_further_step_that_is_begun)
{
    static const struct {
        int64_t packs;
        money freight_fen;
    } cases[] = {{1, 500}, {2, 500}, {3, 700}, {4, 700}, {5, 900}};
    SCRATCH(arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene = {.offers = {an_offer(1, 500, 1900, 50000)}, .lines = {{.packs = cases[i].packs}}};
        cr_assert_eq(scene_decide(&scene, arena, 1), PROBLEM_NONE);
        cr_assert_eq(scene.plan.orders[0].freight_fen, cases[i].freight_fen);
    }
}

Test(checkout, the_longest_destination_counts_even_when_it_refuses)
{
    SCRATCH(arena);
    struct scene scene = {
        .offers = {an_offer(1, 500, 1900, 50000)}, .lines = {{.packs = 1}}, .facts.freights_count = 2};
    scene.rules[1] = (struct freight_rule){
        .shop_id = county_id_of(TEXT(COUNTY), id_of(200)), .destination = TEXT("990101"), .first_g = 1, .further_g = 1};
    cr_assert_eq(scene_decide(&scene, arena, 1), PROBLEM_NOT_DELIVERED);
    EXPECT_DETAIL(&scene.problems, "/lines/0/offer_id", "not-delivered");
}

Test(checkout, amounts_beyond_int64_are_refused)
{
    SCRATCH(arena);
    struct scene dear = {.offers = {an_offer(1, 1, INT64_MAX / 2, 50000)}, .lines = {{.packs = 3}}};
    cr_assert_eq(scene_decide(&dear, arena, 1), PROBLEM_OVERFLOW);
    struct scene heavy = {.offers = {an_offer(1, INT64_MAX / 2, 1, INT64_MAX)}, .lines = {{.packs = 3}}};
    cr_assert_eq(scene_decide(&heavy, arena, 1), PROBLEM_OVERFLOW);
    struct scene heap = {.offers = {an_offer(1, INT64_MAX / 4, 1, INT64_MAX)}, .lines = {{.packs = 3}}};
    heap.offers[0].gross_weight_ppm = INT32_MAX;
    cr_assert_eq(scene_decide(&heap, arena, 1), PROBLEM_OVERFLOW);
}

Test(checkout, a_price_the_buyer_did_not_see_is_told)
{
    SCRATCH(arena);
    struct scene scene = {.offers = {an_offer(1, 500, 1900, 50000)}, .lines = {{.packs = 1, .price_fen = 1800}}};
    cr_assert_eq(scene_decide(&scene, arena, 1), PROBLEM_PRICE_CHANGED);
    EXPECT_TEXT(scene.problems.details[0].message, "1900");
}
