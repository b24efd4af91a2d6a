/* Following a complaint without an account: its number and its code show what became of it. An unknown number must look like a wrong code. */
#include <sodium.h>

#include "oversight/complaints.h"

#define HASH_CHARACTERS 64

enum problem complaint_follow_prepare(const struct request *request, const void *facts, void *plan,
                                      struct problems *problems)
{
    const struct complaint_opening *body = request->body;
    struct complaint_number number;
    (void)facts;
    (void)plan;
    if (!complaint_number_read(body->number, &number)) {
        problems_add(problems, TEXT("/number"), "number-check", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    text digits = text_format(request->arena, "%s", number.digits);
    request->bind(request, "digits", digits);
    return PROBLEM_NONE;
}

static bool code_opens(const struct request *request, const struct complaint_opened *opened)
{
    const struct complaint_opening *body = request->body;
    struct code code;
    text nothing = TEXT("0000000000000000000000000000000000000000000000000000000000000000");
    text stored = opened->code_hash.length == HASH_CHARACTERS ? opened->code_hash : nothing;
    bool read = code_read(body->code, &code);
    text hash = complaint_code_hash(request->arena, &code, opened->code_for);
    return sodium_memcmp(hash.at, stored.at, HASH_CHARACTERS) == 0 && read;
}

enum problem complaint_follow_decide(const struct request *request, const void *facts, void *plan_,
                                     struct problems *problems)
{
    const struct complaint_opened *opened = facts;
    struct complaint_shown *plan = plan_;
    (void)problems;
    if (!code_opens(request, opened))
        return PROBLEM_NOT_FOUND;
    plan->complaint = opened->complaint;
    return PROBLEM_NONE;
}

/* More to say while it is open; a word against the answer opens it again, as long as the window stands. */
enum problem complaint_say_decide(const struct request *request, const void *facts, void *plan_,
                                  struct problems *problems)
{
    const struct complaint_opened *opened = facts;
    const struct complaint_opening *body = request->body;
    struct complaint_said *plan = plan_;
    (void)problems;
    if (!code_opens(request, opened))
        return PROBLEM_NOT_FOUND;
    bool is_open = text_equal(opened->state, TEXT("received")) || text_equal(opened->state, TEXT("handling"));
    if (!is_open && !opened->may_reopen)
        return PROBLEM_WRONG_STATE;
    plan->complaint_id = opened->complaint_id;
    plan->state = opened->state;
    plan->words = body->words;
    return PROBLEM_NONE;
}
