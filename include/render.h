/* render: tables as XLSX and PDF. The only folder that includes their libraries; they run in a process of their own, see http/render.c. */
#ifndef RENDER_H
#define RENDER_H

#include "base.h"
#include "base/table.h"

/* Writes the file to an open descriptor. False: the library could not, said in the log. */
typedef bool render_function(struct arena *arena, const struct table *table, int descriptor);
render_function render_xlsx, render_pdf;

#endif
