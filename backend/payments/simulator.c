/* The payment simulator: a provider like the others, reached over HTTP, that pays, fails, repeats and delays as it is told. */
#include "payments/provider.h"

#define CALLBACK_PATH "/api/v1/callbacks/payments/simulator"

static const char *const outcomes[] = {"succeed", "fail", NULL};
const struct field simulator_body_fields[] = {
    FIELD(simulator_body, outcome, FIELD_CHOICE, .choices = outcomes),
    FIELD(simulator_body, duplicates, FIELD_COUNT, .min = 0, .max = 5, .optional = true),
    FIELD(simulator_body, delay_ms, FIELD_COUNT, .min = 0, .max = 3600000, .optional = true),
    FIELD(simulator_body, amount_fen, FIELD_FEN, .min = 1, .max = INT64_C(1000000000000000), .optional = true),
    FIELD(simulator_body, transaction_id, FIELD_TEXT, .min = 1, .max = 64, .optional = true),
    FIELDS_END,
};
const struct field simulator_facts_fields[] = {
    FIELD(simulator_facts, amount_fen, FIELD_FEN),
    FIELDS_END,
};
static const struct field outbox_row_fields[] = {
    FIELD(outbox_row, outbox_id, FIELD_UUID),
    FIELD(outbox_row, kind, FIELD_TEXT),
    FIELD(outbox_row, payload, FIELD_JSON),
    FIELD(outbox_row, due_at, FIELD_INSTANT),
    FIELDS_END,
};
const struct field simulator_plan_fields[] = {
    FIELD_ITEMS(simulator_plan, outbox, outbox_row, outbox_row_fields),
    FIELDS_END,
};
const struct field simulator_answer_fields[] = {
    FIELD(simulator_plan, transaction_id, FIELD_TEXT),
    FIELD(simulator_plan, callbacks, FIELD_COUNT),
    FIELDS_END,
};
const struct field simulator_refund_fields[] = {
    FIELD(simulator_refund_body, reference, FIELD_TEXT, .min = 1, .max = 64),
    FIELD(simulator_refund_body, payment_reference, FIELD_TEXT, .min = 1, .max = 64),
    FIELD(simulator_refund_body, amount_fen, FIELD_FEN, .min = 1, .max = INT64_C(1000000000000000)),
    FIELD(simulator_refund_body, outcome, FIELD_CHOICE, .choices = outcomes, .optional = true),
    FIELDS_END,
};

/* A row of the outbox that makes the jobs call us back with this notice. */
static text callback_payload(struct arena *arena, const char *path, const struct payment_notice *notice)
{
    struct bytes payload;
    bytes_init(&payload, arena, BODY_BYTES_MAX);
    bytes_add(&payload, TEXT("{\"path\":"));
    bytes_add_json_string(&payload, text_from(path));
    bytes_add(&payload, TEXT(",\"body\":"));
    encode_json(payment_notice_fields, notice, true, &payload);
    bytes_add_char(&payload, '}');
    return bytes_text(&payload);
}

static void callbacks_plan(const struct request *request, const char *path, const struct payment_notice *notice,
                           int64_t count, int64_t delay_ms, struct simulator_plan *plan)
{
    plan->transaction_id = notice->transaction_id;
    plan->callbacks = count;
    plan->outbox = arena_alloc_items(request->arena, (size_t)count, sizeof *plan->outbox);
    for (int64_t i = 0; i < count; i++)
        plan->outbox[plan->outbox_count++] = (struct outbox_row){
            .outbox_id = uuid_nth(request->new_id, (uint32_t)i),
            .kind = TEXT("callback"),
            .payload = callback_payload(request->arena, path, notice),
            .due_at = request->now + delay_ms * 1000,
        };
}

static text outcome_told(text outcome)
{
    return text_equal(outcome, TEXT("fail")) ? TEXT("failed") : TEXT("succeeded");
}

enum problem simulator_pay_decide(const struct request *request, const void *facts_, void *plan,
                                  struct problems *problems)
{
    const struct simulator_body *body = request->body;
    const struct simulator_facts *facts = facts_;
    (void)problems;
    struct payment_notice notice = {
        .transaction_id =
            body->transaction_id.length > 0 ? body->transaction_id : uuid_format(request->arena, request->new_id),
        .reference = request->parameter(request, "reference"),
        .outcome = outcome_told(body->outcome),
        .amount_fen = body->amount_fen > 0 ? body->amount_fen : facts->amount_fen,
        .happened_at = request->now,
    };
    callbacks_plan(request, CALLBACK_PATH, &notice, 1 + body->duplicates, body->delay_ms, plan);
    return PROBLEM_NONE;
}

/* The transaction is named after the refund, so that one asked for twice is given once; a failure moved nothing and has a name of its own. */
enum problem simulator_refund_decide(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems)
{
    const struct simulator_refund_body *body = request->body;
    (void)facts;
    (void)problems;
    struct payment_notice notice = {
        .transaction_id = text_equal(body->outcome, TEXT("fail"))
                              ? uuid_format(request->arena, request->new_id)
                              : text_format(request->arena, "refund-%.*s", TEXT_ARGUMENTS(body->reference)),
        .reference = body->reference,
        .outcome = outcome_told(body->outcome),
        .amount_fen = body->amount_fen,
        .happened_at = request->now,
    };
    callbacks_plan(request, CALLBACK_PATH "/refunds", &notice, 1, 0, plan);
    return PROBLEM_NONE;
}

enum problem simulator_refund_verify(const struct request *request, const void *facts, void *plan,
                                     struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    return signature_is_good(request, payments_settings()->simulator_secret) ? PROBLEM_NONE : PROBLEM_UNAUTHENTICATED;
}

static bool simulator_is_genuine(const struct request *request)
{
    return signature_is_good(request, payments_settings()->simulator_secret);
}

static text simulator_pay_url(struct arena *arena, text reference)
{
    return text_format(arena, "/api/v1/simulator/payments/%.*s", TEXT_ARGUMENTS(reference));
}

static bool simulator_refund(struct arena *arena, text payload, instant now, text *why)
{
    const struct payments_settings *settings = payments_settings();
    text url = text_format(arena, "%.*s/api/v1/simulator/refunds", TEXT_ARGUMENTS(settings->own_address));
    return call_post(arena, url, settings->simulator_secret, payload, now, why);
}

const struct payment_provider simulator_provider = {
    .name = "simulator",
    .is_genuine = simulator_is_genuine,
    .pay_url = simulator_pay_url,
    .refund = simulator_refund,
};
