/* Inside db: how an embedded .sql file becomes a statement. */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include "db.h"

/* A row of the sections `statements` and `migrations`, written by the Makefile's pattern rule. */
struct embedded {
    const char *name, *at, *end;
};

/* Turns :names into $n. NULL, or what is wrong with the source. */
MUST_USE const char *statement_parse(struct arena *arena, const char *name, text source, struct statement *statement);
/* The statement's place among all: 0 … statements_count() - 1. */
size_t statement_index(const struct statement *statement);

#endif
