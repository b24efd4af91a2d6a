/* Taking a complaint: finds its place, seals who complains, gives it a number. Must never keep the code that opens it, nor require a name. */
#include "accounts.h"
#include "config.h"
#include "oversight/complaints.h"
#include "registry.h"

#define COMPLAINTS_AN_HOUR_MAX "60" /* from one address: an office or a village behind one line, not a flood */

enum problem complaint_address_prepare(const struct request *request, const void *facts, void *plan,
                                       struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "counted_as", TEXT("complaint"));
    request->bind(request, "an_hour_max", TEXT(COMPLAINTS_AN_HOUR_MAX));
    return PROBLEM_NONE;
}

static void place_check(const struct complaint_body *body, const struct complaint_place *place,
                        struct problems *problems)
{
    bool names_subject = !uuid_is_zero(body->subject_id.id), has_subject = !uuid_is_zero(place->subject_id);
    if (names_subject != (body->subject_kind.at != NULL))
        problems_add(problems, names_subject ? TEXT("/subject_kind") : TEXT("/subject_id"), "required", TEXT_NONE);
    else if (names_subject && !has_subject)
        problems_add(problems, TEXT("/subject_id"), "not-found", TEXT_NONE);
    if (body->trace_code.at != NULL && !has_subject)
        problems_add(problems, TEXT("/trace_code"), "not-found", TEXT_NONE);
    if (body->area_code.at != NULL && place->area_code.at == NULL)
        problems_add(problems, TEXT("/area_code"), "not-found", TEXT_NONE);
    if (body->area_code.at == NULL && !has_subject)
        problems_add(problems, TEXT("/area_code"), "required", TEXT_NONE);
}

static text sealed(const struct request *request, const struct complaint_plan *plan, const char *column, text plain)
{
    struct personal_place place = {"complaints", column, text_from(plan->complaint_id.county), plan->complaint_id.id};
    return personal_to_bytea(request->arena, personal_seal(config_personal_keys(), &place, plain, request->arena));
}

static text contact_masked(struct arena *arena, text contact)
{
    struct phone phone;
    return phone_read(contact, &phone) == NUMBER_FINE ? mask_phone(arena, text_from(phone.e164))
                                                      : mask_name(arena, contact);
}

static void complainant_seal(const struct request *request, const struct complaint_body *body,
                             struct complaint_plan *plan)
{
    if (body->name.length > 0) {
        plan->name_masked = mask_name(request->arena, body->name);
        plan->name_sealed = sealed(request, plan, "name_sealed", body->name);
    }
    if (body->contact.length > 0) {
        plan->contact_masked = contact_masked(request->arena, body->contact);
        plan->contact_sealed = sealed(request, plan, "contact_sealed", body->contact);
    }
}

struct complaint_number complaint_number_new(text county)
{
    uint32_t serial;
    random_bytes(&serial, sizeof serial);
    return complaint_number_of(county, serial);
}

text complaint_code_hash(struct arena *arena, const struct code *code, text number)
{
    return code_hash_hex(arena, code, text_format(arena, "complaint %.*s", TEXT_ARGUMENTS(number)),
                         accounts_code_key());
}

static void plan_fill(const struct request *request, const struct complaint_body *body,
                      const struct complaint_place *place, const struct code *code, struct complaint_plan *plan)
{
    bool has_subject = !uuid_is_zero(place->subject_id);
    text area = has_subject ? place->subject_area : place->area_code, county = text_part(area, 0, 6);
    struct complaint_number number = complaint_number_new(county);
    plan->complaint_id = county_id_of(county, request->new_id);
    plan->number = text_format(request->arena, "%s", number.digits);
    plan->code_hash = complaint_code_hash(request->arena, code, plan->number);
    plan->category = body->category;
    plan->about_level = body->about_level;
    plan->area_code = area;
    plan->words = body->words;
    if (has_subject) {
        plan->subject_kind = place->subject_kind;
        plan->subject_id = place->subject_id;
    }
    complainant_seal(request, body, plan);
}

static enum problem complaint_decide(const struct request *request, const struct complaint_place *place,
                                     struct complaint_plan *plan, struct problems *problems)
{
    const struct complaint_body *body = request->body;
    struct code code;
    place_check(body, place, problems);
    if (!code_read(body->code, &code))
        problems_add(problems, TEXT("/code"), "number-shape", TEXT_NONE);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    plan_fill(request, body, place, &code, plan);
    return PROBLEM_NONE;
}

enum problem complaint_web_decide(const struct request *request, const void *facts, void *plan_,
                                  struct problems *problems)
{
    struct complaint_plan *plan = plan_;
    plan->channel = TEXT("web");
    plan->received_at = request->now;
    return complaint_decide(request, facts, plan, problems);
}

/* The clock of a letter runs from the day it came, not from the day somebody found time to type it. */
enum problem complaint_hand_decide(const struct request *request, const void *facts, void *plan_,
                                   struct problems *problems)
{
    const struct complaint_body *body = request->body;
    struct complaint_plan *plan = plan_;
    calendar_day today = instant_business_day(request->now);
    plan->channel = body->channel;
    plan->by_hand = true;
    plan->received_at =
        body->received_on == 0 || body->received_on == today ? request->now : business_day_start(body->received_on);
    if (body->received_on > today)
        problems_add(problems, TEXT("/received_on"), "in-future", TEXT_NONE);
    return complaint_decide(request, facts, plan, problems);
}

enum problem due_answer_decide(const struct request *request, const void *facts, void *plan_, struct problems *problems)
{
    struct due_answer_plan *plan = plan_;
    text county = request->parameter(request, "due_county");
    struct complaint_number number = complaint_number_new(county);
    (void)facts;
    (void)problems;
    plan->complaint_id = county_id_of(county, request->new_id);
    plan->number = text_format(request->arena, "%s", number.digits);
    return PROBLEM_NONE;
}
