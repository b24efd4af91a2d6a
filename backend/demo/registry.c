/* Stations, shops and households of the demo, with statuses, baselines, agreements: real villages, people who do not exist. */
#include "config.h"
#include "db.h"
#include "demo/world.h"
#include "registry.h"

/* ---- Counties ---- */
static bool county_read(struct world *world, struct db *db, struct demo_county *county)
{
    struct outcome outcome;
    if (DB_RUN(db, "demo/areas", &outcome, {"county", county->code}) != PROBLEM_NONE)
        return false;
    county->villages_count = rows_count(outcome.rows);
    county->villages = arena_alloc_items(world->arena, county->villages_count, sizeof *county->villages);
    for (size_t i = 0; i < county->villages_count; i++)
        county->villages[i] = (struct village){
            text_copy(world->arena, rows_value(outcome.rows, i, 0)),
            text_copy(world->arena, rows_value(outcome.rows, i, 1)),
            text_copy(world->arena, rows_value(outcome.rows, i, 2)),
        };
    return county->villages_count > 0;
}

bool world_read_counties(struct world *world)
{
    static const struct {
        const char *code, *name;
    } real[DEMO_COUNTIES_COUNT] = {{"621221", "成县"}, {"621202", "武都"}, {"621224", "康县"}};
    struct db *db = db_open(world->arena, world->sink.url);
    bool all = db != NULL;
    for (size_t i = 0; all && i < DEMO_COUNTIES_COUNT; i++) {
        world->counties[i] = (struct demo_county){.code = text_from(real[i].code), .name = text_from(real[i].name)};
        all = county_read(world, db, &world->counties[i]);
    }
    db_close(db);
    return all;
}

/* ---- Stations and shops ---- */
/* Every fifth shop stands in one of the neighbour counties until they have their share, so that carts span counties. */
static size_t shop_county(const struct world *world, size_t index)
{
    size_t neighbours = world->size.shops < 100 ? 4 : (size_t)world->size.shops / 25;
    bool is_neighbour = index % DEMO_GROUP_SHOPS == DEMO_GROUP_SHOPS - 1 && index / DEMO_GROUP_SHOPS < neighbours;
    return is_neighbour ? 1 + index / DEMO_GROUP_SHOPS % 2 : 0;
}

static void freight_write(struct world *world, const struct demo_shop *shop)
{
    static const struct {
        const char *destination;
        money first_fen, further_fen;
        bool delivered;
    } rules[] = {{"", 800, 300, true},
                 {"62", 500, 150, true},
                 {"54", 1800, 1200, true},
                 {"65", 1800, 1000, true},
                 {"71", 0, 0, false}};
    const struct sink *sink = &world->sink;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        SINK_ADD(&world->sink, INTO_FREIGHT_RULES, shop->county->code, of_id(sink, shop->id),
                 text_from(rules[i].destination), of_count(sink, 1000), of_count(sink, rules[i].first_fen),
                 of_count(sink, 1000), of_count(sink, rules[i].further_fen), of_flag(rules[i].delivered));
}

static void shop_write(struct world *world, const struct demo_shop *shop, instant opened_at)
{
    const struct sink *sink = &world->sink;
    text county = shop->county->code, first = of_id(sink, world->staff.first_officer),
         second = of_id(sink, world->staff.second_officer);
    SINK_ADD(&world->sink, INTO_STATIONS, county, of_id(sink, shop->station_id), shop->village->code,
             of_words(sink, "%.*s电商服务站", TEXT_ARGUMENTS(shop->village->name)), TEXT("{代收,代发,培训}"),
             TEXT("open"), of_day(sink, instant_business_day(opened_at)), first, second, of_instant(sink, opened_at));
    SINK_ADD(&world->sink, INTO_SHOPS, county, of_id(sink, shop->id), of_id(sink, shop->station_id),
             shop->village->code, shop->name,
             of_words(sink, "%.*s%.*s的村级网店，货品来自本村和邻村农户。%s", TEXT_ARGUMENTS(shop->village->township),
                      TEXT_ARGUMENTS(shop->village->name), DEMO_SOURCE),
             of_count(sink, shop->platform_fee_ppm), TEXT("open"), first, second, of_instant(sink, opened_at));
    freight_write(world, shop);
}

