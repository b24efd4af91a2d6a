/* accounts: the table of contents. Answers that show a secret once take no Idempotency-Key: its store would keep the secret. */
#include "accounts/sign_in.h"
#include "accounts/staff.h"

#define MAY_GRANT (MAY(ROLE_COUNTY) | MAY(ROLE_ADMINISTRATOR))

static const struct field me_change_fields[] = {
    FIELD_NAMED("display_name", FIELD_TEXT, .min = 1, .max = 40, .optional = true),
    FIELD_NAMED("language", FIELD_CHOICE, .choices = (const char *const[]){"zh", "en", NULL}, .optional = true),
    FIELDS_END,
};
static const struct field list_query[] = {
    FIELD_NAMED("q", FIELD_TEXT, .min = 1, .max = 64, .optional = true),
    FIELDS_END,
};

#define SIGN_IN_PLAN .plan = sign_in_plan_fields, .plan_size = sizeof(struct sign_in_plan)
#define SIGN_IN_FACTS(fields) .facts = fields, .facts_size = sizeof(struct sign_in_facts)
#define SESSION_END_PLAN .plan = session_end_plan_fields, .plan_size = sizeof(struct session_end_plan)
#define STAFF_PLAN .plan = staff_plan_fields, .plan_size = sizeof(struct staff_plan)
#define STAFF_FACTS(fields) .facts = fields, .facts_size = sizeof(struct staff_facts)
#define BODY(fields, type) .body = fields, .body_size = sizeof(struct type)

