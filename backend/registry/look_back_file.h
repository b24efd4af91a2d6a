/* The file of a looking-back: CSV or XLSX, one row a household that the register has wrong. No database in it. */
#ifndef REGISTRY_LOOK_BACK_FILE_H
#define REGISTRY_LOOK_BACK_FILE_H

#include "registry/household_file.h"

#define LOOK_BACK_ROWS_MAX 100000 /* more households than a county registers */

enum look_back_column {
    LOOK_BACK_CARD,
    LOOK_BACK_STATUS,
    LOOK_BACK_STATUS_ON,
    LOOK_BACK_REASON,
    LOOK_BACK_COLUMNS_COUNT
};
struct look_back_row {
    int64_t number; /* as a spreadsheet counts */
    text card_number, status, reason;
    calendar_day valid_from;
};
struct look_back_file {
    struct look_back_row *rows;
    struct csv_fault *faults; /* what it says wrong, by row; a row with a fault is not among the rows */
    size_t rows_count, faults_count, faults_room;
    int64_t rows_read;
    bool readable; /* false: the one fault is of the whole file */
};
void look_back_file_read(struct arena *arena, text file, calendar_day today, struct look_back_file *read);
void look_back_file_fault(struct look_back_file *file, struct arena *arena, struct csv_fault fault);

#endif
