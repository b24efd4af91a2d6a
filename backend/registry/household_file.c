/* Reads the household file and groups its rows by card. What a row means for the rules is household_checks.c's. */
#include "base/xlsx.h"
#include "registry/household_file.h"

struct reading {
    struct arena *arena;
    struct household_file *file;
    const struct household_lookups *lookups;
    calendar_day today;
    struct csv csv;
    size_t positions[HOUSEHOLD_COLUMNS_COUNT];
};

/* One more place in a list that doubles when it is full. */
static void *list_place(struct arena *arena, void **items, size_t count, size_t *room, size_t size)
{
    if (count == *room) {
        size_t more = *room == 0 ? 64 : *room * 2;
        void *larger = arena_alloc_items(arena, more, size);
        if (count > 0)
            memcpy(larger, *items, count * size);
        *items = larger;
        *room = more;
    }
    return (char *)*items + count * size;
}

void household_file_find(struct household_file *file, struct arena *arena, const struct household_finding *finding)
{
    void *items = file->findings;
    struct household_finding *place =
        list_place(arena, &items, file->findings_count, &file->findings_room, sizeof(*place));
    file->findings = items;
    *place = *finding;
    file->findings_count++;
}

static void add_error(struct reading *reading, const struct household_error *error)
{
    struct household_file *file = reading->file;
    void *items = file->errors;
    struct household_error *place =
        list_place(reading->arena, &items, file->errors_count, &file->errors_room, sizeof(*place));
    file->errors = items;
    *place = *error;
    file->errors_count++;
}

/* ---- Rows ---- */

static void add_row_finding(struct reading *reading, enum household_rule rule, int64_t row,
                            enum household_column column)
{
    /* Until rows are grouped, `household` holds the member's index. */
    struct household_finding finding = {rule, row, column, reading->file->members_count};
    household_file_find(reading->file, reading->arena, &finding);
}

static void note_missing(struct reading *reading, int64_t row, enum household_column column)
{
    static const struct {
        enum household_column column;
        enum household_rule rule;
    } needed[] = {
        {COLUMN_NAME, RULE_NAME_MISSING},
        {COLUMN_ID_NUMBER, RULE_ID_NUMBER_MISSING},
        {COLUMN_RELATION, RULE_RELATION_MISSING},
    };
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (needed[i].column == column)
            add_row_finding(reading, needed[i].rule, row, column);
    }
}

static void read_cells(struct reading *reading, const struct csv_row *row, struct household_member *member)
{
    for (enum household_column column = 0; column < HOUSEHOLD_COLUMNS_COUNT; column++) {
        text typed = csv_cell(row, reading->positions[column]);
        if (typed.at == NULL)
            note_missing(reading, row->number, column);
        switch (cell_read(column, typed, reading->arena, &member->cells[column])) {
        case CELL_READ:
            break;
        case CELL_UNREADABLE:
            add_row_finding(reading, RULE_UNREADABLE, row->number, column);
            break;
        case CELL_OUT_OF_RANGE:
            add_row_finding(reading, RULE_OUT_OF_RANGE, row->number, column);
            break;
        }
    }
}

static void read_id_number(struct reading *reading, struct household_member *member)
{
    const struct cell *cell = &member->cells[COLUMN_ID_NUMBER];
    member->id_fault = NUMBER_SHAPE;
    if (!cell->given)
        return;
    member->id_fault = id_number_read(cell->words, reading->today, &member->id_number);
    if (member->id_fault != NUMBER_FINE)
        add_row_finding(reading, RULE_ID_NUMBER_INVALID, member->row, COLUMN_ID_NUMBER);
}

static void read_member(struct reading *reading, const struct csv_row *row, text raw)
{
    struct household_member *member = &reading->file->members[reading->file->members_count];
    member->row = row->number;
    member->raw = raw;
    read_cells(reading, row, member);
    read_id_number(reading, member);
    reading->file->members_count++;
}

static size_t rows_at_most(text utf8)
{
    size_t lines = 1;
    for (size_t i = 0; i < utf8.length; i++)
        lines += utf8.at[i] == '\n' || utf8.at[i] == '\r';
    return lines < HOUSEHOLD_FILE_PERSONS_MAX ? lines : HOUSEHOLD_FILE_PERSONS_MAX;
}

static bool stop_reading(struct reading *reading, struct csv_fault fault)
{
    add_error(reading, &(struct household_error){.fault = fault, .household = SIZE_MAX});
    return false;
}