/* clang-format off */
const struct route accounts_routes[] = {
    { .method = POST, .path = "/auth/register", .may = MAY_ANYONE, .lane = LANE_WRITE, BODY(registration_fields, registration),
      .load = "accounts/register_load", SIGN_IN_FACTS(registration_facts_fields),
      .offload = registration_offload, .decide = registration_decide, SIGN_IN_PLAN,
      .apply = { "accounts/register", "accounts/session_open", "accounts/session_answer" }, .shape = ANSWER_OBJECT, .status = 201 },
    { .method = POST, .path = "/auth/login", .may = MAY_ANYONE, .lane = LANE_WRITE, BODY(credentials_fields, credentials),
      .load = "accounts/login_load", SIGN_IN_FACTS(login_facts_fields), .offload = login_offload, .decide = login_decide, SIGN_IN_PLAN,
      .apply = { "accounts/login_try", "accounts/session_open", "accounts/session_answer" }, .shape = ANSWER_OBJECT },
    { .method = POST, .path = "/auth/logout", .may = MAY_SIGNED_IN, .lane = LANE_WRITE, .decide = logout_decide, SESSION_END_PLAN,
      .apply = { "accounts/session_end", "accounts/sessions_changed" }, .shape = ANSWER_NONE },
    { .method = POST, .path = "/auth/reset", .may = MAY_ANYONE, .lane = LANE_WRITE, BODY(reset_fields, reset),
      .load = "accounts/reset_load", SIGN_IN_FACTS(reset_facts_fields), .offload = reset_offload, .decide = reset_decide, SIGN_IN_PLAN,
      .apply = { "accounts/login_try", "accounts/password_set", "accounts/sessions_changed" }, .shape = ANSWER_NONE },

    /* The code is shown once, on a slip: no Idempotency-Key, its store would keep it. */
    { .method = POST, .path = "/households/{household_id}/passbook-code", .may = MAY(ROLE_CADRE) | MAY(ROLE_COUNTY), .lane = LANE_WRITE,
      .load = "accounts/passbook_code_load", .facts = passbook_code_facts_fields, .facts_size = sizeof(struct passbook_code_facts),
      .decide = passbook_code_decide, .plan = passbook_code_plan_fields, .plan_size = sizeof(struct passbook_code_plan),
      .answer = passbook_code_answer_fields,
      .apply = { "registry/passbook_code_set", "accounts/passbook_account", "accounts/sessions_changed" }, .shape = ANSWER_PLAN,
      .status = 201 },
    { .method = POST, .path = "/auth/passbook", .may = MAY_ANYONE, .lane = LANE_WRITE, BODY(passbook_opening_fields, passbook_opening),
      .prepare = passbook_open_prepare, .load = "accounts/passbook_load", .facts = passbook_facts_fields,
      .facts_size = sizeof(struct passbook_facts), .decide = passbook_open_decide, SIGN_IN_PLAN,
      .apply = { "accounts/login_try", "accounts/session_open", "accounts/session_answer" }, .shape = ANSWER_OBJECT },

    { .method = GET, .path = "/me", .may = MAY_SIGNED_IN, .lane = LANE_READ, .load = "accounts/me", .shape = ANSWER_OBJECT },
    { .method = PATCH, .path = "/me", .may = MAY_SIGNED_IN, .lane = LANE_WRITE, .versioned = true, .body = me_change_fields,
      .load = "accounts/me_change", .shape = ANSWER_OBJECT },
    { .method = POST, .path = "/me/password", .may = MAY_SIGNED_IN, .lane = LANE_WRITE, BODY(password_change_fields, password_change),
      .load = "accounts/password_load", SIGN_IN_FACTS(password_facts_fields),
      .offload = password_offload, .decide = password_decide, SIGN_IN_PLAN,
      .apply = { "accounts/login_try", "accounts/password_set", "accounts/sessions_changed" }, .shape = ANSWER_NONE },
    { .method = GET, .path = "/me/sessions", .may = MAY_SIGNED_IN, .lane = LANE_READ, .load = "accounts/sessions_list", .shape = ANSWER_LIST },
    { .method = DELETE, .path = "/me/sessions/{session_id}", .plain_ids = "session_id", .may = MAY_SIGNED_IN, .lane = LANE_WRITE,
      .decide = session_end_decide, SESSION_END_PLAN,
      .apply = { "accounts/session_end", "accounts/sessions_changed" }, .shape = ANSWER_NONE },
    { .method = GET, .path = "/me/tokens", .may = MAY_SIGNED_IN, .lane = LANE_READ, .load = "accounts/tokens_list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/me/tokens", .may = MAY_SIGNED_IN, .lane = LANE_WRITE, BODY(token_order_fields, token_order),
      .load = "accounts/token_load", .facts = token_facts_fields, .facts_size = sizeof(struct token_facts), .decide = token_decide,
      .plan = token_plan_fields, .plan_size = sizeof(struct token_plan), .answer = token_answer_fields,
      .apply = { "accounts/token_open" }, .shape = ANSWER_PLAN, .status = 201 },
    { .method = DELETE, .path = "/me/tokens/{token_id}", .plain_ids = "token_id", .may = MAY_SIGNED_IN, .lane = LANE_WRITE,
      .decide = token_end_decide, SESSION_END_PLAN,
      .apply = { "accounts/session_end", "accounts/sessions_changed" }, .shape = ANSWER_NONE },

    { .method = GET, .path = "/accounts", .may = MAY_GRANT, .lane = LANE_READ, .query = list_query, .load = "accounts/list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/accounts", .may = MAY_GRANT, .lane = LANE_WRITE, BODY(account_order_fields, staff_order),
      .load = "accounts/create_load", STAFF_FACTS(account_facts_fields), .decide = account_create_decide, STAFF_PLAN,
      .answer = account_answer_fields, .apply = { "accounts/create", "accounts/grant", "accounts/reset_code" },
      .shape = ANSWER_PLAN, .status = 201 },
    { .method = POST, .path = "/accounts/{account_id}/reset-code", .plain_ids = "account_id", .may = MAY_GRANT, .lane = LANE_WRITE,
      .load = "accounts/reset_code_load", STAFF_FACTS(reset_code_facts_fields), .decide = reset_code_decide, STAFF_PLAN,
      .answer = reset_code_answer_fields, .apply = { "accounts/reset_code" }, .shape = ANSWER_PLAN, .status = 201 },
    { .method = GET, .path = "/accounts/{account_id}/roles", .plain_ids = "account_id", .may = MAY_GRANT | MAY(ROLE_AUDITOR),
      .lane = LANE_READ, .load = "accounts/roles_list", .shape = ANSWER_LIST },
    { .method = POST, .path = "/accounts/{account_id}/roles", .plain_ids = "account_id", .may = MAY_GRANT, .lane = LANE_WRITE,
      .idempotent = true, BODY(role_order_fields, staff_order), .load = "accounts/grant_load", STAFF_FACTS(role_facts_fields),
      .decide = role_grant_decide, STAFF_PLAN, .answer = role_answer_fields,
      .apply = { "accounts/grant", "accounts/sessions_changed" }, .shape = ANSWER_PLAN, .status = 201 },
    { .method = DELETE, .path = "/accounts/{account_id}/roles/{role_id}", .plain_ids = "account_id role_id", .may = MAY_GRANT,
      .lane = LANE_WRITE, .load = "accounts/revoke_load", STAFF_FACTS(revoke_facts_fields), .decide = role_revoke_decide, STAFF_PLAN,
      .apply = { "accounts/revoke", "accounts/sessions_changed" }, .shape = ANSWER_NONE },
    ROUTES_END,
};
/* clang-format on */
