/* base: text, memory, values, problems, decoding, routes. Knows nobody. Include it after system and library headers. */
#ifndef BASE_H
#define BASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/decode.h"
#include "base/job.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/problem.h"
#include "base/progress.h"
#include "base/route.h"
#include "base/text.h"
#include "base/value.h"

/* What C offers and we do not take: each has a better word above. */
#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol strtol strtoll gmtime localtime rand srand
#pragma GCC poison gets

#endif
