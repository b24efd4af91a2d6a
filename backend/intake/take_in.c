/* Taking in: a slip becomes a lot whose contributions carry their terms frozen. Reads no clock and asks no one. */
#include "base.h"
#include "intake.h"

#define TRACE_ALPHABET "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" /* 32 signs, none like another */
#define TRACE_CHARACTERS 13                               /* 65 bits of the lot's id hash: not to be guessed */

/* The code on the pack: the random tail of a second uuid of this request, five bits a sign. */
static text trace_code_of(struct arena *arena, uuid fresh)
{
    char *code = arena_alloc(arena, TRACE_CHARACTERS);
    uint64_t bits = 0;
    size_t bits_count = 0, next = 6;

    for (size_t i = 0; i < TRACE_CHARACTERS; i++) {
        while (bits_count < 5) {
            bits = bits << 8 | fresh.bytes[next++];
            bits_count += 8;
        }
        bits_count -= 5;
        code[i] = TRACE_ALPHABET[bits >> bits_count & 31];
    }
    return (text){code, TRACE_CHARACTERS};
}

static text contribution_pointer(struct arena *arena, size_t index, const char *member)
{
    return text_format(arena, "/contributions/%zu/%s", index, member);
}

/* Terms: what the slip says, else what the agreement says; never less than the agreement's floor. */
static void contribution_freeze(const struct contribution_given *given, const struct contribution_facts *facts,
                                struct contribution_plan *plan)
{
    bool agreed = !uuid_is_zero(facts->agreement_id);

    plan->mode = given->mode.at != NULL ? given->mode : TEXT("consigned");
    plan->price_rule = given->price_rule.at != NULL ? given->price_rule
                       : agreed                     ? facts->price_rule
                                                    : TEXT("farm_gate");
    plan->price_qty = given->price_qty > 0 ? given->price_qty : agreed ? facts->price_qty : 500;
    plan->farm_gate_price_fen = given->farm_gate_price_fen > 0 ? given->farm_gate_price_fen
                                : agreed                       ? facts->floor_price_fen
                                                               : 0;
    plan->share_ppm = given->share_ppm > 0 ? given->share_ppm : agreed ? facts->share_ppm : 0;
    plan->agreement_id = facts->agreement_id;
    plan->agreement_version = facts->agreement_version;
}

static bool price_is_below_floor(const struct contribution_plan *plan, const struct contribution_facts *facts)
{
    if (uuid_is_zero(facts->agreement_id) || facts->floor_price_fen == 0 || text_equal(plan->price_rule, TEXT("share")))
        return false;
    return (__int128)plan->farm_gate_price_fen * facts->price_qty < (__int128)facts->floor_price_fen * plan->price_qty;
}

static bool contribution_check(struct arena *arena, size_t index, const struct contribution_plan *plan,
                               const struct contribution_facts *facts, struct problems *problems)
{
    size_t before = problems->count;
    bool by_price = !text_equal(plan->price_rule, TEXT("share"));
    bool by_share = !text_equal(plan->price_rule, TEXT("farm_gate"));

    if (!facts->known)
        problems_add(problems, contribution_pointer(arena, index, "supplier_id"), "not-found", TEXT_NONE);
    if (by_price && plan->farm_gate_price_fen == 0)
        problems_add(problems, contribution_pointer(arena, index, "farm_gate_price_fen"), "required", TEXT_NONE);
    if (by_share && plan->share_ppm == 0)
        problems_add(problems, contribution_pointer(arena, index, "share_ppm"), "required", TEXT_NONE);
    if (text_equal(plan->mode, TEXT("bought")) && by_share)
        problems_add(problems, contribution_pointer(arena, index, "price_rule"), "bought-needs-price", TEXT_NONE);
    if (price_is_below_floor(plan, facts))
        problems_add(problems, contribution_pointer(arena, index, "farm_gate_price_fen"), "below-floor-price",
                     TEXT_NONE);
    return problems->count == before;
}

