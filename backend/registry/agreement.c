/* A link agreement as it is proposed: which price rules a mode may have, and what each of them must say. */
#include "registry.h"

enum price_rule { FARM_GATE, SHARE, LARGER_OF, RATE, PRICE_RULES_COUNT };
static const char *const price_rule_words[PRICE_RULES_COUNT] = {"farm_gate", "share", "larger_of", "rate"};

static const struct mode {
    const char *name;
    bool may[PRICE_RULES_COUNT];
    bool needs_units; /* what is leased stands in the agreement; days of work are counted each time */
} modes[] = {
    {"purchase", {[FARM_GATE] = true, [SHARE] = true, [LARGER_OF] = true}, false},
    {"wage", {[RATE] = true}, false},
    {"rent", {[RATE] = true}, true},
    {"dividend", {[SHARE] = true}, false},
    {"trusteeship", {[FARM_GATE] = true, [SHARE] = true, [LARGER_OF] = true, [RATE] = true}, false},
};

static const struct mode *mode_find(text name)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (text_equal(text_from(modes[i].name), name))
            return &modes[i];
    must_failed("a mode of the list", __FILE__, __LINE__);
}

static enum price_rule price_rule_find(text name)
{
    enum price_rule rule = FARM_GATE;
    while (rule < PRICE_RULES_COUNT && !text_equal(text_from(price_rule_words[rule]), name))
        rule++;
    must(rule < PRICE_RULES_COUNT);
    return rule;
}

static void field_need(const char *pointer, bool needed, bool given, struct problems *problems)
{
    if (needed && !given)
        problems_add(problems, text_from(pointer), "required", TEXT_NONE);
}

static void field_refuse(const char *pointer, bool refused, struct problems *problems)
{
    if (refused)
        problems_add(problems, text_from(pointer), "not-for-this-mode", TEXT_NONE);
}

enum problem agreement_propose_prepare(const struct request *request, const void *facts, void *plan,
                                       struct problems *problems)
{
    const struct agreement_body *body = request->body;
    const struct mode *mode = mode_find(body->mode);
    enum price_rule rule = price_rule_find(body->price_rule);
    (void)facts;
    (void)plan;
    field_refuse("/price_rule", !mode->may[rule], problems);
    field_need("/rate_fen", rule == RATE, body->rate_fen > 0, problems);
    field_need("/rate_unit", rule == RATE, body->rate_unit.at != NULL, problems);
    field_need("/units_hundredths", mode->needs_units, body->units_hundredths > 0, problems);
    field_refuse("/rate_fen", rule != RATE && body->rate_fen > 0, problems);
    field_refuse("/rate_unit", rule != RATE && body->rate_unit.at != NULL, problems);
    field_refuse("/floor_price_fen", rule == RATE && body->floor_price_fen > 0, problems);
    field_refuse("/share_ppm", rule == RATE && body->share_ppm > 0, problems);
    if (body->valid_to != 0 && body->valid_to <= body->valid_from)
        problems_add(problems, TEXT("/valid_to"), "below-min", TEXT_NONE);
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}
