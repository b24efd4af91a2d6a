/* Proving who one is: register, log in, log out. Must cost a guesser the same whether a login exists or not. */
#include "accounts/sign_in.h"

const struct field registration_fields[] = {
    FIELD(registration, login, FIELD_TEXT, .min = LOGIN_CHARACTERS_MIN, .max = LOGIN_CHARACTERS_MAX),
    FIELD(registration, password, FIELD_TEXT, .min = 1, .max = PASSWORD_BYTES_MAX),
    FIELD(registration, display_name, FIELD_TEXT, .min = 1, .max = 40),
    FIELD(registration, consent_version, FIELD_TEXT, .min = 1, .max = 20),
    FIELD(registration, language, FIELD_CHOICE, .choices = (const char *const[]){"zh", "en", NULL}, .optional = true),
    FIELDS_END,
};
const struct field registration_facts_fields[] = {
    FIELD(sign_in_facts, taken, FIELD_BOOL),
    FIELD(sign_in_facts, retry_after_s, FIELD_COUNT, .optional = true),
    FIELDS_END,
};
const struct field credentials_fields[] = {
    FIELD(credentials, login, FIELD_TEXT, .min = 1, .max = LOGIN_CHARACTERS_MAX),
    FIELD(credentials, password, FIELD_TEXT, .min = 1, .max = PASSWORD_BYTES_MAX),
    FIELDS_END,
};
const struct field login_facts_fields[] = {
    FIELD(sign_in_facts, retry_after_s, FIELD_COUNT, .optional = true),
    FIELD(sign_in_facts, account_id, FIELD_UUID, .optional = true),
    FIELD(sign_in_facts, account_version, FIELD_COUNT, .optional = true),
    FIELD(sign_in_facts, password_hash, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
const struct field sign_in_plan_fields[] = {
    FIELD(sign_in_plan, accepted, FIELD_BOOL),
    FIELD(sign_in_plan, login, FIELD_TEXT),
    FIELD(sign_in_plan, display_name, FIELD_TEXT),
    FIELD(sign_in_plan, language, FIELD_TEXT),
    FIELD(sign_in_plan, consent_version, FIELD_TEXT),
    FIELD(sign_in_plan, account_id, FIELD_UUID, .optional = true),
    FIELD(sign_in_plan, account_version, FIELD_COUNT),
    FIELD(sign_in_plan, session_id, FIELD_UUID, .optional = true),
    FIELD(sign_in_plan, kept_session_id, FIELD_UUID, .optional = true),
    FIELD(sign_in_plan, code_id, FIELD_UUID, .optional = true),
    FIELD(sign_in_plan, token_hash, FIELD_TEXT),
    FIELD(sign_in_plan, csrf, FIELD_TEXT),
    FIELD(sign_in_plan, password_hash, FIELD_TEXT),
    FIELDS_END,
};
const struct field session_end_plan_fields[] = {
    FIELD(session_end_plan, account_id, FIELD_UUID),
    FIELD(session_end_plan, session_id, FIELD_UUID),
    FIELD(session_end_plan, kind, FIELD_TEXT),
    FIELDS_END,
};

void session_make(const struct request *request, struct sign_in_plan *plan)
{
    struct token token, csrf;
    token_new(&token);
    token_new(&csrf);
    plan->token = text_format(request->arena, "%s", token.characters);
    plan->csrf = text_format(request->arena, "%s", csrf.characters);
    plan->token_hash = token_hash_hex(request->arena, plan->token);
    plan->session_id = request->new_id;
}

enum problem password_hash_new(const struct request *request, text password, struct sign_in_plan *plan)
{
    char hash[PASSWORD_HASH_BYTES];
    if (!password_hash(password, hash))
        return PROBLEM_UNAVAILABLE;
    plan->password_hash = text_format(request->arena, "%s", hash);
    return PROBLEM_NONE;
}

enum problem password_check_new(const char *pointer, text password, text login, struct problems *problems)
{
    const char *fault = password_fault(password, login);
    if (fault == NULL)
        return PROBLEM_NONE;
    problems_add(problems, text_from(pointer), fault, TEXT_NONE);
    return PROBLEM_INVALID;
}

enum problem sign_in_wait(const struct request *request, int64_t retry_after_s)
{
    request->reply->retry_after_s = retry_after_s;
    return retry_after_s > 0 ? PROBLEM_TOO_MANY : PROBLEM_NONE;
}

/* ---- Register ---- */

static bool login_is_fine(text login)
{
    for (size_t i = 0; i < login.length; i++)
        if (login.at[i] == ' ')
            return false;
    return true;
}

enum problem registration_offload(const struct request *request, const void *facts_, void *plan_,
                                  struct problems *problems)
{
    const struct registration *body = request->body;
    const struct sign_in_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    enum problem problem = sign_in_wait(request, facts->retry_after_s);
    if (problem != PROBLEM_NONE)
        return problem;
    if (!login_is_fine(body->login)) {
        problems_add(problems, TEXT("/login"), "white-space", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    problem = password_check_new("/password", body->password, body->login, problems);
    if (problem == PROBLEM_NONE && facts->taken)
        problem = PROBLEM_TAKEN;
    if (problem != PROBLEM_NONE)
        return problem;
    session_make(request, plan);
    return password_hash_new(request, body->password, plan);
}

enum problem registration_decide(const struct request *request, const void *facts, void *plan_,
                                 struct problems *problems)
{
    const struct registration *body = request->body;
    struct sign_in_plan *plan = plan_;
    (void)facts;
    (void)problems;
    plan->accepted = true;
    plan->account_id = uuid_nth(request->new_id, 1);
    plan->account_version = 1;
    plan->login = body->login;
    plan->display_name = body->display_name;
    plan->consent_version = body->consent_version;
    plan->language = body->language;
    if (plan->language.at == NULL)
        plan->language = request->language == LANGUAGE_EN ? TEXT("en") : TEXT("zh");
    request->reply->session_token = plan->token;
    return PROBLEM_NONE;
}

/* ---- Log in and out ---- */

enum problem login_offload(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct credentials *body = request->body;
    const struct sign_in_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    (void)problems;
    enum problem problem = sign_in_wait(request, facts->retry_after_s);
    if (problem != PROBLEM_NONE)
        return problem;
    plan->accepted = password_matches(body->password, facts->password_hash);
    if (!plan->accepted)
        return PROBLEM_NONE;
    session_make(request, plan);
    return password_needs_rehash(facts->password_hash) ? password_hash_new(request, body->password, plan)
                                                       : PROBLEM_NONE;
}

enum problem login_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct credentials *body = request->body;
    const struct sign_in_facts *facts = facts_;
    struct sign_in_plan *plan = plan_;
    (void)problems;
    plan->login = body->login;
    plan->account_id = facts->account_id;
    plan->account_version = facts->account_version;
    request->reply->session_token = plan->token;
    request->reply->applies_refusal = !plan->accepted;
    return plan->accepted ? PROBLEM_NONE : PROBLEM_WRONG_PASSWORD;
}

/* A program's token has no session to leave: it is ended under /me/tokens. */
enum problem logout_decide(const struct request *request, const void *facts, void *plan_, struct problems *problems)
{
    struct session_end_plan *plan = plan_;
    (void)facts;
    (void)problems;
    if (request->actor.by_token)
        return PROBLEM_FORBIDDEN;
    *plan = (struct session_end_plan){request->actor.account_id, request->actor.session_id, TEXT("session")};
    request->reply->session_token = TEXT("");
    return PROBLEM_NONE;
}
