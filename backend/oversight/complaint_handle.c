/* Handling a complaint: what its outcome must say, who complained, and passing it on. Names are opened for its handler only, who is logged. */
#include "config.h"
#include "oversight/complaints.h"
#include "registry.h"

static void require(bool present, const char *pointer, struct problems *problems)
{
    if (!present)
        problems_add(problems, text_from(pointer), "required", TEXT_NONE);
}

/* What is found true becomes a finding: someone mends it until a day. */
enum problem complaint_outcome_prepare(const struct request *request, const void *facts, void *plan,
                                       struct problems *problems)
{
    const struct complaint_outcome *body = request->body;
    bool found_true = !text_equal(body->judgement, TEXT("not_substantiated"));
    (void)facts;
    (void)plan;
    if (found_true) {
        require(!uuid_is_zero(body->finding_owner_id), "/finding_owner_id", problems);
        require(body->finding_due_on != 0, "/finding_due_on", problems);
    }
    if (body->finding_due_on != 0 && body->finding_due_on < instant_business_day(request->now))
        problems_add(problems, TEXT("/finding_due_on"), "in-past", TEXT_NONE);
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}

/* Absent stays absent: an anonymous complaint has nothing to open. */
static bool opened(struct arena *arena, county_id complaint, const char *column, text sealed, text *plain)
{
    struct personal_place place = {"complaints", column, text_from(complaint.county), complaint.id};
    text bytes;
    if (sealed.at == NULL)
        return true;
    return personal_from_bytea(arena, sealed, &bytes) &&
           personal_open(config_personal_keys(), &place, bytes, arena, plain);
}

enum problem complaint_contact_decide(const struct request *request, const void *facts_, void *plan_,
                                      struct problems *problems)
{
    const struct complaint_sealed *facts = facts_;
    struct complaint_sealed *plan = plan_;
    (void)problems;
    plan->complaint_id = facts->complaint_id;
    bool all_opened = opened(request->arena, facts->complaint_id, "name_sealed", facts->name, &plan->name) &&
                      opened(request->arena, facts->complaint_id, "contact_sealed", facts->contact, &plan->contact);
    return all_opened ? PROBLEM_NONE : PROBLEM_OURS;
}

/* Sealed values are bound to their row: the copy in the other county gets its own. */
static bool resealed(const struct request *request, county_id from, county_id to, const char *column, text sealed,
                     text *again)
{
    struct personal_place place = {"complaints", column, text_from(to.county), to.id};
    text plain = TEXT_NONE;
    if (sealed.at == NULL)
        return true;
    if (!opened(request->arena, from, column, sealed, &plain))
        return false;
    *again = personal_to_bytea(request->arena, personal_seal(config_personal_keys(), &place, plain, request->arena));
    return true;
}

enum problem complaint_refer_decide(const struct request *request, const void *facts_, void *plan_,
                                    struct problems *problems)
{
    const struct complaint_referral *body = request->body;
    const struct complaint_referral_facts *facts = facts_;
    struct complaint_referral_plan *plan = plan_;
    bool goes_to_county = text_equal(body->kind, TEXT("county"));
    plan->complaint_id = facts->complaint_id;
    if (!goes_to_county)
        require(body->to.length > 0, "/to", problems);
    else if (!facts->is_county)
        problems_add(problems, TEXT("/area_code"), body->area_code.at == NULL ? "required" : "not-found", TEXT_NONE);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    if (!goes_to_county)
        return PROBLEM_NONE;
    plan->copy_id = county_id_of(body->area_code, request->new_id);
    plan->number = text_format(request->arena, "%s", complaint_number_new(body->area_code).digits);
    bool kept =
        resealed(request, facts->complaint_id, plan->copy_id, "name_sealed", facts->name_sealed, &plan->name_sealed) &&
        resealed(request, facts->complaint_id, plan->copy_id, "contact_sealed", facts->contact_sealed,
                 &plan->contact_sealed);
    return kept ? PROBLEM_NONE : PROBLEM_OURS;
}