static bool read_header(struct reading *reading)
{
    struct csv_row header;
    struct csv_fault fault;
    const char *start = reading->csv.rest.at;
    switch (csv_next(&reading->csv, &header)) {
    case CSV_ROW:
        break;
    case CSV_BROKEN:
        return stop_reading(reading, reading->csv.fault);
    case CSV_END:
        return stop_reading(reading, (struct csv_fault){.code = CSV_FAULT_EMPTY});
    }
    reading->file->header = text_trim((text){start, (size_t)(reading->csv.rest.at - start)});
    if (!household_header_map(&header, reading->positions, &fault))
        return stop_reading(reading, fault);
    return true;
}

static bool read_rows(struct reading *reading)
{
    struct csv_row row;
    for (;;) {
        const char *start = reading->csv.rest.at;
        switch (csv_next(&reading->csv, &row)) {
        case CSV_END:
            return true;
        case CSV_BROKEN:
            return stop_reading(reading, reading->csv.fault);
        case CSV_ROW:
            break;
        }
        if (reading->file->members_count == HOUSEHOLD_FILE_PERSONS_MAX)
            return stop_reading(reading, (struct csv_fault){.code = HOUSEHOLD_ERROR_TOO_MANY, .row = row.number});
        read_member(reading, &row, text_trim((text){start, (size_t)(reading->csv.rest.at - start)}));
    }
}

/* ---- Households ---- */

static text card_of(const struct household_member *member)
{
    const struct cell *card = &member->cells[COLUMN_CARD_NUMBER];
    return card->given ? card->words : TEXT_NONE;
}

static int by_card_then_row(const void *a, const void *b)
{
    const struct household_member *left = *(struct household_member *const *)a,
                                  *right = *(struct household_member *const *)b;
    int order = text_compare(card_of(left), card_of(right));
    return order != 0 ? order : (left->row > right->row) - (left->row < right->row);
}

/* Rows without a card stay alone: nothing says whose they are. */
static bool share_card(const struct household_member *a, const struct household_member *b)
{
    return card_of(a).at != NULL && card_of(b).at != NULL && text_equal(card_of(a), card_of(b));
}

/* Numbers each member's household by the first row of its card; answers how many there are. */
static size_t number_households(struct household_file *file, struct arena *arena)
{
    struct household_member **sorted = arena_alloc_items(arena, file->members_count + 1, sizeof(*sorted));
    size_t *first_of = arena_alloc_items(arena, file->members_count + 1, sizeof(*first_of)); /* by member */
    for (size_t i = 0; i < file->members_count; i++)
        sorted[i] = &file->members[i];
    qsort(sorted, file->members_count, sizeof(*sorted), by_card_then_row);
    for (size_t i = 0, first = 0; i < file->members_count; i++) {
        if (i == 0 || !share_card(sorted[i - 1], sorted[i]))
            first = (size_t)(sorted[i] - file->members);
        first_of[sorted[i] - file->members] = first;
    }
    size_t count = 0;
    for (size_t i = 0; i < file->members_count; i++)
        file->members[i].household = first_of[i] == i ? count++ : file->members[first_of[i]].household;
    return count;
}

static void place_members(struct household_file *file, struct arena *arena)
{
    const struct household_member **places = arena_alloc_items(arena, file->members_count + 1, sizeof(*places));
    for (size_t i = 0; i < file->members_count; i++)
        file->households[file->members[i].household].members_count++;
    for (size_t i = 0; i < file->households_count; i++) {
        file->households[i].members = places;
        places += file->households[i].members_count;
        file->households[i].members_count = 0;
    }
    for (size_t i = 0; i < file->members_count; i++) {
        struct household *household = &file->households[file->members[i].household];
        household->members[household->members_count++] = &file->members[i];
    }
}

static void merge_member(struct reading *reading, size_t index, const struct household_member *member)
{
    struct household *household = &reading->file->households[index];
    for (enum household_column column = 0; column < HOUSEHOLD_COLUMNS_COUNT; column++) {
        const struct cell *cell = &member->cells[column];
        if (!column_is_of_household(column) || !cell->given)
            continue;
        if (!household->cells[column].given)
            household->cells[column] = *cell;
        else if (!cell_equal(column, &household->cells[column], cell))
            household_file_find(reading->file, reading->arena,
                                &(struct household_finding){RULE_VALUES_DIFFER, member->row, column, index});
    }
}

static void add_household_error(struct reading *reading, size_t index, const char *code, enum household_column column)
{
    struct household *household = &reading->file->households[index];
    struct household_error error = {
        .fault = {.code = code, .row = household->row, .what = text_from(household_column_name(column))},
        .household = index,
    };
    if (reading->positions[column] != CSV_COLUMN_ABSENT)
        error.fault.column = (int64_t)reading->positions[column] + 1;
    add_error(reading, &error);
    household->errors_count++;
}

