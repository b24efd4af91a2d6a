/* accounts: who you are and what you may. Passwords, session tokens, one-time codes, roles; keys come in as arguments. */
#ifndef ACCOUNTS_H
#define ACCOUNTS_H

#include "base.h"
#include "db.h"

/* ---- Passwords: argon2id, 19 MiB, two passes. Takes about 30 ms of CPU: always off the event loop, at most two at once. ---- */
#define PASSWORD_BYTES_MAX 256
#define PASSWORD_HASH_BYTES 128 /* with its terminator, crypto_pwhash_STRBYTES */
MUST_USE bool password_hash(text password, char hash[PASSWORD_HASH_BYTES]); /* false: out of memory or too long */
/* TEXT_NONE for the stored hash (no such login) costs the same time and answers false. */
MUST_USE bool password_matches(text password, text stored_hash);
bool password_needs_rehash(text stored_hash);

/* Both codes are public and stand in problem details. */
#define PASSWORD_TOO_WEAK "password-too-weak"     /* needs 10 characters, or 8 of three kinds */
#define PASSWORD_TOO_COMMON "password-too-common" /* among the first anyone tries, or holds the login */
#define PASSWORD_TOO_LONG "password-too-long"
/* NULL: good enough. */
PURE const char *password_fault(text password, text login);

/* ---- Tokens of sessions and bearers: 32 random bytes as base64url; the database holds only their SHA-256. ---- */
#define TOKEN_CHARACTERS 43
#define TOKEN_HASH_BYTES 32
struct token {
    char characters[TOKEN_CHARACTERS + 1];
};
void token_new(struct token *token);
PURE bool token_has_shape(text token);
void token_hash(text token, uint8_t hash[TOKEN_HASH_BYTES]);
text token_hash_hex(struct arena *arena, text token); /* 64 characters, lower case */

/* ---- One-time codes that an office prints or reads out: "7K3M-9QXT-4W", ten characters of an alphabet nobody misreads. ---- */
#define CODE_CHARACTERS 10
#define CODE_KEY_BYTES 32
struct code {
    char characters[CODE_CHARACTERS + 1];
};
void code_new(struct code *code);
text code_print(struct arena *arena, const struct code *code);
/* Any case, spaces and hyphens anywhere; O is read as 0, I and L as 1. */
MUST_USE bool code_read(text typed, struct code *code);
/* Keyed and bound to whom it was issued for, so that a stolen table tells nothing and a code serves one login only. */
text code_hash_hex(struct arena *arena, const struct code *code, text issued_for, const uint8_t key[CODE_KEY_BYTES]);

/* ---- Routes and jobs ---- */
extern const struct route accounts_routes[];
extern const struct job accounts_jobs[];
/* What printed codes are hashed with: CODE_KEY_BYTES that outlive everything. Before the first route or command. */
void accounts_use_code_key(const uint8_t *key);
const uint8_t *accounts_code_key(void);
decide_function registration_offload, registration_decide, login_offload, login_decide, logout_decide;
decide_function password_offload, password_decide, reset_offload, reset_decide;
decide_function token_decide, token_end_decide, session_end_decide;
decide_function account_create_decide, role_grant_decide, role_revoke_decide, reset_code_decide;

/* ---- Who may grant what ---- */
enum role_place { ROLE_PLACE_EVERYWHERE, ROLE_PLACE_AREA, ROLE_PLACE_ORGANISATION, ROLE_PLACES_COUNT };
/* False: no such role. Everyone logged in is a buyer: nobody grants that. */
MUST_USE bool role_read(text name, enum role *role);
/* `granter`: MAY bits; `within`: the place lies in an area he is the county's officer of. */
PURE bool role_may_be_granted(enum role role, unsigned granter, bool within);
/* Whether the role can be bound to such a place; `kind` is the area's or the organisation's. */
PURE bool role_fits(enum role role, enum role_place place, text kind);
/* A printed code opens an account, so it must not lift whoever prints it. */
PURE bool reset_may_be_printed(unsigned held, unsigned printer, bool within, bool beyond);

/* ---- The same by hand, over a blocking connection: nobody has granted the first administrator his role. ---- */
struct staff_by_hand {
    text login, display_name, role, area_code;
    text organisation; /* its public id; neither it nor an area: everywhere */
    calendar_day valid_from, valid_to;
};
struct printed_code {
    text code;
    instant expires_at;
};
struct db;
/* `period_s`: how long the code works, from the configuration. */
MUST_USE enum problem staff_add(struct db *db, struct arena *arena, const struct staff_by_hand *staff, text period_s,
                                struct problems *problems, struct printed_code *printed);
MUST_USE enum problem staff_grant(struct db *db, struct arena *arena, const struct staff_by_hand *staff,
                                  struct problems *problems);
MUST_USE enum problem staff_revoke(struct db *db, struct arena *arena, text login, text role_id);
MUST_USE enum problem staff_reset(struct db *db, struct arena *arena, text login, text period_s,
                                  struct printed_code *printed);

#endif
