/* One household as rows: values sealed for their place, masked for lists, hashed for finding. No database in it. */
#include "registry/household_import.h"

#define ROWS_BYTES_MAX ((size_t)256 * 1024 * 1024)

struct household_row {
    text county, area_code, card_number, head_name_masked, head_name_sealed, phone_masked, phone_sealed, phone_tail;
    text payee_bank, payee_account_masked, payee_account_sealed, cause, degree, land_mu_hundredths, consent_on;
    text status, status_on, source, name_index;
    uuid household_id, supplier_id, status_id;
};
struct member_row {
    text county, relation, name_masked, name_sealed, id_number_masked, id_number_sealed, id_number_index;
    text birth_on, sex, work_ability, disabled, minority, resident, valid_from;
    uuid member_id, household_id;
};
struct income_row {
    text county, kind, category_code, concept, method, full_survey, source, collected_on;
    uuid baseline_id, household_id;
    int64_t year;
    money amount_fen;
};
struct finding_row {
    text county, class, rule, area_code, subject_kind, detail;
    uuid finding_id, subject_id;
    bool blocks_counting;
};

static const struct field household_row_fields[] = {
    FIELD(household_row, county, FIELD_TEXT),
    FIELD(household_row, household_id, FIELD_UUID),
    FIELD(household_row, supplier_id, FIELD_UUID),
    FIELD(household_row, area_code, FIELD_TEXT),
    FIELD(household_row, card_number, FIELD_TEXT),
    FIELD(household_row, head_name_masked, FIELD_TEXT),
    FIELD(household_row, head_name_sealed, FIELD_TEXT),
    FIELD(household_row, name_index, FIELD_TEXT),
    FIELD(household_row, phone_masked, FIELD_TEXT),
    FIELD(household_row, phone_sealed, FIELD_TEXT),
    FIELD(household_row, phone_tail, FIELD_TEXT),
    FIELD(household_row, payee_bank, FIELD_TEXT),
    FIELD(household_row, payee_account_masked, FIELD_TEXT),
    FIELD(household_row, payee_account_sealed, FIELD_TEXT),
    FIELD(household_row, cause, FIELD_TEXT),
    FIELD(household_row, degree, FIELD_TEXT),
    FIELD(household_row, land_mu_hundredths, FIELD_TEXT),
    FIELD(household_row, consent_on, FIELD_TEXT),
    FIELD(household_row, status_id, FIELD_UUID),
    FIELD(household_row, status, FIELD_TEXT),
    FIELD(household_row, status_on, FIELD_TEXT),
    FIELD(household_row, source, FIELD_TEXT),
    FIELDS_END,
};
static const struct field member_row_fields[] = {
    FIELD(member_row, county, FIELD_TEXT),
    FIELD(member_row, member_id, FIELD_UUID),
    FIELD(member_row, household_id, FIELD_UUID),
    FIELD(member_row, relation, FIELD_TEXT),
    FIELD(member_row, name_masked, FIELD_TEXT),
    FIELD(member_row, name_sealed, FIELD_TEXT),
    FIELD(member_row, id_number_masked, FIELD_TEXT),
    FIELD(member_row, id_number_sealed, FIELD_TEXT),
    FIELD(member_row, id_number_index, FIELD_TEXT),
    FIELD(member_row, birth_on, FIELD_TEXT),
    FIELD(member_row, sex, FIELD_TEXT),
    FIELD(member_row, work_ability, FIELD_TEXT),
    FIELD(member_row, disabled, FIELD_TEXT),
    FIELD(member_row, minority, FIELD_TEXT),
    FIELD(member_row, resident, FIELD_TEXT),
    FIELD(member_row, valid_from, FIELD_TEXT),
    FIELDS_END,
};
static const struct field income_row_fields[] = {
    FIELD(income_row, county, FIELD_TEXT),
    FIELD(income_row, baseline_id, FIELD_UUID),
    FIELD(income_row, household_id, FIELD_UUID),
    FIELD(income_row, year, FIELD_COUNT),
    FIELD(income_row, kind, FIELD_TEXT),
    FIELD(income_row, category_code, FIELD_TEXT),
    FIELD(income_row, amount_fen, FIELD_FEN),
    FIELD(income_row, concept, FIELD_TEXT),
    FIELD(income_row, method, FIELD_TEXT),
    FIELD(income_row, full_survey, FIELD_TEXT),
    FIELD(income_row, source, FIELD_TEXT),
    FIELD(income_row, collected_on, FIELD_TEXT),
    FIELDS_END,
};
static const struct field finding_row_fields[] = {
    FIELD(finding_row, county, FIELD_TEXT),     FIELD(finding_row, finding_id, FIELD_UUID),
    FIELD(finding_row, class, FIELD_TEXT),      FIELD(finding_row, rule, FIELD_TEXT),
    FIELD(finding_row, area_code, FIELD_TEXT),  FIELD(finding_row, subject_kind, FIELD_TEXT),
    FIELD(finding_row, subject_id, FIELD_UUID), FIELD(finding_row, blocks_counting, FIELD_BOOL),
    FIELD(finding_row, detail, FIELD_JSON),     FIELDS_END,
};

