/* A household's payee account and its people's full numbers: sealed, shown masked, and never without a second pair of eyes or a reason. */
#include "config.h"
#include "registry/household_form.h"

#define REVEALS_AN_HOUR_MAX "20" /* of one account: enough for a sample of households, too few to copy a village */

enum problem payee_propose_decide(const struct request *request, const void *facts, void *plan_,
                                  struct problems *problems)
{
    const struct payee_form *body = request->body;
    struct payee_plan *plan = plan_;
    struct bank_card card;
    (void)facts;
    enum number_fault fault = bank_card_read(body->payee_account, &card);
    if (fault != NUMBER_FINE) {
        problems_add(problems, TEXT("/payee_account"), number_fault_code(fault), TEXT_NONE);
        return PROBLEM_INVALID;
    }
    text digits = text_from(card.digits), county = request->parameter(request, "household_county");
    must(uuid_parse(request->parameter(request, "household_id"), &plan->household_id.id));
    plan->household_id = county_id_of(county, plan->household_id.id);
    plan->payee_change_id = county_id_of(county, request->new_id);
    /* Sealed for its place in households at once: whoever agrees moves it there without opening it. */
    struct personal_place place = {"households", "payee_account_sealed", county, plan->household_id.id};
    plan->payee_bank = body->payee_bank;
    plan->payee_account_masked = mask_bank_card(request->arena, digits);
    plan->payee_account_sealed =
        personal_to_bytea(request->arena, personal_seal(config_personal_keys(), &place, digits, request->arena));
    plan->reason = body->reason;
    plan->enter_twice = card.warning == NUMBER_CHECK;
    return PROBLEM_NONE;
}

enum problem reveal_prepare(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "reveals_an_hour_max", TEXT(REVEALS_AN_HOUR_MAX));
    return PROBLEM_NONE;
}

enum problem reveal_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct reveal_facts *facts = facts_;
    struct reveal_plan *plan = plan_;
    struct personal_place place = {"members", "id_number_sealed", text_from(facts->member_id.county),
                                   facts->member_id.id};
    text sealed;
    (void)problems;
    plan->member_id = facts->member_id;
    return personal_from_bytea(request->arena, facts->sealed, &sealed) &&
                   personal_open(config_personal_keys(), &place, sealed, request->arena, &plan->id_number)
               ? PROBLEM_NONE
               : PROBLEM_OURS;
}
