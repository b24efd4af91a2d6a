/* What stands in a cell of an XLSX sheet, as the words a person saw there. Without floating point: a price must stay what was typed. */
#ifndef BASE_XLSX_CELLS_H
#define BASE_XLSX_CELLS_H

#include "base/text.h"

MUST_USE bool xlsx_column(text place, int64_t *column); /* "AB12" → 28 */
/* "19.899999999999999" → "19.9": sheets store 17 digits and show 15. What is no number stays as it is. */
text xlsx_number(struct arena *arena, text raw);
/* 45000 → "2023-03-15"; with a time of day behind it when there is one. */
text xlsx_date(struct arena *arena, text raw, bool since_1904);
PURE bool xlsx_built_in_is_date(int64_t format);
PURE bool xlsx_format_is_date(text format_code);

#endif