static void shop_purses(struct world *world, const struct demo_shop *shop)
{
    purse_open(world, shop->county, (struct account){ACCOUNT_SHOP, shop->id}, shop->name, TEXT_NONE);
    purse_open(world, shop->county, (struct account){ACCOUNT_FREIGHT, shop->id}, shop->name, TEXT_NONE);
    purse_open(world, shop->county, (struct account){ACCOUNT_SUPPLIER_PAYABLE, shop->other_supplier_id}, TEXT("收购户"),
               TEXT_NONE);
}

/* What a supplier is found by. */
static text of_name(const struct sink *sink, text name)
{
    return personal_name_index(config_personal_keys(), name, sink->scratch);
}

/* Goods of people outside the registry's care: owed and paid the same, never counted. */
static void other_supplier_write(struct world *world, const struct demo_shop *shop, instant at)
{
    const struct sink *sink = &world->sink;
    SINK_ADD(&world->sink, INTO_SUPPLIERS, shop->county->code, of_id(sink, shop->other_supplier_id), TEXT("other"),
             of_none(), shop->village->code, of_words(sink, "%.*s收购户", TEXT_ARGUMENTS(shop->village->name)),
             of_none(), of_none(), of_none(), of_name(sink, shop->village->name), TEXT("active"),
             of_id(sink, world->staff.first_officer), of_id(sink, world->staff.second_officer), of_instant(sink, at));
}

void world_make_shops(struct world *world)
{
    size_t count = (size_t)world->size.shops, made[DEMO_COUNTIES_COUNT] = {0};
    world->shops = arena_alloc_items(world->arena, count, sizeof *world->shops);
    for (size_t i = 0; i < DEMO_COUNTIES_COUNT; i++)
        purse_open(world, &world->counties[i], (struct account){.kind = ACCOUNT_PLATFORM_FEE}, TEXT("平台服务费"),
                   TEXT_NONE);
    for (size_t i = 0; i < count; i++) {
        struct demo_shop *shop = &world->shops[i];
        size_t county = shop_county(world, i), step = 1 + world->counties[county].villages_count / (count + 1);
        instant at = day_at(world->first_day - 60, 9) + (instant)i * DEMO_MINUTE_US;
        shop->county = &world->counties[county];
        shop->village = &shop->county->villages[made[county]++ * step % shop->county->villages_count];
        shop->id = world_id(world, at);
        shop->station_id = world_id(world, at);
        shop->operator_id = world_id(world, at);
        shop->other_supplier_id = world_id(world, at);
        shop->platform_fee_ppm = 20000;
        shop->name = text_format(world->arena, "%.*s%.*s山货铺", TEXT_ARGUMENTS(shop->county->name),
                                 TEXT_ARGUMENTS(shop->village->name));
        shop_write(world, shop, at);
        other_supplier_write(world, shop, at);
        shop_purses(world, shop);
    }
}

/* ---- Households ---- */
static text sealed(struct world *world, const char *table, const char *column, text county, uuid row, text plain)
{
    struct personal_place place = {.table = table, .column = column, .county = county, .row_id = row};
    return personal_to_bytea(world->sink.scratch,
                             personal_seal(config_personal_keys(), &place, plain, world->sink.scratch));
}

/* Whoever works nearest: the village's cadre, else one of the county's officers. Of a few nobody has thought yet. */
static uuid helper_of(struct world *world, const struct demo_household *household, int64_t number)
{
    const struct staff *staff = &world->staff;
    if (text_equal(household->area_code, world->shops[0].village->code))
        return number % 2 == 0 ? staff->cadre : staff->second_cadre;
    if (number % 17 == 0 || household->changes_count == 0)
        return (uuid){0};
    return number % 2 == 0 ? staff->first_officer : staff->second_officer;
}

