/* Plausibility of figures, on integers only. Pure: it says what is wrong, what to do about it is the caller's. */
#include "registry/plausible.h"

#define WHOLE 10000 /* a hundred per cent in hundredths of one */

bool people_fit_households(int64_t people, int64_t households)
{
    if (households <= 0 || people < households)
        return false;
    return (people - 1) / households < PEOPLE_PER_HOUSEHOLD_MAX;
}

bool people_fit_nation(int64_t people)
{
    return people >= 0 && people <= PEOPLE_OF_THE_NATION_MAX;
}

static __int128 sum_of(const int64_t *parts, size_t count)
{
    __int128 sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += parts[i];
    return sum;
}

static bool is_near(__int128 a, __int128 b, int64_t tolerance)
{
    __int128 difference = a > b ? a - b : b - a;
    return difference <= tolerance;
}

bool parts_equal_total(const int64_t *parts, size_t count, int64_t total, int64_t tolerance)
{
    return is_near(sum_of(parts, count), total, tolerance);
}

size_t parts_ten_times_off(const int64_t *parts, size_t count, int64_t total, int64_t tolerance)
{
    __int128 sum = sum_of(parts, count);
    if (is_near(sum, total, tolerance))
        return SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        __int128 rest = sum - parts[i];
        if (is_near(rest + (__int128)parts[i] * 10, total, tolerance) ||
            is_near(rest + parts[i] / 10, total, tolerance))
            return i;
    }
    return SIZE_MAX;
}

size_t part_above_total(const int64_t *parts, size_t count, int64_t total)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i] > total)
            return i;
    }
    return SIZE_MAX;
}

bool shares_sum_to_whole(const int64_t *shares, size_t count, int64_t step)
{
    /* Each printed share may be half a step off. */
    int64_t tolerance = (int64_t)count * step / 2;
    return is_near(sum_of(shares, count), WHOLE, tolerance);
}

size_t share_wrong(const int64_t *amounts, const int64_t *shares, size_t count, int64_t total, int64_t step)
{
    size_t worst = SIZE_MAX;
    __int128 worst_gap = step;
    for (size_t i = 0; i < count && total > 0; i++) {
        __int128 gap = (__int128)amounts[i] * WHOLE / total - shares[i];
        if (gap < 0)
            gap = -gap;
        if (gap > worst_gap) {
            worst_gap = gap;
            worst = i;
        }
    }
    return worst;
}

enum ratio_verdict ratio_verdict(int64_t numerator, int64_t denominator, int64_t ratio_hundredths)
{
    if (denominator <= 0 || ratio_hundredths <= 0)
        return RATIO_WRONG;
    __int128 printed = (__int128)denominator * ratio_hundredths, meant = (__int128)numerator * 100;
    /* Figures of three digits may be half a per cent off. */
    int64_t tolerance = (int64_t)(printed / 100);
    if (is_near(meant, printed, tolerance))
        return RATIO_FITS;
    bool off = is_near(meant / 10, printed, tolerance) || is_near(meant * 10, printed, tolerance);
    return off ? RATIO_TEN_TIMES_OFF : RATIO_WRONG;
}

bool amount_per_unit_fits(int64_t amount, int64_t units, int64_t least, int64_t most)
{
    return units > 0 && amount / units >= least && amount / units <= most;
}