/* Accepted all the same: the goods are there. The finding asks where they came from. */
static void finding_over_capacity(const struct request *request, const struct contribution_facts *facts, qty quantity,
                                  qty total, struct take_in_plan *plan)
{
    struct finding_plan *finding = &plan->findings[plan->findings_count++];

    finding->county = request->parameter(request, "shop_county");
    finding->finding_id = uuid_nth(request->new_id, (uint32_t)(1000 + plan->findings_count));
    finding->class = TEXT("over_capacity");
    finding->rule = TEXT("contribution_within_capacity");
    finding->area_code = facts->area_code;
    finding->subject_kind = TEXT("households");
    finding->subject_id = facts->household_id;
    finding->detail = text_format(request->arena, "{\"quantity_qty\":%lld,\"year_qty\":%lld,\"produce_qty_max\":%lld}",
                                  (long long)quantity, (long long)total, (long long)facts->produce_qty_max);
}

static bool take_in_is_allowed(const struct take_in_body *body, const struct take_in_facts *facts, calendar_day today,
                               struct problems *problems)
{
    size_t before = problems->count;

    if (facts->covered && body->certificate.at == NULL)
        problems_add(problems, TEXT("/certificate"), "required", TEXT_NONE);
    if (!facts->place_open)
        problems_add(problems, TEXT("/place_id"), "not-found", TEXT_NONE);
    if (body->harvested_on > today)
        problems_add(problems, TEXT("/harvested_on"), "in-future", TEXT_NONE);
    if (body->expires_on != 0 && body->expires_on <= today)
        problems_add(problems, TEXT("/expires_on"), "in-past", TEXT_NONE);
    return problems->count == before;
}

enum problem take_in_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct take_in_body *body = request->body;
    const struct take_in_facts *facts = facts_;
    struct take_in_plan *plan = plan_;
    struct arena *arena = request->arena;

    if (facts->slip_known)
        return PROBLEM_TAKEN;
    if (!text_equal(facts->product_state, TEXT("approved")))
        return PROBLEM_WRONG_STATE;
    must(facts->contributions_count == body->contributions_count);
    (void)take_in_is_allowed(body, facts, instant_business_day(request->now), problems);
    plan->lot_id = county_id_of(request->parameter(request, "shop_county"), request->new_id);
    plan->place_id = uuid_is_zero(body->place_id) ? facts->shop_station_id : body->place_id;
    plan->trace_code = trace_code_of(arena, uuid_new(request->now));
    plan->contributions_count = body->contributions_count;
    plan->contributions = arena_alloc_items(arena, body->contributions_count, sizeof *plan->contributions);
    plan->findings = arena_alloc_items(arena, body->contributions_count, sizeof *plan->findings);
    for (size_t i = 0; i < body->contributions_count; i++) {
        const struct contribution_given *given = &body->contributions[i];
        const struct contribution_facts *known = &facts->contributions[i];
        struct contribution_plan *contribution = &plan->contributions[i];
        qty total = 0;

        contribution->contribution_id = uuid_nth(request->new_id, (uint32_t)(i + 1));
        contribution->supplier_id = given->supplier_id.id;
        contribution->household_id = known->household_id;
        contribution->position = (int64_t)i;
        contribution->quantity_qty = given->quantity_qty;
        contribution->evidence = given->evidence;
        contribution_freeze(given, known, contribution);
        (void)contribution_check(arena, i, contribution, known, problems);
        if (!money_plus(plan->taken_in_qty, given->quantity_qty, &plan->taken_in_qty))
            return PROBLEM_OVERFLOW;
        if (known->produce_qty_max > 0 && money_plus(known->delivered_qty, given->quantity_qty, &total) &&
            total > known->produce_qty_max)
            finding_over_capacity(request, known, given->quantity_qty, total, plan);
    }
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}
