/* The form goes through the same reader, rules and rows as the file. What a file marks, a person at a form can mend at once:
   values missing or unreadable are refused; contradictions and repeated numbers are taken and marked, as in the file. */
#include "config.h"
#include "registry/case.h"
#include "registry/household_import.h"

struct form_lookups {
    const struct request *request;
    const struct household_form_facts *facts;
};

static bool village_is_known(void *owner, text code)
{
    (void)owner;
    (void)code; /* load has found it, in the caller's area */
    return true;
}

static text index_of(const struct request *request, const struct id_number *number)
{
    return personal_blind_index(config_personal_keys(), PERSONAL_INDEX_ID_NUMBER, text_from(number->digits),
                                request->arena);
}

static bool id_number_is_held(void *owner, const struct household_member *member, text card_number)
{
    const struct form_lookups *lookups = owner;
    (void)card_number;
    text index = index_of(lookups->request, &member->id_number);
    for (size_t i = 0; i < lookups->facts->held_count; i++) {
        if (text_equal(lookups->facts->held[i].id_number_index, index))
            return true;
    }
    return false;
}

/* ---- From the form to cells ---- */

static text yes_or_no(bool yes)
{
    return yes ? TEXT("1") : TEXT("0");
}

static void fill_person(struct household_form_row *row, const struct member_form *member)
{
    row->cells[COLUMN_NAME] = member->name;
    row->cells[COLUMN_ID_NUMBER] = member->id_number;
    row->cells[COLUMN_RELATION] = member->relation;
    row->cells[COLUMN_SEX] = member->sex;
    row->cells[COLUMN_BIRTH_ON] = member->birth_on;
    row->cells[COLUMN_PHONE] = member->phone;
    row->cells[COLUMN_WORK_ABILITY] = member->work_ability;
    row->cells[COLUMN_DISABLED] = yes_or_no(member->disabled);
    row->cells[COLUMN_MINORITY] = yes_or_no(member->minority);
    row->cells[COLUMN_RESIDENT] = yes_or_no(member->resident);
}

static void fill_household(struct arena *arena, struct household_form_row *row, const struct household_form *form)
{
    long long land = form->land_mu_hundredths;
    row->cells[COLUMN_STATUS] = form->status;
    row->cells[COLUMN_STATUS_ON] = form->status_on;
    row->cells[COLUMN_CAUSE] = form->cause;
    row->cells[COLUMN_DEGREE] = form->degree;
    row->cells[COLUMN_PAYEE_BANK] = form->payee_bank;
    row->cells[COLUMN_PAYEE_ACCOUNT] = form->payee_account;
    row->cells[COLUMN_CONSENT_ON] = form->consent_on;
    row->cells[COLUMN_LAND_MU] = text_format(arena, "%lld.%02lld", land / 100, land % 100);
}

static struct household_form_row *rows_of(struct arena *arena, const struct household_form *form)
{
    struct household_form_row *rows = arena_alloc_items(arena, form->members_count, sizeof(*rows));
    fill_household(arena, &rows[0], form);
    for (size_t i = 0; i < form->members_count; i++) {
        rows[i].cells[COLUMN_CARD_NUMBER] = form->card_number;
        rows[i].cells[COLUMN_VILLAGE_CODE] = form->village_code;
        fill_person(&rows[i], &form->members[i]);
    }
    return rows;
}

/* ---- What the rules say ---- */

/* A person at a form can mend these; the others may be true. */
static bool is_refused(enum household_rule rule)
{
    const char *class = household_rule_class(rule);
    return strcmp(class, "missing_key_field") == 0 || strcmp(class, "abnormal_value") == 0;
}

static text pointer_of(struct arena *arena, const struct household_finding *finding)
{
    const char *name = household_column_name(finding->column);
    if (finding->column == HOUSEHOLD_COLUMN_NONE || column_is_of_household(finding->column))
        return text_format(arena, "/%s", finding->column == COLUMN_LAND_MU ? "land_mu_hundredths" : name);
    return text_format(arena, "/members/%lld/%s", (long long)finding->row - 1, name);
}

