/* Progress of long work on standard error: a bar on a terminal, a plain line every tenth otherwise. One at a time. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/text.h"

void progress_begin(const char *title, int64_t total); /* total 0: not known beforehand */
void progress_step(int64_t done);                      /* since the last step; cheap enough for each row */
void progress_end(void);

#endif
