/* The bank's list: full names and accounts, opened for finance alone and never stored. Who has another account now than the one that was approved
   is left out: finance books that payment as returned, and the next batch, approved anew, pays it. */
#include "payouts/bank_list.h"
#include "config.h"
#include "registry.h"

enum { FILE_BYTES_MAX = 16 * 1024 * 1024 };

static bool open_value(const struct request *request, text county, const struct bank_item *item, const char *column,
                       text sealed, text *plain)
{
    bool household = text_equal(item->payee_kind, TEXT("household"));
    struct personal_place place = {household ? "households" : "suppliers", column, county, item->payee_id};
    text bytes;
    return personal_from_bytea(request->arena, sealed, &bytes) &&
           personal_open(config_personal_keys(), &place, bytes, request->arena, plain);
}

static void add_quoted(struct bytes *file, text value)
{
    bytes_add_char(file, '"');
    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] == '"')
            bytes_add_char(file, '"');
        bytes_add_char(file, value.at[i]);
    }
    bytes_add(file, TEXT("\","));
}

static bool add_item(const struct request *request, const struct bank_list_facts *facts, const struct bank_item *item,
                     struct bytes *file)
{
    text name = item->payee, account = TEXT("");
    if (item->name_sealed.at != NULL &&
        !open_value(request, facts->county, item, "head_name_sealed", item->name_sealed, &name))
        return false;
    if (item->account_sealed.at != NULL &&
        !open_value(request, facts->county, item, "payee_account_sealed", item->account_sealed, &account))
        return false;
    text id = uuid_format(request->arena, item->item_id);
    bytes_add_format(file, "%.*s-%.*s,%.*s,", TEXT_ARGUMENTS(facts->county), TEXT_ARGUMENTS(id),
                     TEXT_ARGUMENTS(item->payee_kind));
    add_quoted(file, name);
    add_quoted(file, item->bank.at == NULL ? TEXT("") : item->bank);
    add_quoted(file, account);
    bytes_add_format(file, "%lld.%02lld,", (long long)(item->amount_fen / 100), (long long)(item->amount_fen % 100));
    add_quoted(file, facts->title);
    file->length--; /* the comma after the last */
    bytes_add(file, TEXT("\r\n"));
    return true;
}

enum problem bank_list_decide(const struct request *request, const void *facts_, void *plan_, struct problems *problems)
{
    const struct bank_list_facts *facts = facts_;
    struct bank_list_plan *plan = plan_;
    struct bytes file;
    (void)problems;
    if (!text_equal(facts->state, TEXT("approved")))
        return PROBLEM_WRONG_STATE;
    bytes_init(&file, request->arena, FILE_BYTES_MAX);
    bytes_add(&file, TEXT("\xEF\xBB\xBFitem_id,payee_kind,payee,bank,account,amount_yuan,title\r\n"));
    for (size_t i = 0; i < facts->items_count; i++) {
        if (facts->items[i].account_changed)
            plan->left_out_count++;
        else if (add_item(request, facts, &facts->items[i], &file))
            plan->items_count++;
        else
            return PROBLEM_OURS;
    }
    plan->file = bytes_text(&file);
    return PROBLEM_NONE;
}

static const struct field bank_item_fields[] = {
    FIELD(bank_item, item_id, FIELD_UUID),
    FIELD(bank_item, payee_id, FIELD_UUID),
    FIELD(bank_item, payee_kind, FIELD_TEXT),
    FIELD(bank_item, payee, FIELD_TEXT),
    FIELD(bank_item, name_sealed, FIELD_TEXT, .optional = true),
    FIELD(bank_item, bank, FIELD_TEXT, .optional = true),
    FIELD(bank_item, account_sealed, FIELD_TEXT, .optional = true),
    FIELD(bank_item, amount_fen, FIELD_FEN),
    FIELD(bank_item, account_changed, FIELD_BOOL),
    FIELDS_END,
};
const struct field bank_list_facts_fields[] = {
    FIELD(bank_list_facts, county, FIELD_TEXT),
    FIELD(bank_list_facts, title, FIELD_TEXT),
    FIELD(bank_list_facts, state, FIELD_TEXT),
    FIELD_ITEMS(bank_list_facts, items, bank_item, bank_item_fields, .max = 100000),
    FIELDS_END,
};
/* What the statements see: how many, never whom. */
const struct field bank_list_plan_fields[] = {
    FIELD(bank_list_plan, items_count, FIELD_COUNT),
    FIELD(bank_list_plan, left_out_count, FIELD_COUNT),
    FIELDS_END,
};
const struct field bank_list_answer_fields[] = {
    FIELD(bank_list_plan, file, FIELD_TEXT),
    FIELD(bank_list_plan, items_count, FIELD_COUNT),
    FIELD(bank_list_plan, left_out_count, FIELD_COUNT),
    FIELDS_END,
};
