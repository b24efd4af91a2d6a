/* desk: what people at work see at once, across subjects: a shop's day, its statements, and the search of every workplace. Reads only. */
#ifndef DESK_H
#define DESK_H

#include "base.h"

extern const struct route desk_routes[];

/* Bind what the query of a search may mean, and a month's first day. */
decide_function desk_find_prepare, desk_month_prepare;

#endif