/* Until the last harvest another officer helped every third household. */
static void helpers_write(struct world *world, const struct demo_household *household, int64_t number)
{
    struct sink *sink = &world->sink;
    uuid helper = helper_of(world, household, number);
    if (uuid_is_zero(helper))
        return;
    calendar_day began = world->first_day - 90, handed_over = world->first_day + 60;
    bool is_second = number % 3 == 0;
    if (is_second)
        SINK_ADD(
            sink, INTO_HELPERS, household->county->code, of_id(sink, world_id(world, day_at(began, 10))),
            of_id(sink, household->id), of_id(sink, world->staff.township),
            of_words(sink, "[%s,%s)", day_format(sink->scratch, began).at, day_format(sink->scratch, handed_over).at),
            of_id(sink, world->staff.first_officer), of_instant(sink, day_at(began, 10)));
    calendar_day from = is_second ? handed_over : began;
    SINK_ADD(sink, INTO_HELPERS, household->county->code, of_id(sink, world_id(world, day_at(from, 10))),
             of_id(sink, household->id), of_id(sink, helper),
             of_words(sink, "[%s,)", day_format(sink->scratch, from).at), of_id(sink, world->staff.first_officer),
             of_instant(sink, day_at(from, 10)));
}

static void household_row(struct world *world, const struct demo_household *household, int64_t number, text name,
                          text card)
{
    static const char *const causes[] = {"illness",    "disability", "schooling", "labour",
                                         "technology", "funds",      "transport"};
    const struct sink *sink = &world->sink;
    text county = household->county->code, phone = synthetic_phone(world);
    bool was_poor = household->changes_count > 0; /* of others nobody asks why */
    text cause = text_from(causes[world_below(world, sizeof causes / sizeof *causes)]);
    text degree = world_chance(world, 30) ? TEXT("allowance") : TEXT("general");
    SINK_ADD(&world->sink, INTO_HOUSEHOLDS, county, of_id(sink, household->id), household->area_code,
             of_words(sink, "Y%.*s%06lld", TEXT_ARGUMENTS(county), (long long)number), mask_name(sink->scratch, name),
             sealed(world, "households", "head_name_sealed", county, household->id, name),
             mask_phone(sink->scratch, phone),
             sealed(world, "households", "phone_sealed", county, household->id, phone),
             text_part(phone, phone.length - 4, 4), TEXT("甘肃农信（演示）"), mask_bank_card(sink->scratch, card),
             sealed(world, "households", "payee_account_sealed", county, household->id, card),
             was_poor ? cause : of_none(), was_poor ? degree : of_none(),
             of_count(sink, 200 + world_below(world, 1200)), of_id(sink, helper_of(world, household, number)),
             of_day(sink, world->first_day - 90), of_instant(sink, day_at(world->first_day - 90, 10)));
}

static void member_write(struct world *world, const struct demo_household *household, text name, int64_t place)
{
    static const char *const relations[] = {"head", "spouse", "child", "child", "parent", "grandchild"};
    const struct sink *sink = &world->sink;
    text county = household->county->code;
    uuid id = world_id(world, day_at(world->first_day - 90, 10));
    int64_t years = place < 2    ? 30 + world_below(world, 35)
                    : place == 4 ? 66 + world_below(world, 25) /* older than any head */
                                 : 3 + world_below(world, 20);
    /* Day of the year and serial together count through all members, so that no number comes twice. */
    int64_t person = world->members_made++;
    calendar_day birthday = world->first_day - (calendar_day)(years * 365 + person % 365);
    calendar_day entered = world->first_day - 2000; /* or when born, since then */
    bool female = place == 1 || (place > 1 && world_chance(world, 50));
    text number = synthetic_id_number(world, county, birthday, person / 365 % 500 * 2 + (female ? 0 : 1));
    text index = personal_blind_index(config_personal_keys(), PERSONAL_INDEX_ID_NUMBER, number, sink->scratch);
    SINK_ADD(&world->sink, INTO_MEMBERS, county, of_id(sink, id), of_id(sink, household->id),
             text_from(relations[place]), mask_name(sink->scratch, name),
             sealed(world, "members", "name_sealed", county, id, name), mask_id_number(sink->scratch, number),
             sealed(world, "members", "id_number_sealed", county, id, number), index, of_day(sink, birthday),
             female ? TEXT("f") : TEXT("m"), years > 65 || years < 16 ? TEXT("none") : TEXT("able"),
             of_flag(world_chance(world, 4)), of_flag(world_chance(world, 3)), of_flag(world_chance(world, 90)),
             of_day(sink, birthday > entered ? birthday : entered));
    SINK_ADD(&world->sink, INTO_HOLDERS, index, county, of_id(sink, id));
}

