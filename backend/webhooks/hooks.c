/* What people decide about a webhook: whose it is, where it goes, what it wants, and the secret that is shown once. */
#include "webhooks/hooks.h"

#include "config.h"
#include "registry.h"

enum { WEBHOOKS_OF_OWNER_MAX = 5, OLD_SECRET_S = 86400 };

const struct field webhook_add_body_fields[] = {
    FIELD(webhook_add_body, shop_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(webhook_add_body, unit_id, FIELD_COUNTY_ID, .optional = true),
    FIELD(webhook_add_body, county, FIELD_CODE, .min = 6, .max = 6, .optional = true),
    FIELD(webhook_add_body, name, FIELD_TEXT, .min = 1, .max = 60),
    FIELD(webhook_add_body, address, FIELD_TEXT, .min = 8, .max = WEBHOOK_ADDRESS_CHARACTERS_MAX),
    FIELD(webhook_add_body, events, FIELD_TEXT, .min = 1, .max = 1000),
    FIELDS_END,
};
const struct field webhook_add_facts_fields[] = {
    FIELD(webhook_add_facts, owner_kind, FIELD_TEXT),
    FIELD(webhook_add_facts, county, FIELD_TEXT),
    FIELD(webhook_add_facts, owner_id, FIELD_UUID, .optional = true),
    FIELD(webhook_add_facts, webhooks_count, FIELD_COUNT),
    FIELDS_END,
};
const struct field webhook_add_plan_fields[] = {
    FIELD(webhook_add_plan, webhook_id, FIELD_COUNTY_ID),
    FIELD(webhook_add_plan, owner_kind, FIELD_TEXT),
    FIELD(webhook_add_plan, owner_id, FIELD_UUID, .optional = true),
    FIELD(webhook_add_plan, name, FIELD_TEXT),
    FIELD(webhook_add_plan, address, FIELD_TEXT),
    FIELD(webhook_add_plan, events, FIELD_TEXT),
    FIELD(webhook_add_plan, secret_sealed, FIELD_TEXT),
    FIELDS_END,
};
const struct field webhook_add_answer_fields[] = {
    FIELD(webhook_add_plan, webhook_id, FIELD_COUNTY_ID),
    FIELD(webhook_add_plan, secret, FIELD_TEXT),
    FIELDS_END,
};
const struct field webhook_change_body_fields[] = {
    FIELD(webhook_change_body, name, FIELD_TEXT, .min = 1, .max = 60),
    FIELD(webhook_change_body, address, FIELD_TEXT, .min = 8, .max = WEBHOOK_ADDRESS_CHARACTERS_MAX),
    FIELD(webhook_change_body, events, FIELD_TEXT, .min = 1, .max = 1000),
    FIELDS_END,
};
const struct field webhook_facts_fields[] = {
    FIELD(webhook_facts, owner_kind, FIELD_TEXT),
    FIELD(webhook_facts, version, FIELD_COUNT),
    FIELDS_END,
};
const struct field webhook_change_plan_fields[] = {
    FIELD(webhook_change_plan, name, FIELD_TEXT),
    FIELD(webhook_change_plan, address, FIELD_TEXT),
    FIELD(webhook_change_plan, events, FIELD_TEXT),
    FIELDS_END,
};
const struct field webhook_secret_plan_fields[] = {
    FIELD(webhook_secret_plan, secret_sealed, FIELD_TEXT),
    FIELD(webhook_secret_plan, old_secret_until, FIELD_INSTANT),
    FIELD(webhook_secret_plan, seen_version, FIELD_COUNT),
    FIELDS_END,
};
const struct field webhook_secret_answer_fields[] = {
    FIELD(webhook_secret_plan, secret, FIELD_TEXT),
    FIELD(webhook_secret_plan, old_secret_until, FIELD_INSTANT),
    FIELDS_END,
};

struct personal_place webhook_secret_place(text county, uuid webhook_id)
{
    return (struct personal_place){"webhooks", "secret_sealed", county, webhook_id};
}

static text sealed(const struct request *request, county_id webhook_id, text secret)
{
    struct personal_place place = webhook_secret_place(text_from(webhook_id.county), webhook_id.id);
    return personal_to_bytea(request->arena, personal_seal(config_personal_keys(), &place, secret, request->arena));
}

/* Answers the events as the table has them. */
static text wishes_read(const struct request *request, text owner_kind, text address, text events,
                        struct problems *problems)
{
    const char *fault = webhook_address_fault(address, webhook_loopback_is_allowed());
    text list = webhook_events_read(request->arena, owner_kind, events);
    if (fault != NULL)
        problems_add(problems, TEXT("/address"), fault, TEXT_NONE);
    if (list.at == NULL)
        problems_add(problems, TEXT("/events"), "not-a-choice", TEXT_NONE);
    return list;
}

enum problem webhook_add_prepare(const struct request *request, const void *facts, void *plan,
                                 struct problems *problems)
{
    const struct webhook_add_body *body = request->body;
    (void)facts;
    (void)plan;
    int owners = !uuid_is_zero(body->shop_id.id) + !uuid_is_zero(body->unit_id.id) + (body->county.at != NULL);
    if (owners == 1)
        return PROBLEM_NONE;
    problems_add(problems, TEXT(""), owners == 0 ? "required" : "repeated", TEXT("shop_id, unit_id or county"));
    return PROBLEM_INVALID;
}

enum problem webhook_add_decide(const struct request *request, const void *facts_, void *plan_,
                                struct problems *problems)
{
    const struct webhook_add_body *body = request->body;
    const struct webhook_add_facts *facts = facts_;
    struct webhook_add_plan *plan = plan_;
    plan->events = wishes_read(request, facts->owner_kind, body->address, body->events, problems);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    if (facts->webhooks_count >= WEBHOOKS_OF_OWNER_MAX)
        return PROBLEM_WRONG_STATE;
    plan->webhook_id = county_id_of(facts->county, request->new_id);
    plan->owner_kind = facts->owner_kind;
    plan->owner_id = facts->owner_id;
    plan->name = body->name;
    plan->address = body->address;
    plan->secret = webhook_secret_new(request->arena);
    plan->secret_sealed = sealed(request, plan->webhook_id, plan->secret);
    return PROBLEM_NONE;
}

enum problem webhook_change_decide(const struct request *request, const void *facts_, void *plan_,
                                   struct problems *problems)
{
    const struct webhook_change_body *body = request->body;
    const struct webhook_facts *facts = facts_;
    struct webhook_change_plan *plan = plan_;
    plan->name = body->name;
    plan->address = body->address;
    plan->events = wishes_read(request, facts->owner_kind, body->address, body->events, problems);
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}

enum problem webhook_secret_decide(const struct request *request, const void *facts_, void *plan_,
                                   struct problems *problems)
{
    const struct webhook_facts *facts = facts_;
    struct webhook_secret_plan *plan = plan_;
    county_id webhook_id = {0};
    (void)problems;
    must(uuid_parse(request->parameter(request, "webhook_id"), &webhook_id.id));
    webhook_id = county_id_of(request->parameter(request, "webhook_county"), webhook_id.id);
    plan->secret = webhook_secret_new(request->arena);
    plan->secret_sealed = sealed(request, webhook_id, plan->secret);
    plan->old_secret_until = request->now + OLD_SECRET_S * INT64_C(1000000);
    plan->seen_version = facts->version;
    return PROBLEM_NONE;
}
