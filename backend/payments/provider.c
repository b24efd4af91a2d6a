/* Which providers are open for business, and the shape every one of them hands on. */
#include <pthread.h>

#include "config.h"
#include "payments/provider.h"

static const struct payment_provider *const providers[] = {&simulator_provider};
static struct payments_settings settings;
static pthread_once_t settings_once = PTHREAD_ONCE_INIT;

static text own_address(struct arena *arena)
{
    const char *plain = config_text(SETTING_PLAIN_ADDRESS), *origin = config_text(SETTING_PUBLIC_ORIGIN);
    if (plain != NULL && strcmp(plain, "none") != 0)
        return text_format(arena, "http://%s", plain);
    return text_from(origin != NULL ? origin : "https://localhost");
}

static void settings_read(void)
{
    static struct arena *arena; /* for good */
    arena = arena_new();
    settings.simulator = strcmp(config_text(SETTING_PAYMENT_PROVIDER), "simulator") == 0;
    settings.simulator_secret = config_simulator_secret(arena);
    settings.own_address = own_address(arena);
}

const struct payments_settings *payments_settings(void)
{
    must(pthread_once(&settings_once, settings_read) == 0);
    return &settings;
}

static bool is_open(const struct payment_provider *provider)
{
    return provider != &simulator_provider || payments_settings()->simulator;
}

const struct payment_provider *payment_provider_find(text name)
{
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
        if (is_open(providers[i]) && (name.at == NULL || text_equal(name, text_from(providers[i]->name))))
            return providers[i];
    return NULL;
}

/* Path parameters are not decoded yet when a route verifies: nothing unsigned is looked into any further than this. */
static text provider_of_path(text path)
{
    static const char before[] = "/callbacks/payments/";
    const char *found = memmem(path.at, path.length, before, sizeof before - 1);
    if (found == NULL)
        return TEXT("");
    text rest = text_part(path, (size_t)(found - path.at) + sizeof before - 1, path.length);
    return text_cut(&rest, '/');
}

enum problem payments_verify(const struct request *request, const void *facts, void *plan, struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    const struct payment_provider *provider = payment_provider_find(provider_of_path(request->path));
    if (provider == NULL)
        return PROBLEM_NOT_FOUND;
    return provider->is_genuine(request) ? PROBLEM_NONE : PROBLEM_UNAUTHENTICATED;
}

static const char *const outcomes[] = {"succeeded", "failed", NULL};
const struct field payment_notice_fields[] = {
    FIELD(payment_notice, transaction_id, FIELD_TEXT, .min = 1, .max = 64),
    FIELD(payment_notice, reference, FIELD_TEXT, .min = 1, .max = 64),
    FIELD(payment_notice, outcome, FIELD_CHOICE, .choices = outcomes),
    FIELD(payment_notice, amount_fen, FIELD_FEN, .min = 1, .max = INT64_C(1000000000000000)),
    FIELD(payment_notice, happened_at, FIELD_INSTANT),
    FIELDS_END,
};
const struct field provider_transaction_fields[] = {
    FIELD(provider_transaction, provider, FIELD_TEXT),
    FIELD(provider_transaction, transaction_id, FIELD_TEXT),
    FIELD(provider_transaction, reference, FIELD_TEXT),
    FIELD(provider_transaction, kind, FIELD_TEXT),
    FIELD(provider_transaction, result, FIELD_TEXT),
    FIELD(provider_transaction, amount_fen, FIELD_FEN),
    FIELD(provider_transaction, happened_at, FIELD_INSTANT),
    FIELD(provider_transaction, payment_state, FIELD_TEXT, .optional = true),
    FIELDS_END,
};
const struct field planned_refund_fields[] = {
    FIELD(planned_refund, provider, FIELD_TEXT),
    FIELD(planned_refund, reference, FIELD_TEXT),
    FIELD(planned_refund, payment_reference, FIELD_TEXT),
    FIELD(planned_refund, cause, FIELD_TEXT),
    FIELD(planned_refund, county, FIELD_TEXT, .optional = true),
    FIELD(planned_refund, order_id, FIELD_UUID, .optional = true),
    FIELD(planned_refund, outbox_id, FIELD_UUID),
    FIELD(planned_refund, amount_fen, FIELD_FEN),
    FIELDS_END,
};