static void refuse_findings(const struct request *request, const struct household_file *file, struct problems *problems)
{
    for (size_t i = 0; i < file->findings_count; i++) {
        const struct household_finding *finding = &file->findings[i];
        if (is_refused(finding->rule))
            problems_add(problems, pointer_of(request->arena, finding), household_rule_name(finding->rule),
                         text_from(household_rule_words(finding->rule, request->language)));
    }
    for (size_t i = 0; i < file->members_count; i++) {
        if (file->members[i].id_fault == NUMBER_FINE && file->members[i].id_number.was_old)
            problems_add(problems, text_format(request->arena, "/members/%zu/id_number", i),
                         number_fault_code(NUMBER_OLD), TEXT_NONE);
    }
}

static void tell_found(struct arena *arena, const struct household_file *file, struct household_form_plan *plan)
{
    struct form_finding *found = arena_alloc_items(arena, file->findings_count + 1, sizeof(*found));
    for (size_t i = 0; i < file->findings_count; i++)
        found[i] = (struct form_finding){text_from(household_rule_class(file->findings[i].rule)),
                                         text_from(household_rule_name(file->findings[i].rule))};
    plan->found = found;
    plan->found_count = file->findings_count;
}

/* ---- A household ---- */

static void add_index(struct bytes *indexes, const struct request *request, text typed)
{
    struct id_number number;
    if (typed.at == NULL || id_number_read(typed, instant_business_day(request->now), &number) != NUMBER_FINE)
        return;
    text index = index_of(request, &number);
    bytes_add_format(indexes, "%s\"%.*s\"", indexes->length > 1 ? "," : "", TEXT_ARGUMENTS(index));
}

enum problem household_form_prepare(const struct request *request, const void *facts, void *plan,
                                    struct problems *problems)
{
    const struct household_form *form = request->body;
    struct bytes indexes;
    (void)facts;
    (void)plan;
    (void)problems;
    bytes_init(&indexes, request->arena, (size_t)FORM_MEMBERS_MAX * 80);
    bytes_add_char(&indexes, '[');
    for (size_t i = 0; i < form->members_count; i++)
        add_index(&indexes, request, form->members[i].id_number);
    bytes_add_char(&indexes, ']');
    request->bind(request, "indexes", bytes_text(&indexes));
    return PROBLEM_NONE;
}

static struct household_origin origin_of(const struct request *request, text county, calendar_day today)
{
    return (struct household_origin){.keys = config_personal_keys(),
                                     .county = county,
                                     .source = TEXT("form"),
                                     .today = today,
                                     .base = request->new_id,
                                     .ids_used = 1};
}

static void propose_status(const struct request *request, const struct household_form *form,
                           const struct household_file *file, struct household_form_plan *plan)
{
    const struct correction correction = {
        .area_code = form->village_code,
        .status = form->status,
        .reason = TEXT("按官方名册录入"),
        .source = TEXT("form"),
        .household_id = plan->household_id.id,
        .valid_from = (calendar_day)file->households[0].cells[COLUMN_STATUS_ON].number,
    };
    case_open_correction(request, &correction, &plan->opened);
}

enum problem household_form_decide(const struct request *request, const void *facts_, void *plan_,
                                   struct problems *problems)
{
    const struct household_form *form = request->body;
    const struct household_form_facts *facts = facts_;
    struct household_form_plan *plan = plan_;
    struct household_file file;
    struct form_lookups own = {request, facts};
    const struct household_lookups lookups = {village_is_known, NULL, id_number_is_held, &own};
    calendar_day today = instant_business_day(request->now);

    household_form_read(request->arena, rows_of(request->arena, form), form->members_count, today, &lookups, &file);
    refuse_findings(request, &file, problems);
    if (text_equal(form->status, TEXT("exited_supported")))
        problems_add(problems, TEXT("/status"), "exit-needs-case", TEXT_NONE);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    struct household_origin origin = origin_of(request, facts->county, today);
    origin.status_waits = !text_equal(form->status, TEXT("never_registered"));
    struct household_rows_writer *writer = household_rows_begin(request->arena, &origin, &file);
    plan->household_id = county_id_of(facts->county, household_rows_add(writer, 0, NULL));
    struct household_rows rows = household_rows_end(writer);
    plan->households = rows.households;
    plan->members = rows.members;
    plan->findings = rows.findings;
    tell_found(request->arena, &file, plan);
    if (origin.status_waits)
        propose_status(request, form, &file, plan);
    return PROBLEM_NONE;
}