/* What we hold true changes hands: the row known until the change, what it left behind, and what is true from then on. */
static void statuses_write(struct world *world, const struct demo_household *household)
{
    const struct sink *sink = &world->sink;
    for (size_t i = 0; i < household->changes_count; i++) {
        const struct status_change *change = &household->changes[i];
        bool is_last = i + 1 == household->changes_count;
        calendar_day next = is_last ? 0 : household->changes[i + 1].from;
        const struct {
            calendar_day to, known_from, known_to;
        } rows[] = {{0, change->from, next}, {next, next, 0}};
        for (size_t row = 0; row < (is_last ? 1 : 2); row++) {
            text to = of_day(sink, rows[row].to), known_to = of_day(sink, rows[row].known_to);
            SINK_ADD(&world->sink, INTO_STATUSES, household->county->code,
                     of_id(sink, world_id(world, day_at(rows[row].known_from, 0))), of_id(sink, household->id),
                     text_from(change->status),
                     of_words(sink, "[%s,%.*s)", day_format(sink->scratch, change->from).at, TEXT_ARGUMENTS(to)),
                     of_words(sink, "[%s 00:00:00+08,%.*s%s)", day_format(sink->scratch, rows[row].known_from).at,
                              TEXT_ARGUMENTS(known_to), known_to.at == NULL ? "" : " 00:00:00+08"),
                     i == 0 ? TEXT("建档立卡") : TEXT("动态调整"), TEXT(DEMO_SOURCE),
                     of_id(sink, world->staff.first_officer), TEXT("import"));
        }
    }
}

const char *household_status(const struct demo_household *household, calendar_day day)
{
    const char *status = "never_registered";
    for (size_t i = 0; i < household->changes_count && household->changes[i].from <= day; i++)
        status = household->changes[i].status;
    return status;
}

const struct demo_household *household_with_login(const struct world *world)
{
    const struct demo_shop *shop = &world->shops[0];
    for (size_t i = 0; i < shop->households_count; i++)
        if (strcmp(household_status(&shop->households[i], world->today), "registered") == 0)
            return &shop->households[i];
    return &shop->households[0];
}

static void statuses_choose(struct world *world, struct demo_household *household)
{
    calendar_day entered = world->first_day - 1500 + (calendar_day)world_below(world, 300);
    calendar_day changed = world->first_day + 60 + (calendar_day)world_below(world, DEMO_HISTORY_DAYS - 120);
    int64_t fate = world_below(world, 100);
    if (fate < 10)
        return;
    household->changes[household->changes_count++] = (struct status_change){entered, "registered"};
    if (fate >= 65 && fate < 85)
        household->changes[household->changes_count++] = (struct status_change){changed, "exited_supported"};
    if (fate >= 85 && fate < 92) {
        household->changes[household->changes_count++] =
            (struct status_change){world->first_day - 200, "exited_supported"};
        household->changes[household->changes_count++] = (struct status_change){changed, "returned"};
    }
    if (fate >= 92 && fate < 96)
        household->changes[household->changes_count++] = (struct status_change){changed, "removed"};
}

/* Signed long before, late, or never. */
static struct agreement agreement_write(struct world *world, const struct demo_household *household, const char *kind,
                                        uuid with)
{
    const struct sink *sink = &world->sink;
    int64_t fate = world_below(world, 100);
    calendar_day signed_on =
        fate < 10 ? world->first_day + 90 + (calendar_day)world_below(world, 400) : world->first_day - 45;
    if (fate >= 94 || household->changes_count == 0)
        return (struct agreement){0};
    struct agreement agreement = {
        .agreement_id = world_id(world, day_at(signed_on, 10)),
        .agreement_version = 1,
        .signed_at = day_at(signed_on, 10),
        .valid_from = signed_on,
    };
    bool is_shop = strcmp(kind, "shop") == 0;
    SINK_ADD(&world->sink, INTO_AGREEMENTS, household->county->code, of_id(sink, agreement.agreement_id),
             of_id(sink, household->id), text_from(kind), of_id(sink, with),
             is_shop ? TEXT("purchase") : TEXT("dividend"), is_shop ? TEXT("farm_gate") : TEXT("share"),
             of_count(sink, 0), of_count(sink, is_shop ? 0 : 600000), of_instant(sink, agreement.signed_at),
             of_day(sink, signed_on), TEXT("in_force"), of_id(sink, world->staff.first_officer),
             of_id(sink, world->staff.second_officer), of_instant(sink, agreement.signed_at));
    return agreement;
}

