/* What somebody types into the search of a workplace may be a name, words of goods, the end of a number, a code or an id. */
#include "base/words.h"
#include "desk.h"
#include "registry.h"

static text id_of(const struct request *request, text q)
{
    county_id joined;
    uuid plain;
    if (county_id_parse(q, &joined))
        return uuid_format(request->arena, joined.id);
    return uuid_parse(q, &plain) ? uuid_format(request->arena, plain) : TEXT_NONE;
}

enum problem desk_find_prepare(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    text q = text_trim(request->parameter(request, "q")), id = id_of(request, q);
    struct words words = words_of_query(request->arena, q);
    enum problem problem = registry_find_prepare(request, facts, plan, problems);
    if (problem != PROBLEM_NONE)
        return problem;
    request->bind(request, "q", q);
    if (id.at != NULL)
        request->bind(request, "found_id", id);
    if (words.count > 0)
        request->bind(request, "words", words_to_array(request->arena, words));
    return PROBLEM_NONE;
}