struct household_rows_writer {
    struct arena *arena;
    struct household_origin *origin;
    const struct household_file *file;
    size_t
        *findings_of; /* a household's findings stand at findings[findings_of[h]] up to findings[findings_of[h + 1]] */
    const struct household_finding **findings;
    struct bytes households, members, incomes, findings_json;
};

/* ---- Values ---- */

static uuid next_id(struct household_origin *origin)
{
    return uuid_nth(origin->base, origin->ids_used++);
}

static text words_of(const struct cell *cell)
{
    return cell->given ? cell->words : TEXT_NONE;
}

static text date_of(struct arena *arena, const struct cell *cell)
{
    return cell->given ? day_format(arena, (calendar_day)cell->number) : TEXT_NONE;
}

static text number_of(struct arena *arena, const struct cell *cell)
{
    return cell->given ? text_format(arena, "%lld", (long long)cell->number) : TEXT_NONE;
}

static text yes_or_no_of(const struct cell *cell)
{
    return !cell->given ? TEXT_NONE : cell->number != 0 ? TEXT("true") : TEXT("false");
}

static text seal(const struct household_rows_writer *writer, const char *table, const char *column, uuid row_id,
                 text plain)
{
    struct personal_place place = {table, column, writer->origin->county, row_id};
    return personal_to_bytea(writer->arena, personal_seal(writer->origin->keys, &place, plain, writer->arena));
}

static void add_row(struct bytes *rows, const struct field *fields, const void *row)
{
    bytes_add_char(rows, rows->length == 0 ? '[' : ',');
    encode_json(fields, row, false, rows);
}

static text rows_text(struct bytes *rows)
{
    bytes_add(rows, rows->length == 0 ? TEXT("[]") : TEXT("]"));
    return bytes_text(rows);
}

/* ---- Rows ---- */

static void fill_phone(const struct household_rows_writer *writer, const struct household *household,
                       struct household_row *row)
{
    struct phone phone;
    for (size_t i = 0; i <= household->members_count; i++) { /* the head's first, then anyone's */
        const struct household_member *member = i == 0 ? household->head : household->members[i - 1];
        if (member == NULL)
            continue;
        const struct cell *typed = &member->cells[COLUMN_PHONE];
        if (!typed->given || phone_read(typed->words, &phone) != NUMBER_FINE)
            continue;
        text number = text_copy(writer->arena, text_from(phone.e164));
        row->phone_masked = mask_phone(writer->arena, number);
        row->phone_sealed = seal(writer, "households", "phone_sealed", row->household_id, number);
        row->phone_tail = text_part(number, number.length - 4, 4);
        return;
    }
}

static void fill_account(const struct household_rows_writer *writer, const struct household *household,
                         struct household_row *row)
{
    struct bank_card card;
    const struct cell *typed = &household->cells[COLUMN_PAYEE_ACCOUNT];
    row->payee_bank = words_of(&household->cells[COLUMN_PAYEE_BANK]);
    if (!typed->given || bank_card_read(typed->words, &card) != NUMBER_FINE)
        return;
    text digits = text_from(card.digits);
    row->payee_account_masked = mask_bank_card(writer->arena, digits);
    row->payee_account_sealed = seal(writer, "households", "payee_account_sealed", row->household_id, digits);
}

static text head_name_of(const struct household *household)
{
    const struct household_member *head = household->head != NULL ? household->head : household->members[0];
    text name = words_of(&head->cells[COLUMN_NAME]);
    return name.at == NULL ? TEXT("") : name;
}

static void add_household(struct household_rows_writer *writer, const struct household *household, uuid household_id)
{
    struct household_origin *origin = writer->origin;
    const struct cell *cells = household->cells;
    text name = head_name_of(household);
    text status_on = date_of(writer->arena, &cells[COLUMN_STATUS_ON]);
    struct household_row row = {
        .county = origin->county,
        .household_id = household_id,
        .supplier_id = next_id(origin),
        .status_id = next_id(origin),
        .area_code = household->village_code,
        .card_number = household->card_number,
        .head_name_masked = mask_name(writer->arena, name),
        .head_name_sealed = seal(writer, "households", "head_name_sealed", household_id, name),
        .name_index = personal_name_index(origin->keys, name, writer->arena),
        .cause = words_of(&cells[COLUMN_CAUSE]),
        .degree = words_of(&cells[COLUMN_DEGREE]),
        .land_mu_hundredths = number_of(writer->arena, &cells[COLUMN_LAND_MU]),
        .consent_on = date_of(writer->arena, &cells[COLUMN_CONSENT_ON]),
        .status = origin->status_waits ? TEXT_NONE : words_of(&cells[COLUMN_STATUS]),
        .status_on = status_on.at != NULL ? status_on : day_format(writer->arena, origin->today),
        .source = origin->source,
    };
    fill_phone(writer, household, &row);
    fill_account(writer, household, &row);
    add_row(&writer->households, household_row_fields, &row);
}

