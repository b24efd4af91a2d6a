/* Bearer tokens for programs, and ending them and sessions. A token must never make another, nor outlive its owner's roles. */
#include "accounts/sign_in.h"

#define TOKENS_OPEN_MAX 50
#define SCOPE_BYTES_MAX 200

const struct field token_order_fields[] = {
    FIELD(token_order, name, FIELD_TEXT, .min = 1, .max = 60),
    FIELD(token_order, scope, FIELD_TEXT, .min = 1, .max = SCOPE_BYTES_MAX),
    FIELD(token_order, expires_at, FIELD_INSTANT, .optional = true),
    FIELDS_END,
};
const struct field token_facts_fields[] = {
    FIELD(token_facts, latest_at, FIELD_INSTANT),
    FIELD(token_facts, open, FIELD_COUNT),
    FIELDS_END,
};
const struct field token_plan_fields[] = {
    FIELD(token_plan, token_id, FIELD_UUID),
    FIELD(token_plan, account_id, FIELD_UUID),
    FIELD(token_plan, name, FIELD_TEXT),
    FIELD(token_plan, scope, FIELD_TEXT),
    FIELD(token_plan, token_hash, FIELD_TEXT),
    FIELD(token_plan, expires_at, FIELD_INSTANT),
    FIELDS_END,
};
const struct field token_answer_fields[] = {
    FIELD(token_plan, token_id, FIELD_UUID),      FIELD(token_plan, name, FIELD_TEXT),
    FIELD(token_plan, scope, FIELD_TEXT),         FIELD(token_plan, token, FIELD_TEXT),
    FIELD(token_plan, expires_at, FIELD_INSTANT), FIELDS_END,
};

static bool scope_is_held(text scope, unsigned roles)
{
    while (scope.at != NULL) {
        enum role role;
        if (!role_read(text_cut(&scope, ' '), &role) || (roles & MAY(role)) == 0)
            return false;
    }
    return true;
}

static enum problem token_check(const struct request *request, const struct token_facts *facts,
                                struct problems *problems)
{
    const struct token_order *body = request->body;
    if (request->actor.by_token)
        return PROBLEM_FORBIDDEN;
    if (facts->open >= TOKENS_OPEN_MAX)
        return PROBLEM_WRONG_STATE;
    if (!scope_is_held(body->scope, request->actor.roles))
        problems_add(problems, TEXT("/scope"), "scope-not-held", TEXT_NONE);
    if (body->expires_at != 0 && body->expires_at <= request->now)
        problems_add(problems, TEXT("/expires_at"), "below-min", TEXT_NONE);
    if (body->expires_at > facts->latest_at)
        problems_add(problems, TEXT("/expires_at"), "above-max", instant_format(request->arena, facts->latest_at));
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}

enum problem token_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct token_order *body = request->body;
    const struct token_facts *facts = facts_;
    struct token_plan *plan = plan_;
    struct token token;
    enum problem problem = token_check(request, facts, problems);
    if (problem != PROBLEM_NONE)
        return problem;
    token_new(&token);
    plan->token_id = request->new_id;
    plan->account_id = request->actor.account_id;
    plan->name = body->name;
    plan->scope = body->scope;
    plan->token = text_format(request->arena, "%s", token.characters);
    plan->token_hash = token_hash_hex(request->arena, plan->token);
    plan->expires_at = body->expires_at != 0 ? body->expires_at : facts->latest_at;
    return PROBLEM_NONE;
}

static enum problem end(const struct request *request, const char *parameter, text kind, struct session_end_plan *plan)
{
    if (request->actor.by_token)
        return PROBLEM_FORBIDDEN;
    plan->account_id = request->actor.account_id;
    plan->kind = kind;
    return uuid_parse(request->parameter(request, parameter), &plan->session_id) ? PROBLEM_NONE : PROBLEM_NOT_FOUND;
}

enum problem token_end_decide(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    (void)facts;
    (void)problems;
    return end(request, "token_id", TEXT("token"), plan);
}

enum problem session_end_decide(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    (void)facts;
    (void)problems;
    return end(request, "session_id", TEXT("session"), plan);
}
