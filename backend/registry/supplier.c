/* Proposing an organisation as a supplier: its numbers are read as people type them, and sealed before they are kept. */
#include "config.h"
#include "registry.h"

static void credit_code_check(const struct request *request, text typed, struct supplier_plan *plan,
                              struct problems *problems)
{
    struct credit_code code;
    enum number_fault fault = credit_code_read(typed, &code);

    if (fault != NUMBER_FINE)
        problems_add(problems, TEXT("/credit_code"), number_fault_code(fault), TEXT_NONE);
    else
        plan->credit_code = text_copy(request->arena, text_from(code.characters));
}

static void payee_account_seal(const struct request *request, text typed, struct supplier_plan *plan,
                               struct problems *problems)
{
    struct bank_card card;
    enum number_fault fault = bank_card_read(typed, &card);
    struct personal_place place = {"suppliers", "payee_account_sealed", text_from(plan->supplier_id.county),
                                   plan->supplier_id.id};
    text digits;

    if (fault != NUMBER_FINE) {
        problems_add(problems, TEXT("/payee_account"), number_fault_code(fault), TEXT_NONE);
        return;
    }
    digits = text_from(card.digits);
    plan->payee_account_masked = mask_bank_card(request->arena, digits);
    plan->payee_account_sealed =
        personal_to_bytea(request->arena, personal_seal(config_personal_keys(), &place, digits, request->arena));
}

enum problem supplier_propose_decide(const struct request *request, const void *facts_, void *plan_,
                                     struct problems *problems)
{
    const struct supplier_body *body = request->body;
    const struct supplier_facts *facts = facts_;
    struct supplier_plan *plan = plan_;

    plan->supplier_id = county_id_of(text_part(facts->area_code, 0, 6), request->new_id);
    plan->name_index = personal_name_index(config_personal_keys(), body->name, request->arena);
    if (body->credit_code.at != NULL)
        credit_code_check(request, body->credit_code, plan, problems);
    if (body->payee_account.at != NULL)
        payee_account_seal(request, body->payee_account, plan, problems);
    return problems->count > 0 ? PROBLEM_INVALID : PROBLEM_NONE;
}
