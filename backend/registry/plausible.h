/* Arithmetic that printed figures must obey. Each rule has caught an error in an official text: sources.md §5.2. */
#ifndef REGISTRY_PLAUSIBLE_H
#define REGISTRY_PLAUSIBLE_H

#include "base.h"

#define PEOPLE_OF_THE_NATION_MAX 1450000000
#define PEOPLE_PER_HOUSEHOLD_MAX 15

PURE bool people_fit_households(int64_t people, int64_t households);
PURE bool people_fit_nation(int64_t people);

/* Within `tolerance`, the rounding of the printed figures. */
PURE bool parts_equal_total(const int64_t *parts, size_t count, int64_t total, int64_t tolerance);
/* The one part that makes the total right when taken times ten or by ten; SIZE_MAX: that is not what is wrong. */
PURE size_t parts_ten_times_off(const int64_t *parts, size_t count, int64_t total, int64_t tolerance);
PURE size_t part_above_total(const int64_t *parts, size_t count, int64_t total); /* SIZE_MAX: none */

/* Shares in hundredths of a per cent, printed with steps of `step` (100: whole per cents). */
PURE bool shares_sum_to_whole(const int64_t *shares, size_t count, int64_t step);
/* The share that differs most from its amount's true one by more than rounding; SIZE_MAX: all fit. */
PURE size_t share_wrong(const int64_t *amounts, const int64_t *shares, size_t count, int64_t total, int64_t step);

/* numerator ÷ denominator printed as `ratio_hundredths`. */
enum ratio_verdict { RATIO_FITS, RATIO_TEN_TIMES_OFF, RATIO_WRONG };
PURE enum ratio_verdict ratio_verdict(int64_t numerator, int64_t denominator, int64_t ratio_hundredths);
PURE bool amount_per_unit_fits(int64_t amount, int64_t units, int64_t least, int64_t most);

#endif