/* sources.md §3.6 gives the amounts: 1,435 yuan a mu, wages of 27,000 yuan, dividends of 1,000 yuan a person. */
static void incomes_write(struct world *world, const struct demo_household *household, const struct demo_shop *shop,
                          int64_t members)
{
    const struct {
        const char *kind, *category;
        money fen;
        int64_t percent;
    } incomes[] = {
        {"sale_of_produce", goods_at((size_t)(shop - world->shops))->category, 143500 * (1 + world_below(world, 4)),
         100},
        {"wage", NULL, 2700000 * (20 + world_below(world, 60)) / 100, 60},
        {"dividend", NULL, 100000 * members, 35},
        {"transfer", NULL, 46000 * 12, 25},
    };
    const struct sink *sink = &world->sink;
    bool surveyed = world_chance(world, 60);
    calendar_day collected = world->first_day - 30;
    if (!world_chance(world, 75))
        return;
    int64_t year;
    must(text_to_int64(text_part(of_day(sink, collected), 0, 4), 1900, 2200, &year));
    for (size_t i = 0; i < sizeof incomes / sizeof *incomes; i++)
        if (world_chance(world, incomes[i].percent))
            SINK_ADD(&world->sink, INTO_BASELINES, household->county->code,
                     of_id(sink, world_id(world, day_at(collected, 9))), of_id(sink, household->id),
                     of_count(sink, year - 1), text_from(incomes[i].kind),
                     incomes[i].category == NULL ? TEXT_NONE : text_from(incomes[i].category),
                     of_count(sink, incomes[i].fen), TEXT("net"), surveyed ? TEXT("survey") : TEXT("registry"),
                     of_flag(surveyed), TEXT(DEMO_SOURCE), of_day(sink, collected));
}

static void produce_write(struct world *world, const struct demo_household *household, const struct demo_shop *shop)
{
    const struct sink *sink = &world->sink;
    bool has_costs = world_chance(world, 45);
    int64_t last_year;
    must(text_to_int64(text_part(of_day(sink, world->today), 0, 4), 1900, 2200, &last_year));
    for (int64_t year = last_year - 2; year <= last_year; year++)
        for (size_t i = 0; i < 3; i++) {
            const struct goods *goods = goods_at((size_t)(shop - world->shops) + i);
            qty produced = goods->pack_qty * (200 + world_below(world, 400));
            SINK_ADD(&world->sink, INTO_CAPACITIES, household->county->code, of_id(sink, household->id),
                     text_from(goods->category), of_count(sink, year), of_count(sink, produced * 20),
                     TEXT("土地和养殖规模折算"));
            if (has_costs && i == 0)
                SINK_ADD(&world->sink, INTO_COSTS, household->county->code,
                         of_id(sink, world_id(world, day_at(world->today - 10, 9))), of_id(sink, household->id),
                         text_from(goods->category), of_count(sink, year),
                         of_count(sink, goods->farm_gate_fen * (produced / goods->price_qty) * 42 / 100),
                         of_count(sink, produced), world_chance(world, 60) ? TEXT("receipt") : TEXT("declared"),
                         TEXT(DEMO_SOURCE), of_id(sink, world->staff.cadre),
                         of_instant(sink, day_at(world->today - 10, 9)));
        }
}

static void finding_write(struct world *world, struct demo_household *household)
{
    const struct sink *sink = &world->sink;
    if (!world_chance(world, 3))
        return;
    household->finding_from = world->today - 200 + (calendar_day)world_below(world, 180);
    instant at = day_at(household->finding_from, 9);
    SINK_ADD(&world->sink, INTO_FINDINGS, household->county->code, of_id(sink, world_id(world, at)),
             TEXT("missing_key_field"), TEXT("household_payee_unproven"), household->area_code, TEXT("households"),
             of_id(sink, household->id), of_flag(true), TEXT("{}"), of_day(sink, household->finding_from + 30),
             of_instant(sink, at));
}

