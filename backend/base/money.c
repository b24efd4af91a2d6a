/* Arithmetic on fen. Nothing overflows unnoticed and nothing is lost in a division. */
#include "base.h"

typedef unsigned __int128 wide;

bool money_plus(money a, money b, money *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

bool money_minus(money a, money b, money *difference)
{
    return !__builtin_sub_overflow(a, b, difference);
}

bool money_times(money price, int64_t count, money *total)
{
    return !__builtin_mul_overflow(price, count, total);
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static bool with_sign(wide size, bool negative, money *value)
{
    if (size > (wide)INT64_MAX + (negative ? 1 : 0))
        return false;
    *value = (money)(negative ? 0 - (uint64_t)size : (uint64_t)size);
    return true;
}

bool money_ratio(money amount, int64_t numerator, int64_t denominator, money *part)
{
    if (denominator <= 0)
        return false;
    wide divisor = (wide)denominator, product = (wide)magnitude(amount) * magnitude(numerator);
    wide size = product / divisor, rest = product % divisor;
    if (rest >= divisor - rest)
        size++;
    return with_sign(size, (amount < 0) != (numerator < 0), part);
}

/* One split under way: total and weights as given, whole parts by floor. */
struct split {
    uint64_t total;
    const int64_t *weights;
    size_t count;
    wide weights_sum;
};

static wide split_floor(const struct split *split, size_t i)
{
    return (wide)split->total * (uint64_t)split->weights[i] / split->weights_sum;
}

static wide split_remainder(const struct split *split, size_t i)
{
    return (wide)split->total * (uint64_t)split->weights[i] % split->weights_sum;
}

static size_t split_remainders_from(const struct split *split, wide least)
{
    size_t found = 0;
    for (size_t i = 0; i < split->count; i++)
        found += split_remainder(split, i) >= least;
    return found;
}

/* The largest remainder that at least `wanted` parts reach. Searched by halving, so it needs no memory and no sorting. */
static wide split_threshold(const struct split *split, size_t wanted)
{
    wide reached = 0, missed = split->weights_sum;
    while (missed - reached > 1) {
        wide middle = reached + (missed - reached) / 2;
        if (split_remainders_from(split, middle) >= wanted)
            reached = middle;
        else
            missed = middle;
    }
    return reached;
}

static bool weights_add_up(const int64_t *weights, size_t count, wide *sum)
{
    *sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (weights[i] < 0)
            return false;
        *sum += (uint64_t)weights[i];
    }
    return *sum > 0;
}

bool money_split(money total, const int64_t *weights, size_t count, money *parts)
{
    struct split split = {magnitude(total), weights, count, 0};
    if (!weights_add_up(weights, count, &split.weights_sum))
        return false;
    wide given = 0;
    for (size_t i = 0; i < count; i++)
        given += split_floor(&split, i);
    size_t left = (size_t)(split.total - given); /* less than count: each floor lost less than one fen */
    wide threshold = left == 0 ? split.weights_sum : split_threshold(&split, left);
    size_t above = split_remainders_from(&split, threshold + 1);
    size_t ties = left - above;
    for (size_t i = 0; i < count; i++) {
        wide part = split_floor(&split, i), remainder = split_remainder(&split, i);
        if (remainder > threshold) {
            part++;
        } else if (remainder == threshold && ties > 0) {
            part++;
            ties--;
        }
        must(with_sign(part, total < 0, &parts[i]));
    }
    return true;
}

text money_format_yuan(struct arena *arena, money fen)
{
    uint64_t size = magnitude(fen);
    return text_format(arena, "%s%llu.%02u", fen < 0 ? "-" : "", (unsigned long long)(size / 100),
                       (unsigned)(size % 100));
}
