/* The demo's ledger and payouts: what became payable two months ago and before was paid by a batch behind a notice; one batch still
   hangs out. Sums stay in memory, rows go to the sink. */
#include "demo/world.h"

/* ---- Purses ---- */
static size_t purse_slot(const struct world *world, const struct demo_county *county, struct account account)
{
    uint64_t mixed = (uint64_t)(county - world->counties) << 8 | account.kind;
    for (size_t i = 0; i < sizeof account.holder.bytes; i++)
        mixed = (mixed ^ account.holder.bytes[i]) * UINT64_C(0x100000001B3);
    size_t slot = (size_t)(seeded_next(&mixed) % world->purse_slots_count);
    for (; world->purse_slots[slot] != 0; slot = (slot + 1) % world->purse_slots_count) {
        const struct purse *purse = &world->purses[world->purse_slots[slot] - 1];
        if (purse->county == county && purse->account.kind == account.kind &&
            uuid_equal(purse->account.holder, account.holder))
            break;
    }
    return slot;
}

struct purse *purse_open(struct world *world, const struct demo_county *county, struct account account, text label,
                         text account_masked)
{
    if (world->purses == NULL) {
        world->purses_room = (size_t)(world->size.households + 4 * world->size.shops) + DEMO_COUNTIES_COUNT;
        world->purse_slots_count = 2 * world->purses_room + 1;
        world->purses = arena_alloc_items(world->arena, world->purses_room, sizeof *world->purses);
        world->purse_slots = arena_alloc_items(world->arena, world->purse_slots_count, sizeof *world->purse_slots);
    }
    must(world->purses_count < world->purses_room);
    size_t slot = purse_slot(world, county, account);
    struct purse *purse = &world->purses[world->purses_count++];
    *purse = (struct purse){.county = county, .account = account, .label = label, .account_masked = account_masked};
    world->purse_slots[slot] = (uint32_t)world->purses_count;
    return purse;
}

struct purse *purse_find(struct world *world, const struct demo_county *county, struct account account)
{
    uint32_t number = world->purse_slots[purse_slot(world, county, account)];
    must(number != 0);
    return &world->purses[number - 1];
}

/* ---- Transfers ---- */
static void purse_move(struct world *world, const struct demo_county *county, text kind, uuid holder, money amount)
{
    struct account account = {account_kind_from(kind), holder};
    if (account_kind_floor(account.kind) == FLOOR_KEPT)
        purse_find(world, county, account)->balance_fen += amount;
}

void transfer_post(struct world *world, const struct demo_county *county, const struct transfer_plan *plan, instant at)
{
    struct sink *sink = &world->sink;
    if (plan->entries_count == 0)
        return;
    text id = of_id(sink, plan->transfer_id);
    SINK_ADD(sink, INTO_TRANSFERS, county->code, id, plan->kind, plan->reference, of_instant(sink, at),
             of_day(sink, instant_business_day(at)), of_none());
    for (size_t i = 0; i < plan->entries_count; i++) {
        const struct ledger_entry *entry = &plan->entries[i];
        SINK_ADD(sink, INTO_ENTRIES, county->code, id, of_count(sink, entry->position), entry->debit_kind,
                 uuid_format(sink->scratch, entry->debit_holder), entry->credit_kind,
                 uuid_format(sink->scratch, entry->credit_holder), of_count(sink, entry->amount_fen));
        purse_move(world, county, entry->debit_kind, entry->debit_holder, -entry->amount_fen);
        purse_move(world, county, entry->credit_kind, entry->credit_holder, entry->amount_fen);
    }
}

/* ---- Months ---- */
enum month_fate { MONTH_OPEN, MONTH_PROPOSED, MONTH_PAID };

/* The neighbour counties' last batch hangs out just now, so that an objection can still be raised. */
static enum month_fate month_fate(const struct world *world, const struct demo_county *county, int month)
{
    if (month <= world->this_month - 2)
        return MONTH_PAID;
    return month == world->this_month - 1 && county != &world->counties[0] ? MONTH_PROPOSED : MONTH_OPEN;
}

struct batch_days {
    instant proposed_at, notice_ends_at, approved_at, paid_at;
};