/* ---- One more person ---- */

enum problem member_addition_prepare(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems)
{
    const struct member_addition *body = request->body;
    struct id_number number;
    (void)facts;
    (void)plan;
    enum number_fault fault = id_number_read(body->id_number, instant_business_day(request->now), &number);
    if (fault == NUMBER_FINE && number.was_old)
        fault = NUMBER_OLD;
    if (fault != NUMBER_FINE) {
        problems_add(problems, TEXT("/id_number"), number_fault_code(fault), TEXT_NONE);
        return PROBLEM_INVALID;
    }
    request->bind(request, "id_number_index", index_of(request, &number));
    return PROBLEM_NONE;
}

static bool member_is_held(void *owner, const struct household_member *member, text card_number)
{
    const struct member_addition_facts *facts = owner;
    (void)member;
    (void)card_number;
    return facts->held;
}

static struct household_form_row row_of_addition(const struct member_addition *body,
                                                 const struct member_addition_facts *facts)
{
    struct household_form_row row = {0};
    const struct member_form member = {.name = body->name,
                                       .id_number = body->id_number,
                                       .relation = body->relation,
                                       .phone = body->phone,
                                       .work_ability = body->work_ability,
                                       .disabled = body->disabled,
                                       .minority = body->minority,
                                       .resident = body->resident};
    row.cells[COLUMN_CARD_NUMBER] = facts->card_number;
    row.cells[COLUMN_VILLAGE_CODE] = facts->area_code;
    fill_person(&row, &member);
    return row;
}

/* Of the rules only those about this person: the household's own were checked when it came. */
static void refuse_cells(const struct request *request, const struct household_file *file, struct problems *problems)
{
    for (size_t i = 0; i < file->findings_count; i++) {
        const struct household_finding *finding = &file->findings[i];
        if (is_refused(finding->rule) && finding->column != HOUSEHOLD_COLUMN_NONE &&
            !column_is_of_household(finding->column) && finding->rule != RULE_HEAD_MISSING)
            problems_add(problems, text_format(request->arena, "/%s", household_column_name(finding->column)),
                         household_rule_name(finding->rule),
                         text_from(household_rule_words(finding->rule, request->language)));
    }
}

enum problem member_addition_decide(const struct request *request, const void *facts_, void *plan_,
                                    struct problems *problems)
{
    const struct member_addition *body = request->body;
    const struct member_addition_facts *facts = facts_;
    struct member_addition_plan *plan = plan_;
    struct household_file file;
    uuid household_id;
    const struct household_lookups lookups = {village_is_known, NULL, member_is_held, (void *)(uintptr_t)facts};
    struct household_form_row row = row_of_addition(body, facts);

    if (facts->present)
        return PROBLEM_TAKEN;
    must(uuid_parse(request->parameter(request, "household_id"), &household_id));
    household_form_read(request->arena, &row, 1, instant_business_day(request->now), &lookups, &file);
    refuse_cells(request, &file, problems);
    if (problems->count > 0)
        return PROBLEM_INVALID;
    const struct household_known known = {
        .card_number = facts->card_number,
        .household_id = household_id,
        .rules = TEXT("head_missing status_missing cause_missing members_count_differs"),
    };
    text county = text_part(facts->area_code, 0, 6);
    struct household_origin origin = origin_of(request, county, body->valid_from);
    struct household_rows_writer *writer = household_rows_begin(request->arena, &origin, &file);
    plan->member_id =
        county_id_of(county, uuid_nth(request->new_id, origin.ids_used)); /* the first id the writer takes */
    plan->household_id = county_id_of(county, household_rows_add(writer, 0, &known));
    struct household_rows rows = household_rows_end(writer);
    plan->members = rows.members;
    plan->findings = rows.findings;
    return PROBLEM_NONE;
}
