/* A distribution rule as it is proposed: a sale's has a kind and what is retained, every other has steps that can be done. */
#include "distribution.h"
#include "registry.h"

static void refuse_field(const char *pointer, bool given, struct problems *problems)
{
    if (given)
        problems_add(problems, text_from(pointer), "not-for-this-step", TEXT_NONE);
}

/* What belongs to the other kind of rule is refused, not left out in silence. */
static void purpose_check(const struct rule_body *body, bool of_sale, struct problems *problems)
{
    refuse_field("/steps", of_sale && body->steps_count > 0, problems);
    refuse_field("/retain_ppm", !of_sale && body->retain_ppm > 0, problems);
    refuse_field("/kind", !of_sale && body->kind.at != NULL, problems);
    if (!of_sale && body->steps_count == 0)
        problems_add(problems, TEXT("/steps"), "required", TEXT_NONE);
}

enum problem rule_propose_prepare(const struct request *request, const void *facts, void *plan,
                                  struct problems *problems)
{
    const struct rule_body *body = request->body;
    const struct distribution_rule rule = {body->steps, body->steps_count};
    bool of_sale = body->purpose.at == NULL || text_equal(body->purpose, TEXT("sale"));
    (void)facts;
    (void)plan;
    purpose_check(body, of_sale, problems);
    if (!of_sale && distribution_rule_check(request->arena, &rule, problems) != PROBLEM_NONE)
        return PROBLEM_INVALID;
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}