static struct batch_days batch_days(const struct world *world, enum month_fate fate, int month)
{
    if (fate == MONTH_PROPOSED) {
        instant at = world->now - DEMO_HOUR_US;
        return (struct batch_days){at, at + 7 * DEMO_DAY_US, 0, 0};
    }
    calendar_day after = world->month_starts[month + 1];
    return (struct batch_days){day_at(after + 1, 9), day_at(after + 8, 9), day_at(after + 10, 10),
                               day_at(after + 14, 10)};
}

static uuid item_id(const struct world *world, const struct purse *purse, int month)
{
    enum month_fate fate = month_fate(world, purse->county, month);
    uint64_t n = (uint64_t)(purse - world->purses) * DEMO_MONTHS_MAX + (uint64_t)month;
    return uuid_from_seed(world->seed ^ UINT64_C(0x7061796F7574), n, batch_days(world, fate, month).proposed_at);
}

struct settlement due_settle(struct world *world, struct purse *purse, instant payable_at, money amount)
{
    if (payable_at == 0)
        return (struct settlement){.state = "expected"};
    int month = world_month(world, instant_business_day(payable_at));
    enum month_fate fate = month_fate(world, purse->county, month);
    if (fate == MONTH_OPEN)
        return (struct settlement){.state = "payable"};
    purse->month_fen[month] += amount;
    struct settlement settled = {.state = "in_batch", .item_id = item_id(world, purse, month)};
    if (fate == MONTH_PROPOSED)
        return settled;
    settled.state = "paid";
    settled.paid_at = batch_days(world, fate, month).paid_at;
    bool answered = purse->account.kind == ACCOUNT_HOUSEHOLD_PAYABLE && world_chance(world, 40);
    if (!answered)
        return settled;
    settled.state = world_chance(world, 2) ? "disputed" : "confirmed";
    settled.answered_at = settled.paid_at + DEMO_DAY_US;
    return settled;
}

/* ---- Batches ---- */
static const char *payee_kind(enum account_kind kind)
{
    static const char *const kinds[ACCOUNT_KINDS_COUNT] = {[ACCOUNT_HOUSEHOLD_PAYABLE] = "household",
                                                           [ACCOUNT_COOPERATIVE] = "supplier",
                                                           [ACCOUNT_SUPPLIER_PAYABLE] = "supplier",
                                                           [ACCOUNT_SHOP] = "shop",
                                                           [ACCOUNT_FREIGHT] = "freight",
                                                           [ACCOUNT_PLATFORM_FEE] = "platform"};
    must(kinds[kind] != NULL);
    return kinds[kind];
}

struct batch {
    uuid id, publicity_id;
    int month;
    enum month_fate fate;
    struct batch_days days;
    money total_fen;
    int64_t items_count;
    struct bytes content; /* masked lines of the notice */
};

static void item_write(struct world *world, const struct batch *batch, const struct purse *purse, money amount)
{
    struct sink *sink = &world->sink;
    uuid id = item_id(world, purse, batch->month);
    bool paid = batch->fate == MONTH_PAID;
    SINK_ADD(sink, INTO_ITEMS, purse->county->code, of_id(sink, id), of_id(sink, batch->id),
             text_from(payee_kind(purse->account.kind)), uuid_format(sink->scratch, purse->account.holder),
             purse->label, purse->account_masked, of_count(sink, amount), paid ? TEXT("paid") : TEXT("proposed"),
             paid ? of_words(sink, "DEMO-%02d-%lld", batch->month, (long long)batch->items_count) : TEXT_NONE,
             paid ? of_day(sink, instant_business_day(batch->days.paid_at)) : TEXT_NONE);
    if (!paid)
        return;
    struct payout payout = {.transfer_id = world_id(world, batch->days.paid_at),
                            .item_id = id,
                            .payee = purse->account,
                            .amount_fen = amount};
    struct transfer_plan transfer;
    must(ledger_payout_paid(sink->scratch, &payout, &transfer) == PROBLEM_NONE);
    transfer_post(world, purse->county, &transfer, batch->days.paid_at);
}

