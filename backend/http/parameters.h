/* Inside http: statement parameters by name, from the request, its session, its plan. */
#ifndef HTTP_PARAMETERS_H
#define HTTP_PARAMETERS_H

#include "http/worker.h"

/* Names the runner itself can bind, whatever the route. */
bool parameter_is_built_in(text name);
/* The values of a statement's parameters, in the exchange's arena. */
const text *parameters_bind(struct exchange *exchange, const struct statement *statement);

#endif
