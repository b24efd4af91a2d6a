/* Reads the file of a looking-back. Each row must be whole: half a correction is none. */
#include "base/xlsx.h"
#include "registry/look_back_file.h"

enum { REASON_CHARACTERS_MAX = 500 };

static const struct csv_column columns[LOOK_BACK_COLUMNS_COUNT] = {
    [LOOK_BACK_CARD] = {"card_number", "户编号", true},
    [LOOK_BACK_STATUS] = {"status", "贫困户状态", true},
    [LOOK_BACK_STATUS_ON] = {"status_on", "状态日期", true},
    [LOOK_BACK_REASON] = {"reason", "理由", true},
};

struct reading {
    struct arena *arena;
    struct look_back_file *file;
    calendar_day today;
    struct csv csv;
    size_t positions[LOOK_BACK_COLUMNS_COUNT];
};

void look_back_file_fault(struct look_back_file *file, struct arena *arena, struct csv_fault fault)
{
    if (file->faults_count == file->faults_room) {
        size_t more = file->faults_room == 0 ? 64 : file->faults_room * 2;
        struct csv_fault *larger = arena_alloc_items(arena, more, sizeof *larger);
        if (file->faults_count > 0)
            memcpy(larger, file->faults, file->faults_count * sizeof *larger);
        file->faults = larger;
        file->faults_room = more;
    }
    file->faults[file->faults_count++] = fault;
}

static void fault_at(struct reading *reading, int64_t row, enum look_back_column column, const char *code)
{
    const struct csv_fault fault = {.code = code,
                                    .row = row,
                                    .column = (int64_t)reading->positions[column] + 1,
                                    .what = text_from(columns[column].name)};
    look_back_file_fault(reading->file, reading->arena, fault);
}

static bool read_status(struct reading *reading, const struct csv_row *row, struct look_back_row *into)
{
    struct cell cell;
    text typed = csv_cell(row, reading->positions[LOOK_BACK_STATUS]);
    if (cell_read(COLUMN_STATUS, typed, reading->arena, &cell) != CELL_READ || !cell.given) {
        fault_at(reading, row->number, LOOK_BACK_STATUS, typed.at == NULL ? "required" : "not-a-choice");
        return false;
    }
    into->status = cell.words;
    if (!text_equal(cell.words, TEXT("exited_supported")))
        return true;
    fault_at(reading, row->number, LOOK_BACK_STATUS, "exit-needs-case");
    return false;
}

static bool read_day(struct reading *reading, const struct csv_row *row, struct look_back_row *into)
{
    struct cell cell;
    text typed = csv_cell(row, reading->positions[LOOK_BACK_STATUS_ON]);
    if (cell_read(COLUMN_STATUS_ON, typed, reading->arena, &cell) != CELL_READ || !cell.given) {
        fault_at(reading, row->number, LOOK_BACK_STATUS_ON, typed.at == NULL ? "required" : "not-a-date");
        return false;
    }
    into->valid_from = (calendar_day)cell.number;
    if (into->valid_from <= reading->today)
        return true;
    fault_at(reading, row->number, LOOK_BACK_STATUS_ON, "in-future");
    return false;
}

static bool read_reason(struct reading *reading, const struct csv_row *row, struct look_back_row *into)
{
    into->reason = csv_cell(row, reading->positions[LOOK_BACK_REASON]);
    if (into->reason.at != NULL && text_characters(into->reason) <= REASON_CHARACTERS_MAX)
        return true;
    fault_at(reading, row->number, LOOK_BACK_REASON, into->reason.at == NULL ? "required" : "too-long");
    return false;
}

static void read_row(struct reading *reading, const struct csv_row *row)
{
    struct look_back_row into = {.number = row->number,
                                 .card_number = csv_cell(row, reading->positions[LOOK_BACK_CARD])};
    bool whole = into.card_number.at != NULL;
    if (!whole)
        fault_at(reading, row->number, LOOK_BACK_CARD, HOUSEHOLD_ERROR_NO_CARD);
    whole = read_status(reading, row, &into) && whole;
    whole = read_day(reading, row, &into) && whole;
    whole = read_reason(reading, row, &into) && whole;
    if (whole)
        reading->file->rows[reading->file->rows_count++] = into;
}

static int by_card_then_number(const void *a, const void *b)
{
    const struct look_back_row *left = *(struct look_back_row *const *)a, *right = *(struct look_back_row *const *)b;
    int order = text_compare(left->card_number, right->card_number);
    return order != 0 ? order : (left->number > right->number) - (left->number < right->number);
}

/* A card that stands twice says two things: both can't be taken. */
static void refuse_repeated(struct reading *reading)
{
    struct look_back_file *file = reading->file;
    struct look_back_row **sorted = arena_alloc_items(reading->arena, file->rows_count + 1, sizeof *sorted);
    for (size_t i = 0; i < file->rows_count; i++)
        sorted[i] = &file->rows[i];
    qsort(sorted, file->rows_count, sizeof *sorted, by_card_then_number);
    for (size_t i = 1; i < file->rows_count; i++)
        if (text_equal(sorted[i - 1]->card_number, sorted[i]->card_number))
            fault_at(reading, sorted[i]->number, LOOK_BACK_CARD, "repeated");
}

static void stop(struct reading *reading, struct csv_fault fault)
{
    reading->file->readable = false;
    look_back_file_fault(reading->file, reading->arena, fault);
}

static size_t rows_at_most(text utf8)
{
    size_t lines = 1;
    for (size_t i = 0; i < utf8.length; i++)
        lines += utf8.at[i] == '\n' || utf8.at[i] == '\r';
    return lines < LOOK_BACK_ROWS_MAX ? lines : LOOK_BACK_ROWS_MAX;
}

static void read_rows(struct reading *reading)
{
    struct csv_row row;
    for (enum csv_step step = csv_next(&reading->csv, &row); step != CSV_END; step = csv_next(&reading->csv, &row)) {
        if (step == CSV_BROKEN) {
            stop(reading, reading->csv.fault);
            return;
        }
        if (reading->file->rows_read == LOOK_BACK_ROWS_MAX) {
            stop(reading, (struct csv_fault){.code = HOUSEHOLD_ERROR_TOO_MANY, .row = row.number});
            return;
        }
        reading->file->rows_read++;
        read_row(reading, &row);
    }
    refuse_repeated(reading);
}

void look_back_file_read(struct arena *arena, text file, calendar_day today, struct look_back_file *read)
{
    text utf8;
    struct csv_row header;
    struct csv_fault fault;
    struct reading reading = {.arena = arena, .file = read, .today = today};
    *read = (struct look_back_file){.readable = true};
    if (sheet_to_utf8(arena, file, &utf8, &fault) == CSV_UNKNOWN) {
        stop(&reading, fault);
        return;
    }
    csv_init(&reading.csv, arena, utf8);
    read->rows = arena_alloc_items(arena, rows_at_most(utf8), sizeof *read->rows);
    switch (csv_next(&reading.csv, &header)) {
    case CSV_ROW:
        break;
    case CSV_BROKEN:
        stop(&reading, reading.csv.fault);
        return;
    case CSV_END:
        stop(&reading, (struct csv_fault){.code = CSV_FAULT_EMPTY});
        return;
    }
    if (!csv_map_header(&header, columns, LOOK_BACK_COLUMNS_COUNT, reading.positions, &fault)) {
        stop(&reading, fault);
        return;
    }
    read_rows(&reading);
}