static void make_household(struct reading *reading, size_t index)
{
    struct household *household = &reading->file->households[index];
    household->row = household->members[0]->row;
    for (size_t i = 0; i < household->members_count; i++)
        merge_member(reading, index, household->members[i]);
    household->card_number = household->cells[COLUMN_CARD_NUMBER].words;
    household->village_code = household->cells[COLUMN_VILLAGE_CODE].words;
    if (!household->cells[COLUMN_CARD_NUMBER].given)
        add_household_error(reading, index, HOUSEHOLD_ERROR_NO_CARD, COLUMN_CARD_NUMBER);
    if (!household->cells[COLUMN_VILLAGE_CODE].given)
        add_household_error(reading, index, HOUSEHOLD_ERROR_NO_VILLAGE, COLUMN_VILLAGE_CODE);
    else if (!reading->lookups->village_is_known(reading->lookups->owner, household->village_code))
        add_household_error(reading, index, HOUSEHOLD_ERROR_AREA, COLUMN_VILLAGE_CODE);
}

static void group_rows(struct reading *reading)
{
    struct household_file *file = reading->file;
    file->households_count = number_households(file, reading->arena);
    file->households = arena_alloc_items(reading->arena, file->households_count + 1, sizeof(struct household));
    place_members(file, reading->arena);
    for (size_t i = 0; i < file->findings_count; i++)
        file->findings[i].household = file->members[file->findings[i].household].household;
    for (size_t i = 0; i < file->households_count; i++)
        make_household(reading, i);
}

static void check_all(struct reading *reading)
{
    struct household_file *file = reading->file;
    if (reading->lookups->rows_are_grouped != NULL)
        reading->lookups->rows_are_grouped(reading->lookups->owner, file);
    for (size_t i = 0; i < file->households_count; i++)
        household_check(file, i, reading->arena);
    household_check_id_numbers(file, reading->lookups, reading->arena);
    for (size_t i = 0; i < file->findings_count; i++)
        file->households[file->findings[i].household].findings_count++;
}

void household_file_read(struct arena *arena, text file, calendar_day today, const struct household_lookups *lookups,
                         struct household_file *read)
{
    text utf8;
    struct reading reading = {.arena = arena, .file = read, .lookups = lookups, .today = today};
    struct csv_fault fault;
    *read = (struct household_file){.encoding = sheet_to_utf8(arena, file, &utf8, &fault)};
    if (read->encoding == CSV_UNKNOWN) {
        (void)stop_reading(&reading, fault);
        return;
    }
    csv_init(&reading.csv, arena, utf8);
    read->members = arena_alloc_items(arena, rows_at_most(utf8), sizeof(struct household_member));
    if (!read_header(&reading) || !read_rows(&reading))
        return;
    read->readable = true;
    group_rows(&reading);
    check_all(&reading);
}

void household_form_read(struct arena *arena, const struct household_form_row *rows, size_t count, calendar_day today,
                         const struct household_lookups *lookups, struct household_file *read)
{
    struct reading reading = {.arena = arena, .file = read, .lookups = lookups, .today = today};
    *read = (struct household_file){.encoding = CSV_UTF8, .readable = true};
    read->members = arena_alloc_items(arena, count + 1, sizeof(struct household_member));
    for (size_t i = 0; i < HOUSEHOLD_COLUMNS_COUNT; i++)
        reading.positions[i] = i;
    for (size_t i = 0; i < count; i++) {
        struct csv_row row = {.count = HOUSEHOLD_COLUMNS_COUNT, .number = (int64_t)i + 1};
        memcpy(row.cells, rows[i].cells, sizeof(rows[i].cells));
        read_member(&reading, &row, TEXT_NONE);
    }
    group_rows(&reading);
    check_all(&reading);
}

/* Cell by cell, not as it stood: the file is opened in a spreadsheet, and what it would run as a formula gets its apostrophe. */
static void write_raw_row(struct arena *arena, text raw, struct bytes *into)
{
    struct csv csv;
    struct csv_row row;
    csv_init(&csv, arena, raw);
    if (csv_next(&csv, &row) == CSV_ROW)
        csv_write_row(into, row.cells, row.count);
}

void household_file_write_refused(const struct household_file *read, bool with_findings, struct bytes *into)
{
    csv_write_mark(into);
    bytes_add(into, read->header);
    bytes_add(into, TEXT("\r\n"));
    for (size_t i = 0; i < read->members_count; i++) {
        const struct household *household = &read->households[read->members[i].household];
        if (household->errors_count == 0 && (!with_findings || household->findings_count == 0))
            continue;
        write_raw_row(into->arena, read->members[i].raw, into);
    }
}
