/* What all readers of typed numbers share: full-width to ASCII, spaces and hyphens out. */
#ifndef REGISTRY_DIGITS_H
#define REGISTRY_DIGITS_H

#include "registry.h"

#define TYPED_NUMBER_CHARACTERS_MAX 40

/* Writes upper-case ASCII letters, digits and '+' into `clean` (terminated); false on anything else or too much. */
MUST_USE bool digits_clean(text typed, char clean[TYPED_NUMBER_CHARACTERS_MAX + 1], size_t *length);
PURE bool digits_only(const char *characters, size_t count);

#endif