static void household_make(struct world *world, struct demo_household *household, const struct demo_shop *shop,
                           int64_t number)
{
    const struct sink *sink = &world->sink;
    instant at = day_at(world->first_day - 90, 10);
    text name = synthetic_name(world), card = synthetic_bank_card(world);
    household->county = shop->county;
    household->id = world_id(world, at);
    household->supplier_id = world_id(world, at);
    size_t village = (size_t)(shop->village - shop->county->villages) + (size_t)world_below(world, 3);
    household->area_code = shop->county->villages[village % shop->county->villages_count].code;
    statuses_choose(world, household);
    household_row(world, household, number, name, card);
    statuses_write(world, household);
    helpers_write(world, household, number);
    int64_t members = 1 + world_below(world, 6);
    for (int64_t i = 0; i < members; i++)
        member_write(world, household, i == 0 ? name : synthetic_name(world), i);
    SINK_ADD(&world->sink, INTO_SUPPLIERS, household->county->code, of_id(sink, household->supplier_id),
             TEXT("household"), of_id(sink, household->id), household->area_code, mask_name(sink->scratch, name),
             of_none(), of_none(), of_none(), of_name(sink, name), TEXT("active"),
             of_id(sink, world->staff.first_officer), of_id(sink, world->staff.second_officer), of_instant(sink, at));
    household->with_shop = agreement_write(world, household, "shop", shop->id);
    incomes_write(world, household, shop, members);
    produce_write(world, household, shop);
    finding_write(world, household);
    purse_open(world, household->county, (struct account){ACCOUNT_HOUSEHOLD_PAYABLE, household->id},
               text_copy(world->arena, mask_name(sink->scratch, name)),
               text_copy(world->arena, mask_bank_card(sink->scratch, card)));
}

/* ---- Cooperatives: one a shop, of its first households ---- */
static void cooperative_make(struct world *world, struct demo_shop *shop)
{
    const struct sink *sink = &world->sink;
    struct cooperative *cooperative = &shop->cooperative;
    calendar_day founded = world->first_day - 60;
    instant at = day_at(founded, 9);
    text id, first = of_id(sink, world->staff.first_officer), second = of_id(sink, world->staff.second_officer);
    cooperative->id = world_id(world, at);
    cooperative->area_code = shop->village->code;
    id = of_id(sink, cooperative->id);
    text name = text_format(world->arena, "%.*s种养专业合作社", TEXT_ARGUMENTS(shop->village->name));
    SINK_ADD(&world->sink, INTO_SUPPLIERS, shop->county->code, id, TEXT("cooperative"), of_none(), shop->village->code,
             name, of_none(), of_none(), of_none(), of_name(sink, name), TEXT("active"), first, second,
             of_instant(sink, at));
    SINK_ADD(&world->sink, INTO_RULES, shop->county->code, id, of_count(sink, 1), TEXT("sale"), TEXT("shares"),
             of_count(sink, 100000), of_none(), of_day(sink, founded), TEXT("合作社留一成，其余按股分给社员"), first,
             second, of_instant(sink, at));
    for (size_t i = 0; i < DEMO_COOPERATIVE_MEMBERS_MAX && i < shop->households_count; i++) {
        struct demo_household *member = &shop->households[i];
        cooperative->members[cooperative->members_count] = member;
        cooperative->shares[cooperative->members_count++] = 1 + world_below(world, 5);
        SINK_ADD(&world->sink, INTO_MEMBERSHIPS, shop->county->code, id, of_id(sink, member->id), of_day(sink, founded),
                 of_count(sink, cooperative->shares[i]));
        member->with_cooperative = agreement_write(world, member, "supplier", cooperative->id);
    }
    purse_open(world, shop->county, (struct account){ACCOUNT_COOPERATIVE, cooperative->id}, name, TEXT_NONE);
}

