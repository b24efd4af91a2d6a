/* bills: the table of contents. A bill comes in line by line, as the provider's own file says it. */
#include "bills.h"
#include "payments.h"

/* A line takes some hundred bytes of a JSON body. */
enum { BILL_LINES_MAX = 2000 };

static const char *const kinds[] = {"payment", "refund", NULL};
static const char *const states[] = {"matched", "different", "missing_here", "missing_there", NULL};

struct bill_line {
    text transaction_id, reference, kind;
    money amount_fen;
};
struct bill_body {
    text provider;
    calendar_day day;
    struct bill_line *lines;
    size_t lines_count;
};

static const struct field line_fields[] = {
    FIELD(bill_line, transaction_id, FIELD_TEXT, .min = 1, .max = 64),
    FIELD(bill_line, reference, FIELD_TEXT, .min = 1, .max = 64),
    FIELD(bill_line, kind, FIELD_CHOICE, .choices = kinds),
    FIELD(bill_line, amount_fen, FIELD_FEN, .min = 1, .max = INT64_C(1000000000000000)),
    FIELDS_END,
};
static const struct field bill_fields[] = {
    FIELD_NAMED("county", FIELD_CODE, .min = 6, .max = 6),
    FIELD(bill_body, provider, FIELD_TEXT, .min = 2, .max = 32),
    FIELD(bill_body, day, FIELD_DATE),
    FIELD_ITEMS(bill_body, lines, bill_line, line_fields, .max = BILL_LINES_MAX),
    FIELDS_END,
};
static const struct field bills_query[] = {
    FIELD_NAMED("area", FIELD_CODE, .min = 2, .max = 12, .optional = true),
    FIELDS_END,
};
static const struct field lines_query[] = {
    FIELD_NAMED("state", FIELD_CHOICE, .choices = states, .optional = true),
    FIELDS_END,
};

/* A bill under a misspelt name would find every line missing. */
static enum problem bill_check(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    const struct bill_body *body = request->body;
    (void)facts;
    (void)plan;
    if (payment_provider_find(body->provider) == NULL)
        problems_add(problems, TEXT("/provider"), "not-found", TEXT_NONE);
    else if (body->day > instant_business_day(request->now))
        problems_add(problems, TEXT("/day"), "in-future", TEXT_NONE);
    else
        return PROBLEM_NONE;
    return PROBLEM_INVALID;
}

/* clang-format off */
const struct route bills_routes[] = {
    {.method = POST,
     .path = "/bills",
     .may = MAY(ROLE_FINANCE),
     .lane = LANE_WRITE,
     .idempotent = true,
     .body = bill_fields,
     .body_size = sizeof(struct bill_body),
     .prepare = bill_check,
     .load = "bills/take",
     .shape = ANSWER_OBJECT,
     .status = 201},
    {.method = GET,
     .path = "/bills", .titles = {"支付平台对账单", "Provider's bills"},
     .may = MAY_OVERSEE,
     .lane = LANE_READ,
     .query = bills_query,
     .load = "bills/list",
     .shape = ANSWER_LIST},
    {.method = GET,
     .path = "/bills/{bill_id}",
     .may = MAY_OVERSEE,
     .lane = LANE_READ,
     .load = "bills/show",
     .shape = ANSWER_OBJECT},
    {.method = GET,
     .path = "/bills/{bill_id}/lines", .titles = {"对账明细", "Lines of a bill"},
     .may = MAY_OVERSEE,
     .lane = LANE_READ,
     .query = lines_query,
     .load = "bills/lines",
     .shape = ANSWER_LIST},
    ROUTES_END,
};
/* clang-format on */
