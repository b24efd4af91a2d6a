/* distribution: how a pool of money is shared among households, their villages and the organisation that shares it. A rule is a list of
   steps, data; evaluating it is pure, in whole fen, and says with each result how it came about. */
#ifndef DISTRIBUTION_H
#define DISTRIBUTION_H

#include "base.h"

/* ---- A rule. Steps follow each other; each takes from what those before it left.
     share   a part of an amount (`ppm` of `of`), never less than `minimum_ppm` of `minimum_of`, split by weight (`by`);
             with `least_fen` for each `least_per`, nobody's part is smaller than that
     each    a fixed amount for each household, head, share, unit or grade (`per`); per unit without an amount: what its agreement says
     rest    all that is left
   What no step takes stays with the organisation. A village's amount is split again: the collective keeps `keep_ppm`, its households
   share the rest by the same weights. ---- */
struct distribution_grade {
    int64_t grade;
    money amount_fen;
};
struct distribution_step {
    text kind;           /* share, each, rest */
    text to;             /* members, villages, organisation */
    text by;             /* shares, heads, households, units */
    text of, minimum_of; /* pool, left, income */
    text per, least_per; /* household, head, share, unit, grade */
    int64_t ppm;         /* parts per million */
    int64_t minimum_ppm;
    int64_t registered_ppm; /* weight of registered households where it differs; 0: as all others */
    int64_t keep_ppm;
    money amount_fen, least_fen;
    bool registered_only;
    struct distribution_grade *grades;
    size_t grades_count;
};
struct distribution_rule {
    struct distribution_step *steps;
    size_t steps_count;
};
/* What is wrong with a rule, each with its pointer below /steps. */
MUST_USE enum problem distribution_rule_check(struct arena *arena, const struct distribution_rule *rule,
                                              struct problems *problems);
/* Whether its steps speak of the pool, or of the income before costs: then an evaluation must be told it. */
PURE bool distribution_rule_asks(const struct distribution_rule *rule, text base);
/* Whether a step goes through the villages: then each village needs a collective. */
PURE bool distribution_rule_by_village(const struct distribution_rule *rule);
/* The rule of a sale, which is applied line by line at payment: what the organisation retains, the rest by shares or evenly. */
struct distribution_rule distribution_rule_of_sale(struct arena *arena, text kind, int64_t retain_ppm);

/* ---- Who takes part, and in what ---- */
struct distribution_member {
    uuid household_id;
    text area_code; /* its village */
    bool registered;
    int64_t shares, heads;
    int64_t units_hundredths; /* days, hours, mu, sheep …; 100 is one */
    int64_t grade;
    money rate_fen; /* of its agreement, for one unit */
};
struct distribution_pool {
    bool open; /* no sum is given: the pool is what the steps take */
    money pool_fen, income_fen;
};

/* ---- The result: organisation + Σ villages kept + Σ lines = pool, always ---- */
struct distribution_part {
    int64_t step;   /* 1, 2, … */
    int64_t weight; /* what it weighed in the split, or how many times it got the amount, in hundredths */
    bool raised;    /* lifted to the least amount */
    money amount_fen;
};
struct distribution_line {
    uuid household_id;
    text area_code;
    money amount_fen;
    struct distribution_part *parts; /* why: Σ parts = amount */
    size_t parts_count;
};
struct distribution_village {
    text area_code;
    money received_fen, kept_fen;
};
struct distribution_taken {
    int64_t step;
    text kind, to, by;
    money base_fen;               /* what the share is of; 0 for others */
    money share_fen, minimum_fen; /* what the share and its minimum came to */
    bool minimum_held;            /* the minimum was the larger */
    int64_t weights;              /* Σ of what members weigh */
    int64_t raised_count;         /* members lifted to the least amount */
    money asked_fen, taken_fen;   /* what the step asked for, and what there was for it */
    money left_fen;               /* after it */
};
struct distribution {
    money pool_fen, organisation_fen, households_fen, villages_fen;
    money short_fen; /* what the pool lacks to keep all that the rule promises; such a result is shown, never booked */
    struct distribution_taken *steps;
    size_t steps_count;
    struct distribution_line *lines; /* one for each member, in household order */
    size_t lines_count;
    struct distribution_village *villages; /* in code order */
    size_t villages_count;
};
/* The rule must have passed distribution_rule_check; pool and income ≥ 0. The order of members does not matter. */
MUST_USE enum problem distribution_evaluate(struct arena *arena, const struct distribution_rule *rule,
                                            const struct distribution_pool *pool,
                                            const struct distribution_member *members, size_t members_count,
                                            struct distribution *result);

/* A step as a body or a fact has it, a member as a fact; what was taken and why as an answer shows it. */
extern const struct field distribution_step_fields[], distribution_member_fields[], distribution_taken_fields[],
    distribution_part_fields[];
extern const char *const distribution_kinds[]; /* of a sale's rule */

#endif
