/* The month of a statement: "2026-11" becomes its first day; none is the one that runs. */
#include "desk.h"

enum problem desk_month_prepare(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    text month = request->parameter(request, "month");
    calendar_day day;
    (void)facts;
    (void)plan;
    if (month.length == 0)
        month = text_part(day_format(request->arena, instant_business_day(request->now)), 0, strlen("2026-11"));
    text first = text_format(request->arena, "%.*s-01", TEXT_ARGUMENTS(month));
    if (!day_parse(first, &day)) {
        problems_add(problems, TEXT("/month"), "not-a-date", TEXT_NONE);
        return PROBLEM_INVALID;
    }
    request->bind(request, "from_on", first);
    return PROBLEM_NONE;
}
