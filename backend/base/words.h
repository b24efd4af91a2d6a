/* Search terms: what a listing is found by and what a query asks for, such that `words @> query` over a GIN index answers it. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/text.h"

struct words {
    text *at; /* distinct, sorted by bytes */
    size_t count;
};
/* Chinese: single characters, pairs, and from each character on the prefixes of its pinyin (hetao for 核桃, lv and lu for 绿)
   and of its initials (ht). Other words: all prefixes. At most WORDS_OF_LISTING_MAX, earlier names first. A character of several
   readings is indexed under ICU's first only. */
struct words words_of_listing(struct arena *arena, const text *names, size_t count);
/* All of them must be among the listing's. None: the query holds no word, so nothing is asked. */
struct words words_of_query(struct arena *arena, text query);
text words_to_array(struct arena *arena, struct words words); /* {"…","…"} for a text[] parameter */

#endif