static void fill_id_number(const struct household_rows_writer *writer, const struct household_member *member,
                           struct member_row *row)
{
    if (member->id_fault != NUMBER_FINE)
        return;
    text digits = text_from(member->id_number.digits);
    row->id_number_masked = mask_id_number(writer->arena, digits);
    row->id_number_sealed = seal(writer, "members", "id_number_sealed", row->member_id, digits);
    row->id_number_index = personal_blind_index(writer->origin->keys, PERSONAL_INDEX_ID_NUMBER, digits, writer->arena);
    row->birth_on = day_format(writer->arena, member->id_number.birthday);
    row->sex = member->id_number.female ? TEXT("f") : TEXT("m");
}

/* Who lives in a household that comes with a status has lived there since that day, or since birth: a report of a period that began
   before the household was written down counts its heads. */
static calendar_day member_since(const struct household *household, const struct household_member *member,
                                 calendar_day today)
{
    const struct cell *status_on = &household->cells[COLUMN_STATUS_ON], *birth_on = &member->cells[COLUMN_BIRTH_ON];
    calendar_day since = status_on->given ? (calendar_day)status_on->number : today, born = since;
    if (member->id_fault == NUMBER_FINE)
        born = member->id_number.birthday;
    else if (birth_on->given)
        born = (calendar_day)birth_on->number;
    return born > since ? born : since;
}

static void add_member(struct household_rows_writer *writer, const struct household_member *member, uuid household_id,
                       calendar_day since)
{
    struct household_origin *origin = writer->origin;
    const struct cell *cells = member->cells;
    uuid member_id = next_id(origin);
    text name = cells[COLUMN_NAME].given ? cells[COLUMN_NAME].words : TEXT("");
    text resident = yes_or_no_of(&cells[COLUMN_RESIDENT]);
    struct member_row row = {
        .county = origin->county,
        .member_id = member_id,
        .household_id = household_id,
        .relation = cells[COLUMN_RELATION].given ? cells[COLUMN_RELATION].words : TEXT("other"),
        .name_masked = mask_name(writer->arena, name),
        .name_sealed = seal(writer, "members", "name_sealed", member_id, name),
        .birth_on = date_of(writer->arena, &cells[COLUMN_BIRTH_ON]),
        .sex = words_of(&cells[COLUMN_SEX]),
        .work_ability = words_of(&cells[COLUMN_WORK_ABILITY]),
        .disabled = yes_or_no_of(&cells[COLUMN_DISABLED]),
        .minority = yes_or_no_of(&cells[COLUMN_MINORITY]),
        .resident = resident.at != NULL ? resident : TEXT("true"),
        .valid_from = day_format(writer->arena, since),
    };
    fill_id_number(writer, member, &row);
    add_row(&writer->members, member_row_fields, &row);
}

/* Without year, concept and method an amount can't be compared with any other: it is left out, and income_incomplete says so. */
static void add_incomes(struct household_rows_writer *writer, const struct household *household, uuid household_id)
{
    const struct cell *cells = household->cells;
    if (!household_income_is_complete(household))
        return;
    text collected_on = date_of(writer->arena, &cells[COLUMN_COLLECTED_ON]);
    for (size_t i = 0; i < INCOME_KINDS_COUNT; i++) {
        const struct cell *amount = &cells[COLUMN_INCOME_FIRST + i];
        if (!amount->given)
            continue;
        struct income_row row = {
            .county = writer->origin->county,
            .baseline_id = next_id(writer->origin),
            .household_id = household_id,
            .year = cells[COLUMN_BASELINE_YEAR].number,
            .kind = text_from(income_kind_names[i]),
            .category_code =
                COLUMN_INCOME_FIRST + i == COLUMN_SALE_OF_PRODUCE ? words_of(&cells[COLUMN_CATEGORY_CODE]) : TEXT_NONE,
            .amount_fen = amount->number,
            .concept = cells[COLUMN_INCOME_CONCEPT].words,
            .method = cells[COLUMN_INCOME_METHOD].words,
            .full_survey =
                cells[COLUMN_FULL_SURVEY].given && cells[COLUMN_FULL_SURVEY].number != 0 ? TEXT("true") : TEXT("false"),
            .source = writer->origin->source,
            .collected_on = collected_on.at != NULL ? collected_on : day_format(writer->arena, writer->origin->today),
        };
        add_row(&writer->incomes, income_row_fields, &row);
    }
}

