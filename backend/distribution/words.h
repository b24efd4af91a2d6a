/* The words a rule is written in, each list beside what it means. For this folder only. */
#ifndef DISTRIBUTION_WORDS_H
#define DISTRIBUTION_WORDS_H

#include "distribution.h"

#define PPM_WHOLE 1000000
#define UNIT_HUNDREDTHS 100

enum step_kind { STEP_SHARE, STEP_EACH, STEP_REST, STEP_KINDS_COUNT };
enum step_to { TO_MEMBERS, TO_VILLAGES, TO_ORGANISATION, TO_COUNT };
enum step_base { BASE_POOL, BASE_LEFT, BASE_INCOME, BASES_COUNT };
enum step_by { BY_SHARES, BY_HEADS, BY_HOUSEHOLDS, BY_UNITS, BYS_COUNT };
enum step_per { PER_HOUSEHOLD, PER_HEAD, PER_SHARE, PER_UNIT, PER_GRADE, PERS_COUNT };

extern const char *const step_kinds[STEP_KINDS_COUNT + 1],
    *const step_tos[TO_COUNT + 1], *const step_bases[BASES_COUNT + 1], *const step_bys[BYS_COUNT + 1],
                                                                           *const step_pers[PERS_COUNT + 1];

/* The place of a word in its list; a word the decoder let through is always found. */
size_t word_place(const char *const *words, text word);

#endif
