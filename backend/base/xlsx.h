/* XLSX as county offices and shops send it: the first visible sheet as CSV, so that one reader serves both. Made for files of strangers:
   nothing outside the file is ever opened, and entries, unpacked bytes, ratio, cells and strings are bounded. */
#ifndef BASE_XLSX_H
#define BASE_XLSX_H

#include "base/csv.h"

#define XLSX_FAULT_BROKEN "xlsx-broken"       /* no archive, no workbook, or XML that is none */
#define XLSX_FAULT_TOO_LARGE "xlsx-too-large" /* over one of the bounds XLSX_… of limits.h */
#define XLSX_FAULT_DOCTYPE "xlsx-doctype"     /* entities: no spreadsheet writes them, only attackers do */
#define XLSX_FAULT_OLD "xlsx-old"             /* .xls, or locked by a password */

/* Row numbers stay those of the sheet. Dates become 2026-11-23, numbers what the sheet shows of them (15 digits), formulas their last value. */
MUST_USE bool xlsx_to_csv(struct arena *arena, text file, text *csv, struct csv_fault *fault);

/* The file as CSV in UTF-8, whichever of the two it is, told apart by its first bytes. CSV_UNKNOWN: `fault` says why. */
MUST_USE enum csv_encoding sheet_to_utf8(struct arena *arena, text file, text *utf8, struct csv_fault *fault);
const char *csv_encoding_name(enum csv_encoding encoding);

#endif
