/* Statement parameters by name. The order is the one promised at the end of base/route.h. */
#include "http/exchange.h"
#include "http/parameters.h"

static text actor_id(const struct exchange *exchange)
{
    const struct actor *actor = &exchange->request.actor;
    return uuid_is_zero(actor->account_id) ? TEXT_NONE : uuid_format(exchange->arena, actor->account_id);
}

static text actor_areas(const struct exchange *exchange)
{
    text areas = exchange->request.actor.areas;
    return areas.at == NULL ? TEXT("{}") : areas;
}

static text actor_organisations(const struct exchange *exchange)
{
    text organisations = exchange->request.actor.organisations;
    return organisations.at == NULL ? TEXT("{}") : organisations;
}

static text session_id(const struct exchange *exchange)
{
    const struct actor *actor = &exchange->request.actor;
    return uuid_is_zero(actor->session_id) ? TEXT_NONE : uuid_format(exchange->arena, actor->session_id);
}

static text now(const struct exchange *exchange)
{
    return instant_format(exchange->arena, exchange->request.now);
}

static text today(const struct exchange *exchange)
{
    return day_format(exchange->arena, instant_business_day(exchange->request.now));
}

static text new_id(const struct exchange *exchange)
{
    return uuid_format(exchange->arena, exchange->request.new_id);
}

static text request_id(const struct exchange *exchange)
{
    return exchange->request.request_id;
}

static text client_address(const struct exchange *exchange)
{
    return exchange->request.client_address;
}

static text language(const struct exchange *exchange)
{
    return exchange->request.language == LANGUAGE_EN ? TEXT("en") : TEXT("zh");
}

static text idempotency_key(const struct exchange *exchange)
{
    return exchange->idempotency_key;
}

static text request_hash(const struct exchange *exchange)
{
    return exchange->request_hash;
}

static text answer_status(const struct exchange *exchange)
{
    return exchange->stored_status;
}

static text answer_body(const struct exchange *exchange)
{
    return exchange->stored_body;
}

static text token_hash(const struct exchange *exchange)
{
    return exchange->token_hash;
}

static text if_match(const struct exchange *exchange)
{
    return exchange->if_match;
}

static text limit(const struct exchange *exchange)
{
    return text_format(exchange->arena, "%lld", (long long)exchange->page.limit + 1);
}

static text cursor(const struct exchange *exchange)
{
    return exchange->page.cursor;
}

static text body(const struct exchange *exchange)
{
    return decoded_json(exchange->decoded_body);
}

static text plan(const struct exchange *exchange)
{
    return exchange->plan_json;
}

/* Text as it stands, other bytes as bytea takes them. */
static text upload(const struct exchange *exchange)
{
    text raw = exchange->request.raw_body;
    text type = exchange->content_type;
    if (text_starts_with(type, TEXT("text/")) || text_starts_with(type, TEXT("application/json")))
        return raw;
    char *hex = arena_alloc(exchange->arena, 2 * raw.length + 3);
    memcpy(hex, "\\x", 2);
    h2o_hex_encode(hex + 2, raw.at, raw.length);
    return (text){hex, 2 * raw.length + 2};
}

static const struct {
    const char *name;
    text (*value)(const struct exchange *exchange);
} built_in[] = {
    {"actor_id", actor_id},
    {"actor_areas", actor_areas},
    {"actor_organisations", actor_organisations},
    {"session_id", session_id},
    {"now", now},
    {"today", today},
    {"new_id", new_id},
    {"request_id", request_id},
    {"client_address", client_address},
    {"language", language},
    {"idempotency_key", idempotency_key},
    {"request_hash", request_hash},
    {"answer_status", answer_status},
    {"answer_body", answer_body},
    {"token_hash", token_hash},
    {"if_match", if_match},
    {"limit", limit},
    {"cursor", cursor},
    {"body", body},
    {"plan", plan},
    {"upload", upload},
};

static bool is_period(text name)
{
    return text_starts_with(name, TEXT("period_")) && text_ends_with(name, TEXT("_s"));
}

bool parameter_is_built_in(text name)
{
    for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++)
        if (text_equal(text_from(built_in[i].name), name))
            return true;
    return is_period(name);
}

static text parameter_value(const struct exchange *exchange, text name)
{
    for (const struct bound *bound = exchange->bound; bound != NULL; bound = bound->next)
        if (text_equal(bound->name, name))
            return bound->value;
    for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++)
        if (text_equal(text_from(built_in[i].name), name))
            return built_in[i].value(exchange);
    if (is_period(name))
        return exchange->worker->server->settings->period(text_part(name, 7, name.length - 9));
    text value = decoded_parameter(exchange->decoded_path, name);
    return value.at != NULL ? value : decoded_parameter(exchange->decoded_body, name);
}

const text *parameters_bind(struct exchange *exchange, const struct statement *statement)
{
    text *values = arena_alloc_items(exchange->arena, statement->parameters_count + 1, sizeof *values);
    for (size_t i = 0; i < statement->parameters_count; i++)
        values[i] = parameter_value(exchange, text_from(statement->parameters[i]));
    /* A key needs an owner in the table; guests share the zero one, and their keys are made to be unguessable. */
    if (statement == exchange->worker->server->claim || statement == exchange->worker->server->store)
        for (size_t i = 0; i < statement->parameters_count; i++)
            if (values[i].at == NULL && strcmp(statement->parameters[i], "actor_id") == 0)
                values[i] = TEXT("00000000-0000-0000-0000-000000000000");
    return values;
}