static void lines_of_poverty_write(struct world *world)
{
    const struct sink *sink = &world->sink;
    int64_t last_year;
    must(text_to_int64(text_part(of_day(sink, world->today), 0, 4), 1900, 2200, &last_year));
    static const struct {
        const char *name;
        int64_t below_fen;
    } lines[] = {{"演示标准", 0}, {"演示标准（低线）", 60000}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (int64_t year = last_year - 3; year <= last_year; year++)
            SINK_ADD(&world->sink, INTO_LINES_OF_POVERTY, TEXT("62"), of_count(sink, year), text_from(lines[i].name),
                     of_count(sink, 2010), TEXT("net"),
                     of_count(sink, 400000 + (year - last_year + 3) * 20000 - lines[i].below_fen), TEXT(DEMO_SOURCE),
                     of_instant(sink, day_at(world->first_day - 60, 9)));
}

/* What goods cost by norm where nobody kept receipts, and the doubling of sales the plan asks for. */
static void norms_and_targets_write(struct world *world)
{
    static const struct {
        const char *category;
        int64_t amount_fen, per_qty;
    } norms[] = {{"walnut", 260, 500}, {"pepper", 900, 500}, {"honey", 700, 500}, {"fungus", 1100, 500}};
    const struct sink *sink = &world->sink;
    instant at = day_at(world->first_day - 60, 9);
    int64_t this_year;
    must(text_to_int64(text_part(of_day(sink, world->today), 0, 4), 1900, 2200, &this_year));
    for (size_t i = 0; i < sizeof norms / sizeof *norms; i++)
        for (int64_t year = this_year - 1; year <= this_year; year++)
            SINK_ADD(&world->sink, INTO_NORMS, TEXT("6212"), text_from(norms[i].category), of_count(sink, year),
                     of_count(sink, norms[i].amount_fen), of_count(sink, norms[i].per_qty), TEXT(DEMO_SOURCE),
                     of_id(sink, world->staff.first_officer), of_instant(sink, at));
    for (size_t i = 0; i < DEMO_COUNTIES_COUNT; i++)
        SINK_ADD(&world->sink, INTO_TARGETS, world->counties[i].code, of_id(sink, world_id(world, at)), TEXT("K06"),
                 TEXT(""), of_count(sink, this_year), of_count(sink, this_year - 1), of_count(sink, 2000000),
                 TEXT(DEMO_SOURCE), of_id(sink, world->staff.first_officer), of_instant(sink, at));
}

/* What each county means to sell, last year and this: a twelfth a month, its share of what the demo sells. */
static void plans_write(struct world *world)
{
    enum { LINE_FEN_ABOUT = 5000, MONTHS_OF_HISTORY = 24 };
    const struct sink *sink = &world->sink;
    int64_t this_year, month_fen = world->size.lines * LINE_FEN_ABOUT / MONTHS_OF_HISTORY / DEMO_COUNTIES_COUNT;
    must(text_to_int64(text_part(of_day(sink, world->today), 0, 4), 1900, 2200, &this_year));
    for (size_t i = 0; i < DEMO_COUNTIES_COUNT; i++)
        for (int64_t year = this_year - 1; year <= this_year; year++) {
            instant at = day_at(world->today - (calendar_day)(this_year - year) * 365 - 300, 9);
            long long a = (long long)(month_fen / 100 * 100 + (year - this_year + 1) * 100000);
            SINK_ADD(&world->sink, INTO_PLANS, world->counties[i].code, of_id(sink, world_id(world, at)),
                     world->counties[i].code, of_count(sink, year),
                     of_words(sink, "{%lld,%lld,%lld,%lld,%lld,%lld,%lld,%lld,%lld,%lld,%lld,%lld}", a, a, a, a, a, a,
                              a, a, a, a, a, a),
                     TEXT(DEMO_SOURCE), of_id(sink, world->staff.first_officer), of_instant(sink, at));
        }
}

void world_make_households(struct world *world)
{
    size_t count = (size_t)world->size.households, shops = (size_t)world->size.shops;
    world->households = arena_alloc_items(world->arena, count, sizeof *world->households);
    lines_of_poverty_write(world);
    plans_write(world);
    norms_and_targets_write(world);
    for (size_t s = 0; s < shops; s++) {
        struct demo_shop *shop = &world->shops[s];
        size_t from = s * count / shops, to = (s + 1) * count / shops;
        world->sink.scratch = arena_new();
        shop->households = &world->households[from];
        shop->households_count = to - from;
        for (size_t i = from; i < to; i++)
            household_make(world, &world->households[i], shop, (int64_t)i + 1);
        cooperative_make(world, shop);
        world_make_incomes(world, shop, s == 0 || world->shops[s - 1].county != shop->county);
        arena_free(world->sink.scratch);
    }
    world->sink.scratch = world->arena;
}
