/* desk: what people at work see at once, across subjects: a shop's day, its statements, and the search of every workplace. Reads only. */
#ifndef DESK_H
#define DESK_H

#include "base.h"

extern const struct route desk_routes[];

/* For the search: binds what the query may mean. */
decide_function desk_find_prepare;

#endif
