/* Inside accounts: what proving who one is reads and writes. One plan for logging in, registering, changing and resetting. */
#ifndef ACCOUNTS_SIGN_IN_H
#define ACCOUNTS_SIGN_IN_H

#include "accounts.h"

#define LOGIN_CHARACTERS_MAX 64
#define LOGIN_CHARACTERS_MIN 3

struct registration {
    text login, password, display_name, consent_version, language;
};
struct credentials {
    text login, password;
};
struct password_change {
    text old_password, new_password;
};
struct reset {
    text login, code, password, consent_version;
};
extern const struct field registration_fields[], credentials_fields[], password_change_fields[], reset_fields[];

struct sign_in_facts {
    int64_t retry_after_s;
    uuid account_id;
    int64_t account_version;
    text login, password_hash;
    uuid code_id;
    text code_hash;
    bool taken;
};
extern const struct field login_facts_fields[], password_facts_fields[], reset_facts_fields[],
    registration_facts_fields[];

struct sign_in_plan {
    bool accepted;
    text login, display_name, language, consent_version;
    uuid account_id;
    int64_t account_version;
    uuid session_id, kept_session_id, code_id;
    text token_hash, csrf, password_hash;
    text token; /* the secret itself: for the cookie, never for a statement */
};
extern const struct field sign_in_plan_fields[];

void session_make(const struct request *request, struct sign_in_plan *plan);
MUST_USE enum problem password_hash_new(const struct request *request, text password, struct sign_in_plan *plan);
MUST_USE enum problem password_check_new(const char *pointer, text password, text login, struct problems *problems);
/* PROBLEM_TOO_MANY while the throttle holds; says how long. */
MUST_USE enum problem sign_in_wait(const struct request *request, int64_t retry_after_s);

/* Ends one session or token. */
struct session_end_plan {
    uuid account_id, session_id;
    text kind;
};
extern const struct field session_end_plan_fields[];

struct token_order {
    text name, scope;
    instant expires_at;
};
struct token_facts {
    instant latest_at;
    int64_t open;
};
struct token_plan {
    uuid token_id, account_id;
    text name, scope, token_hash, token;
    instant expires_at;
};
extern const struct field token_order_fields[], token_facts_fields[], token_plan_fields[], token_answer_fields[];

/* ---- passbook.c: a household opens its passbook with its card and a printed code ---- */
struct passbook_opening {
    text card_number, county, code;
};
struct passbook_facts {
    int64_t retry_after_s;
    uuid account_id;
    int64_t account_version;
    text household, code_hash; /* household: its public id */
};
struct passbook_code_facts {
    text head_name_masked;
    uuid account_id; /* zero: no slip was ever printed */
};
struct passbook_code_plan {
    county_id household_id;
    uuid account_id, role_id;
    text login, display_name, code_hash, code; /* code: for the slip only, never for a statement */
};
extern const struct field passbook_opening_fields[], passbook_facts_fields[];
extern const struct field passbook_code_facts_fields[], passbook_code_plan_fields[], passbook_code_answer_fields[];
decide_function passbook_open_prepare, passbook_open_decide, passbook_code_decide;

#endif
