/* Setting a new password: with the old one, or with a printed one-time code. */
#include <sodium.h>

#include "accounts/sign_in.h"

const struct field password_change_fields[] = {
    FIELD(password_change, old_password, FIELD_TEXT, .min = 1, .max = PASSWORD_BYTES_MAX),
    FIELD(password_change, new_password, FIELD_TEXT, .min = 1, .max = PASSWORD_BYTES_MAX),
    FIELDS_END,
};
const struct field password_facts_fields[] = {
    FIELD(sign_in_facts, retry_after_s, FIELD_COUNT, .optional = true),
    FIELD(sign_in_facts, account_id, FIELD_UUID),
    FIELD(sign_in_facts, account_version, FIELD_COUNT),
    FIELD(sign_in_facts, login, FIELD_TEXT),
    FIELD(sign_in_facts, password_hash, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
const struct field reset_fields[] = {
    FIELD(reset, login, FIELD_TEXT, .min = 1, .max = LOGIN_CHARACTERS_MAX),
    FIELD(reset, code, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(reset, password, FIELD_TEXT, .min = 1, .max = PASSWORD_BYTES_MAX),
    FIELD(reset, consent_version, FIELD_TEXT, .min = 1, .max = 20, .optional = true),
    FIELDS_END,
};
const struct field reset_facts_fields[] = {
    FIELD(sign_in_facts, retry_after_s, FIELD_COUNT, .optional = true),
    FIELD(sign_in_facts, account_id, FIELD_UUID, .optional = true),
    FIELD(sign_in_facts, account_version, FIELD_COUNT, .optional = true),
    FIELD(sign_in_facts, code_id, FIELD_UUID, .optional = true),
    FIELD(sign_in_facts, code_hash, FIELD_TEXT, .optional = true),
    FIELDS_END,
};

static const uint8_t *code_key;

void accounts_use_code_key(const uint8_t *key)
{
    code_key = key;
}

const uint8_t *accounts_code_key(void)
{
    must(code_key != NULL);
    return code_key;
}

enum problem password_offload(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct password_change *body = request->body;
    const struct sign_in_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    if (request->actor.by_token)
        return PROBLEM_FORBIDDEN;
    enum problem problem = sign_in_wait(request, facts->retry_after_s);
    if (problem == PROBLEM_NONE)
        problem = password_check_new("/new_password", body->new_password, facts->login, problems);
    if (problem != PROBLEM_NONE)
        return problem;
    plan->accepted = password_matches(body->old_password, facts->password_hash);
    return plan->accepted ? password_hash_new(request, body->new_password, plan) : PROBLEM_NONE;
}

static enum problem counted(const struct request *request, const struct sign_in_plan *plan)
{
    request->reply->applies_refusal = !plan->accepted;
    return plan->accepted ? PROBLEM_NONE : PROBLEM_WRONG_PASSWORD;
}

enum problem password_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct sign_in_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    (void)problems;
    plan->login = facts->login;
    plan->account_id = facts->account_id;
    plan->account_version = facts->account_version;
    plan->kept_session_id = request->actor.session_id;
    return counted(request, plan);
}

/* Hashed first: a wrong code must take as long as a right one. */
enum problem reset_offload(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct reset *body = request->body;
    const struct sign_in_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    struct code code;
    enum problem problem = sign_in_wait(request, facts->retry_after_s);
    if (problem == PROBLEM_NONE)
        problem = password_check_new("/password", body->password, body->login, problems);
    if (problem == PROBLEM_NONE)
        problem = password_hash_new(request, body->password, plan);
    if (problem != PROBLEM_NONE || !code_read(body->code, &code))
        return problem;
    text typed =
        code_hash_hex(request->arena, &code, uuid_format(request->arena, facts->account_id), accounts_code_key());
    plan->accepted =
        facts->code_hash.length == typed.length && sodium_memcmp(typed.at, facts->code_hash.at, typed.length) == 0;
    return PROBLEM_NONE;
}

enum problem reset_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct reset *body = request->body;
    const struct sign_in_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    (void)problems;
    plan->login = body->login;
    plan->consent_version = body->consent_version;
    plan->account_id = facts->account_id;
    plan->account_version = facts->account_version;
    plan->code_id = facts->code_id;
    return counted(request, plan);
}