/* ---- Findings: one a household and rule, with every row and column it was found in ---- */

static int by_household_and_rule(const void *a, const void *b)
{
    const struct household_finding *left = *(const struct household_finding *const *)a;
    const struct household_finding *right = *(const struct household_finding *const *)b;
    if (left->household != right->household)
        return left->household < right->household ? -1 : 1;
    if (left->rule != right->rule)
        return left->rule < right->rule ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

static void sort_findings(struct household_rows_writer *writer)
{
    const struct household_file *file = writer->file;
    writer->findings = arena_alloc_items(writer->arena, file->findings_count + 1, sizeof(*writer->findings));
    writer->findings_of = arena_alloc_items(writer->arena, file->households_count + 1, sizeof(size_t));
    for (size_t i = 0; i < file->findings_count; i++)
        writer->findings[i] = &file->findings[i];
    qsort(writer->findings, file->findings_count, sizeof(*writer->findings), by_household_and_rule);
    for (size_t household = 0, i = 0; household <= file->households_count; household++) {
        while (i < file->findings_count && writer->findings[i]->household < household)
            i++;
        writer->findings_of[household] = i;
    }
}

static bool words_include(text words, text word)
{
    while (words.at != NULL) {
        if (text_equal(text_cut(&words, ' '), word))
            return true;
    }
    return false;
}

static text finding_detail(const struct household_rows_writer *writer, size_t from, size_t to)
{
    struct bytes json;
    bytes_init(&json, writer->arena, ROWS_BYTES_MAX);
    bytes_add(&json, TEXT("{\"source\":"));
    bytes_add_json_string(&json, writer->origin->source);
    bytes_add(&json, TEXT(",\"cells\":["));
    for (size_t i = from; i < to; i++) {
        bytes_add_format(&json, "%s{\"row\":%lld,\"column\":", i > from ? "," : "",
                         (long long)writer->findings[i]->row);
        bytes_add_json_string(&json, text_from(household_column_name(writer->findings[i]->column)));
        bytes_add_char(&json, '}');
    }
    bytes_add(&json, TEXT("]}"));
    return bytes_text(&json);
}

static void add_findings(struct household_rows_writer *writer, size_t household, uuid household_id, text rules_known)
{
    size_t end = writer->findings_of[household + 1];
    for (size_t from = writer->findings_of[household], to; from < end; from = to) {
        enum household_rule rule = writer->findings[from]->rule;
        for (to = from; to < end && writer->findings[to]->rule == rule;)
            to++;
        text name = text_from(household_rule_name(rule));
        if (words_include(rules_known, name))
            continue;
        struct finding_row row = {
            .county = writer->origin->county,
            .finding_id = next_id(writer->origin),
            .class = text_from(household_rule_class(rule)),
            .rule = name,
            .area_code = writer->file->households[household].village_code,
            .subject_kind = TEXT("households"),
            .subject_id = household_id,
            .blocks_counting = true,
            .detail = finding_detail(writer, from, to),
        };
        add_row(&writer->findings_json, finding_row_fields, &row);
    }
}

/* ---- Together ---- */

struct household_rows_writer *household_rows_begin(struct arena *arena, struct household_origin *origin,
                                                   const struct household_file *file)
{
    struct household_rows_writer *writer = arena_alloc(arena, sizeof(*writer));
    *writer = (struct household_rows_writer){.arena = arena, .origin = origin, .file = file};
    sort_findings(writer);
    struct bytes *const all[] = {&writer->households, &writer->members, &writer->incomes, &writer->findings_json};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        bytes_init(all[i], arena, ROWS_BYTES_MAX);
    return writer;
}

uuid household_rows_add(struct household_rows_writer *writer, size_t index, const struct household_known *known)
{
    const struct household *household = &writer->file->households[index];
    uuid household_id = known != NULL ? known->household_id : next_id(writer->origin);
    if (known == NULL)
        add_household(writer, household, household_id);
    for (size_t i = 0; i < household->members_count; i++) {
        /* Only a number tells whether the registry has this person already; its statement leaves those out. */
        const struct household_member *member = household->members[i];
        calendar_day today = writer->origin->today;
        if (known == NULL || member->id_fault == NUMBER_FINE)
            add_member(writer, member, household_id, known == NULL ? member_since(household, member, today) : today);
    }
    add_incomes(writer, household, household_id);
    add_findings(writer, index, household_id, known == NULL ? TEXT_NONE : known->rules);
    return household_id;
}

struct household_rows household_rows_end(struct household_rows_writer *writer)
{
    return (struct household_rows){rows_text(&writer->households), rows_text(&writer->members),
                                   rows_text(&writer->incomes), rows_text(&writer->findings_json)};
}
