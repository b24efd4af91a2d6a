/* Rules, members and pools at random from a seed; many of the rules do not pass the check, which is part of the test. */
#ifndef RANDOM_RULE_H
#define RANDOM_RULE_H

#include "distribution.h"

struct distribution_rule random_rule(struct arena *arena, uint64_t *state);
size_t random_members(uint64_t *state, struct distribution_member *members, size_t most);
struct distribution_pool random_pool(uint64_t *state, const struct distribution_rule *rule);

#endif
