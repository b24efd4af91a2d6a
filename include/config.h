/* config: every setting once, from flags, environment or default, and the keys kept in the data folder. Read at start, never changed. */
#ifndef CONFIG_H
#define CONFIG_H

#include "base.h"

enum setting {
    SETTING_DATA_FOLDER,
    SETTING_DATABASE_URL,
    SETTING_DATABASE_OWNER_URL,
    SETTING_TLS_ADDRESS,
    SETTING_PLAIN_ADDRESS,
    SETTING_OPERATIONS_ADDRESS,
    SETTING_PUBLIC_ORIGIN,
    SETTING_ORIGINS_ALLOWED,
    SETTING_CERTIFICATE_FILE,
    SETTING_KEY_FILE,
    SETTING_PAYMENT_PROVIDER,
    SETTING_SIMULATOR_SECRET,
    SETTING_WEBHOOK_LOOPBACK,
    SETTING_THREADS,
    SETTING_READ_CONNECTIONS,
    SETTING_WRITE_CONNECTIONS,
    SETTING_REPORT_CONNECTIONS,
    SETTING_REQUEST_MS,
    SETTING_STOP_MS,
    SETTING_JOBS_TICK_MS,
    SETTING_LOG_LEVEL,
    SETTING_LOG_FILE,
    SETTING_UNSAFE_FAST,
    SETTING_PAYMENT_DEADLINE_S,
    SETTING_PHONE_DEADLINE_S,
    SETTING_RETURN_ANSWER_S,
    SETTING_RETURN_WINDOW_S,
    SETTING_RECEIPT_S,
    SETTING_PUBLICITY_S,
    SETTING_SHIP_LATE_S,
    SETTING_DUE_OVERDUE_S,
    SETTING_COMPLAINT_SORT_S,
    SETTING_COMPLAINT_ANSWER_S,
    SETTING_COMPLAINT_REOPEN_S,
    SETTING_STATEMENT_DUE_S,
    SETTING_SESSION_S,
    SETTING_TOKEN_S,
    SETTING_RESET_CODE_S,
    SETTING_IDEMPOTENCY_S,
    SETTINGS_COUNT
};

/* A flag without its dashes ("plain-address"); false: no setting has it. Call before config_load. */
MUST_USE bool config_set_flag(const char *flag, const char *value);
/* From here on unset settings take the values meant for trying out: loopback only, payments by the simulator. */
void config_use_demo_values(void);
/* Settles every setting. false after saying on standard error which one is wrong and what it may be. */
MUST_USE bool config_load(struct arena *arena);
const char *config_text(enum setting setting); /* NULL: not set */
int64_t config_count(enum setting setting);
enum log_level config_log_level(void);
/* "payment_deadline" → "1800", for the SQL parameter period_payment_deadline_s; TEXT_NONE when there is no such period. */
text config_period(text name);
/* One line a setting with where it came from, secrets as "(set)"; `explained`: also its flag, variable and purpose. */
void config_print(FILE *to, bool explained);

/* Keys: files of the data folder that only their owner reads, made at the first start. They belong into the backup, but never next
   to the database's: without them no personal number can be read again. */
enum key_name { KEY_CODES, KEY_CALLBACKS, KEY_HEADS, KEYS_COUNT };
#define KEY_BYTES 32
/* Reads them into locked memory; `may_create`: makes missing ones. Call again after fork: locks are not inherited. */
MUST_USE bool config_keys_open(struct arena *arena, bool may_create);
/* All key files of the data folder as one text, to be kept apart from the backup. false: there are none, or not all. */
MUST_USE bool config_keys_bundle(struct arena *arena, text *bundle);
text config_keys_fingerprint(struct arena *arena, text bundle); /* tells bundles apart, tells nothing of the keys */
void config_keys_forget(text bundle);                           /* wipes it */
/* Makes the key files from a bundle; false after saying why, also when the folder has other keys. Before config_keys_open. */
MUST_USE bool config_keys_adopt(struct arena *arena, text bundle);
const uint8_t *config_key(enum key_name name); /* KEY_BYTES of them; aborts before config_keys_open */
struct personal_keys;                          /* of registry.h */
const struct personal_keys *config_personal_keys(void);
/* What the simulator signs callbacks with: the setting, otherwise KEY_CALLBACKS in hexadecimal. */
text config_simulator_secret(struct arena *arena);

#endif
