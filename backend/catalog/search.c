/* Search: what a buyer types becomes the words a product is indexed by. */
#include "base.h"
#include "base/words.h"
#include "catalog.h"

enum problem catalog_search_prepare(const struct request *request, const void *facts, void *plan,
                                    struct problems *problems)
{
    text q = request->parameter(request, "q");
    struct words words;

    (void)facts;
    (void)plan;
    if (q.at == NULL)
        return PROBLEM_NONE;
    words = words_of_query(request->arena, q);
    if (words.count == 0) {
        problems_add(problems, TEXT("/q"), "no-words", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    request->bind(request, "words", words_to_array(request->arena, words));
    return PROBLEM_NONE;
}

/* While one types there is not always a word yet: then nothing is suggested, and nothing is wrong. */
enum problem catalog_suggest_prepare(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems)
{
    struct words words = words_of_query(request->arena, request->parameter(request, "q"));

    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "words", words.count == 0 ? TEXT_NONE : words_to_array(request->arena, words));
    return PROBLEM_NONE;
}