/* A county's notice is long; the demo's stops before a row gets too long for its stream. */
static void content_add(struct batch *batch, const struct purse *purse, money amount)
{
    enum { LINE_BYTES_MAX = 512 };
    if (!bytes_fits(&batch->content, LINE_BYTES_MAX))
        return;
    bytes_add(&batch->content, batch->items_count == 1 ? TEXT("[") : TEXT(","));
    bytes_add_format(&batch->content, "{\"area_code\":\"%.*s\",\"area\":\"%.*s\",\"payee_kind\":\"%s\",\"payee\":",
                     TEXT_ARGUMENTS(purse->county->code), TEXT_ARGUMENTS(purse->county->name),
                     payee_kind(purse->account.kind));
    bytes_add_json_string(&batch->content, purse->label);
    bytes_add_format(&batch->content, ",\"amount_fen\":%lld}", (long long)amount);
}

static void batch_write(struct world *world, const struct demo_county *county, struct batch *batch)
{
    struct sink *sink = &world->sink;
    const struct batch_days *days = &batch->days;
    text finance = of_id(sink, world->staff.finance), officer = of_id(sink, world->staff.first_officer);
    bool paid = batch->fate == MONTH_PAID;
    text title = of_words(sink, "%.*s农户货款兑付 %.7s（演示）", TEXT_ARGUMENTS(county->name),
                          of_day(sink, instant_business_day(days->proposed_at)).at);
    bytes_add_char(&batch->content, ']');
    SINK_ADD(sink, INTO_PUBLICITIES, county->code, of_id(sink, batch->publicity_id), TEXT("payout"),
             TEXT("payout_batches"), of_id(sink, batch->id), county->code, title, bytes_text(&batch->content),
             of_instant(sink, days->proposed_at), of_instant(sink, days->notice_ends_at), of_none(), finance,
             of_instant(sink, days->proposed_at));
    SINK_ADD(sink, INTO_BATCHES, county->code, of_id(sink, batch->id), title, paid ? TEXT("paid") : TEXT("proposed"),
             of_count(sink, batch->total_fen), of_count(sink, batch->items_count), of_id(sink, batch->publicity_id),
             finance, of_instant(sink, days->proposed_at), paid ? officer : TEXT_NONE,
             of_instant(sink, days->approved_at), paid ? finance : TEXT_NONE, of_instant(sink, days->paid_at));
    if (paid)
        SINK_ADD(sink, INTO_PASSES, county->code, of_id(sink, batch->publicity_id), of_id(sink, batch->id),
                 of_instant(sink, days->notice_ends_at), of_instant(sink, days->approved_at));
}

static void county_pay_out(struct world *world, const struct demo_county *county, int month)
{
    enum { CONTENT_BYTES_MAX = 400 * 1024 };
    struct arena *arena = arena_new();
    struct batch batch = {.month = month, .fate = month_fate(world, county, month)};
    world->sink.scratch = arena;
    batch.days = batch_days(world, batch.fate, month);
    batch.id = world_id(world, batch.days.proposed_at);
    batch.publicity_id = world_id(world, batch.days.proposed_at);
    bytes_init(&batch.content, arena, CONTENT_BYTES_MAX);
    for (size_t i = 0; i < world->purses_count; i++) {
        struct purse *purse = &world->purses[i];
        money amount = purse->month_fen[month];
        if (purse->county != county || amount == 0)
            continue;
        must(amount > 0);
        batch.total_fen += amount;
        batch.items_count++;
        item_write(world, &batch, purse, amount);
        content_add(&batch, purse, amount);
    }
    if (batch.items_count > 0)
        batch_write(world, county, &batch);
    world->sink.scratch = world->arena;
    arena_free(arena);
}

static void balances_write(struct world *world)
{
    struct sink *sink = &world->sink;
    for (size_t i = 0; i < world->purses_count; i++) {
        const struct purse *purse = &world->purses[i];
        if (account_kind_floor(purse->account.kind) != FLOOR_KEPT)
            continue;
        must(purse->balance_fen >= 0);
        SINK_ADD(sink, INTO_BALANCES, purse->county->code, account_kind_name(purse->account.kind),
                 of_id(sink, purse->account.holder), of_count(sink, purse->balance_fen));
    }
}

void world_pay_out(struct world *world)
{
    for (size_t c = 0; c < DEMO_COUNTIES_COUNT; c++)
        for (int month = 0; month < world->this_month; month++)
            if (month_fate(world, &world->counties[c], month) != MONTH_OPEN)
                county_pay_out(world, &world->counties[c], month);
    balances_write(world);
}
