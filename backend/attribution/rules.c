/* What a contribution's frozen terms owe, and whether a household counts as impact. */
#include "attribution/rules.h"

const char *const contribution_modes[] = {"consigned", "bought", NULL};
const char *const supplier_kinds[] = {"household", "cooperative", "enterprise", "collective", "other", NULL};

/* ---- Due ---- */
/* Rounded over the contribution's cumulative quantity: however its units are sold, its dues sum to price × units, rounded once. */
static bool due_farm_gate(const struct contribution_left *terms, qty from, qty quantity, money net, money *due)
{
    money before, after;
    qty to;
    (void)net;
    return money_plus(from, quantity, &to) &&
           money_ratio(terms->farm_gate_price_fen, from, terms->price_qty, &before) &&
           money_ratio(terms->farm_gate_price_fen, to, terms->price_qty, &after) && money_minus(after, before, due);
}

static bool due_share(const struct contribution_left *terms, qty from, qty quantity, money net, money *due)
{
    (void)from;
    (void)quantity;
    return money_ratio(net > 0 ? net : 0, terms->share_ppm, PPM_WHOLE, due);
}

static bool due_larger_of(const struct contribution_left *terms, qty from, qty quantity, money net, money *due)
{
    money guaranteed, share;
    if (!due_farm_gate(terms, from, quantity, net, &guaranteed) || !due_share(terms, from, quantity, net, &share))
        return false;
    *due = guaranteed > share ? guaranteed : share;
    return true;
}

typedef bool due_rule(const struct contribution_left *terms, qty from, qty quantity, money net, money *due);
static due_rule *const due_rules[] = {due_farm_gate, due_share, due_larger_of};
const char *const price_rules[] = {"farm_gate", "share", "larger_of", NULL};
_Static_assert(sizeof due_rules / sizeof *due_rules + 1 == sizeof price_rules / sizeof *price_rules,
               "a rule for each name");

/* The place of a word in its list; a word the decoder let through is always found. */
static size_t choice_of(const char *const *choices, text word)
{
    for (size_t i = 0; choices[i] != NULL; i++)
        if (text_equal(text_from(choices[i]), word))
            return i;
    must_failed("a choice of the list", __FILE__, __LINE__);
}

enum problem attribution_due(const struct contribution_left *terms, qty from_qty, qty quantity, money net, money *due)
{
    due_rule *rule = due_rules[choice_of(price_rules, terms->price_rule)];
    return rule(terms, from_qty, quantity, net, due) ? PROBLEM_NONE : PROBLEM_OVERFLOW;
}

/* ---- Tag ---- */
static bool status_counts(text status)
{
    static const char *const counted[] = {"registered", "exited_supported", "returned"};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (text_equal(text_from(counted[i]), status))
            return true;
    return false;
}

static bool agreement_in_force(const struct agreement *agreement, calendar_day on)
{
    return agreement->valid_from <= on && (agreement->valid_to == DAY_NEVER || on < agreement->valid_to);
}

/* Among several in force the one signed first, ties by id: which one is named must not depend on the order of rows. */
static const struct agreement *agreement_on(const struct beneficiary *household, calendar_day on)
{
    const struct agreement *first = NULL;
    for (size_t i = 0; i < household->agreements_count; i++) {
        const struct agreement *agreement = &household->agreements[i];
        if (!agreement_in_force(agreement, on))
            continue;
        if (first == NULL || agreement->signed_at < first->signed_at ||
            (agreement->signed_at == first->signed_at &&
             uuid_compare(agreement->agreement_id, first->agreement_id) < 0))
            first = agreement;
    }
    return first;
}

struct tag tag_of(const struct beneficiary *household, calendar_day delivered_on, instant sold_at)
{
    const struct agreement *agreement = agreement_on(household, delivered_on);
    struct tag tag = {.agreement = agreement};
    if (!status_counts(household->status))
        tag.reason = "not_registered";
    else if (agreement == NULL)
        tag.reason = "no_agreement";
    else if (agreement->signed_at >= sold_at)
        tag.reason = "agreement_after_sale";
    else if (household->open_finding)
        tag.reason = "open_finding";
    tag.counted = tag.reason == NULL;
    return tag;
}

bool split_or_none(int64_t total, const int64_t *weights, size_t count, int64_t *parts)
{
    for (size_t i = 0; i < count; i++)
        if (weights[i] != 0)
            return money_split(total, weights, count, parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = 0;
    return total == 0;
}
