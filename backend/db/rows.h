/* Inside db: a PGresult as rows and as an outcome. */
#ifndef DB_ROWS_H
#define DB_ROWS_H

#include <libpq-fe.h>

#include "db.h"

/* Takes the result: it lives on as outcome->rows, or is cleared. `after_error`: an earlier query of this flight was refused. */
void outcome_take(struct outcome *outcome, PGresult *result, bool after_error);
void outcome_set_lost(struct outcome *outcome, const char *why);

#endif
