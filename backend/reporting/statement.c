/* A month's statement as pure decisions: whether it may be frozen, what its text and hash are, how it differs from what was handed in. */
#include <sodium.h>

#include "reporting.h"

/* ---- Differences ---- */

static const struct statement_figure *figure_find(const struct statement_facts *facts, text name)
{
    for (size_t i = 0; i < facts->last_figures_count; i++)
        if (text_equal(facts->last_figures[i].name, name))
            return &facts->last_figures[i];
    return NULL;
}

/* Figures that differ from the edition that holds; none where nothing was handed in. */
static struct statement_change *changes_of(struct arena *arena, const struct statement_facts *facts, size_t *count)
{
    struct statement_change *changes = arena_alloc_items(arena, facts->figures_count + 1, sizeof *changes);
    *count = 0;
    for (size_t i = 0; facts->last_edition > 0 && i < facts->figures_count; i++) {
        const struct statement_figure *now = &facts->figures[i], *before = figure_find(facts, now->name);
        if (before != NULL && before->value == now->value)
            continue;
        changes[(*count)++] = (struct statement_change){
            .name = now->name,
            .before = before == NULL ? TEXT("null") : text_format(arena, "%lld", (long long)before->value),
            .after = now->value,
        };
    }
    return changes;
}

/* ---- The text that is hashed: anybody can hash it again ---- */

static text canonical_of(struct arena *arena, const struct statement_plan *plan)
{
    struct bytes canonical;
    bytes_init(&canonical, arena, STATEMENT_BYTES_MAX);
    bytes_add_format(&canonical, "%.*s\ncounty %.*s\nmonth %.*s\nedition %lld\nas of %.*s\nbooks %.*s\n",
                     TEXT_ARGUMENTS(plan->formula), TEXT_ARGUMENTS(plan->county), TEXT_ARGUMENTS(plan->month),
                     (long long)plan->edition, TEXT_ARGUMENTS(instant_format(arena, plan->as_of)),
                     TEXT_ARGUMENTS(plan->reconciled));
    if (plan->edition > 1)
        bytes_add_format(&canonical, "restates %.*s\nreason %.*s\n", TEXT_ARGUMENTS(plan->previous_hash),
                         TEXT_ARGUMENTS(plan->reason));
    for (size_t i = 0; i < plan->figures_count; i++)
        bytes_add_format(&canonical, "%.*s %lld\n", TEXT_ARGUMENTS(plan->figures[i].name),
                         (long long)plan->figures[i].value);
    return bytes_text(&canonical);
}

static text hash_of(struct arena *arena, text canonical)
{
    uint8_t hash[crypto_hash_sha256_BYTES];
    char hex[2 * crypto_hash_sha256_BYTES + 1];
    crypto_hash_sha256(hash, (const uint8_t *)canonical.at, canonical.length);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return text_copy(arena, text_from(hex));
}

/* ---- Decisions ---- */

/* "2026-10", of the body or the query, becomes :first, its first day. */
enum problem statement_month_prepare(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems)
{
    const struct statement_wish *wish = request->body;
    text month = wish == NULL ? request->parameter(request, "month") : wish->month;
    calendar_day first;
    (void)facts;
    (void)plan;
    if (month.at == NULL)
        return PROBLEM_NONE;
    text wanted = text_format(request->arena, "%.*s-01", TEXT_ARGUMENTS(month));
    if (!day_parse(wanted, &first)) {
        problems_add(problems, TEXT("/month"), "not-a-date", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    request->bind(request, "first", wanted);
    return PROBLEM_NONE;
}

/* Why a month can't be frozen now. */
static enum problem refusal_of(const struct request *request, const struct statement_facts *facts, text reason,
                               size_t changes_count, struct problems *problems)
{
    bool is_restatement = facts->last_edition > 0;
    if (!facts->is_over)
        problems_add(problems, TEXT("/month"), "in-future", TEXT_NONE);
    if (is_restatement && reason.at == NULL)
        problems_add(problems, TEXT("/reason"), "required", TEXT_NONE);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    if (facts->prepared_id.at != NULL)
        return PROBLEM_TAKEN;
    if (facts->is_behind) {
        request->reply->retry_after_s = 2;
        return PROBLEM_UNAVAILABLE;
    }
    return is_restatement && changes_count == 0 ? PROBLEM_WRONG_STATE : PROBLEM_NONE;
}

enum problem statement_prepare_decide(const struct request *request, const void *facts_, void *plan_,
                                      struct problems *problems)
{
    const struct statement_facts *facts = facts_;
    const struct statement_wish *wish = request->body;
    struct statement_plan *plan = plan_;
    size_t changes_count = 0;
    struct statement_change *changes = changes_of(request->arena, facts, &changes_count);
    enum problem problem = refusal_of(request, facts, wish->reason, changes_count, problems);
    if (problem != PROBLEM_NONE)
        return problem;
    *plan = (struct statement_plan){
        .statement_id = county_id_of(facts->county, request->new_id),
        .county = facts->county,
        .month = facts->month,
        .formula = TEXT(STATEMENT_FORMULA),
        .edition = facts->last_edition + 1,
        .version = 1,
        .as_of = facts->as_of,
        .reconciled = facts->reconciled,
        .reason = facts->last_edition > 0 ? wish->reason : TEXT_NONE,
        .previous_hash = facts->last_hash,
        .state = TEXT("prepared"),
        .figures = facts->figures,
        .figures_count = facts->figures_count,
        .changes = changes,
        .changes_count = changes_count,
    };
    plan->canonical = canonical_of(request->arena, plan);
    plan->hash = hash_of(request->arena, plan->canonical);
    return PROBLEM_NONE;
}

enum problem statement_live_decide(const struct request *request, const void *facts_, void *live_,
                                   struct problems *problems)
{
    const struct statement_facts *facts = facts_;
    struct statement_live *live = live_;
    (void)problems;
    *live = (struct statement_live){
        .county = facts->county,
        .county_name = facts->county_name,
        .month = facts->month,
        .formula = TEXT(STATEMENT_FORMULA),
        .is_over = facts->is_over,
        .is_behind = facts->is_behind,
        .as_of = facts->as_of,
        .reconciled = facts->reconciled,
        .prepared_id = facts->prepared_id,
        .last_id = facts->last_id,
        .last_edition = facts->last_edition,
        .figures = facts->figures,
        .figures_count = facts->figures_count,
    };
    live->changes = changes_of(request->arena, facts, &live->changes_count);
    return PROBLEM_NONE;
}
