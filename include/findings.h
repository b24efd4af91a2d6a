/* findings: what a check, a complaint or an audit found. Open until rectified with evidence, closed by someone else. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "base.h"

extern const struct route findings_routes[];
extern const struct job findings_jobs[];

#endif
