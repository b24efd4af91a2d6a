/* What made-up people say is wrong, and how far the county is with it. One case in the first county can be followed by everybody: see logins. */
#include "accounts.h"
#include "config.h"
#include "demo/world.h"
#include "oversight/complaints.h"

enum { SORT_DAYS = 2, ANSWER_DAYS = 30, HANDLED_DAYS_MAX = 24, DEMO_SERIAL = 201601 };

struct demo_complaint {
    const char *channel, *category, *level, *words, *state;
    int64_t age_days;
    const char *judgement, *answer; /* NULL: not answered */
    bool solved;
};
/* clang-format off */
static const struct demo_complaint complaints[] = {
    {"web", "not_paid", NULL, "九月卖的花椒钱，存折上一直没有。", "handling", 12, NULL, NULL, false},
    {"phone", "registration", "village", "村里有户人家买了小车还在享受政策，请核实。", "handling", 34, NULL, NULL, false},
    {"letter", "conduct", "township", "办证跑了三趟，每次都说人不在。", "received", 1, NULL, NULL, false},
    {"web", "goods", NULL, "核桃里有一半是空壳，跟网页写的不一样。", "received", 4, NULL, NULL, false},
    {"phone", "policy", NULL, "想问今年产业补贴什么时候公示。", "answered", 41, "not_substantiated", "补贴名单本月 25 日起在村里公示七天，已电话告知。", true},
    {"visit", "funds", "village", "合作社分红没有按公示的比例发。", "answered", 88, "partly", "查账后有两户少发共 640 元，已补发，合作社已整改。", true},
    {"letter", "not_paid", NULL, "五月的蜂蜜款没到账。", "answered", 120, "substantiated", "银行卡号登记错一位，已更正并重新付款。", true},
    {"phone", "other", NULL, "邻居盖房占了我家地界。", "out_of_scope", 60, NULL, "宅基地纠纷请找自然资源所或村调解委员会，电话已告知。", false},
    {"web", "false_sales", NULL, "有网店卖的木耳不是本村的。", "answered", 150, "not_substantiated", "查了批次和交货单，货都是本村三户交的，检测合格。", true},
    {"phone", "conduct", "county", "反映县里工作人员吃请。", "referred", 75, NULL, "反映县级工作人员，已移送市纪检监察机关。", false},
};
/* clang-format on */

static bool is_state(const struct demo_complaint *complaint, const char *state)
{
    return strcmp(complaint->state, state) == 0;
}

static void step_write(struct world *world, const struct demo_county *county, uuid complaint, const char *kind,
                       uuid actor, text words, bool shown, instant at)
{
    struct sink *sink = &world->sink;
    SINK_ADD(sink, INTO_COMPLAINT_STEPS, county->code, of_id(sink, world_id(world, at)), of_id(sink, complaint),
             text_from(kind), of_instant(sink, at), of_id(sink, actor), words, of_flag(shown));
}

static void steps_write(struct world *world, const struct demo_county *county, const struct demo_complaint *complaint,
                        uuid id, instant received_at, instant answered_at)
{
    uuid officer = world->staff.first_officer;
    step_write(world, county, id, "received", (uuid){0}, TEXT_NONE, true, received_at);
    if (is_state(complaint, "received"))
        return;
    if (!is_state(complaint, "referred"))
        step_write(world, county, id, "sorted", officer, TEXT_NONE, true, received_at + DEMO_DAY_US);
    if (is_state(complaint, "handling") || is_state(complaint, "answered"))
        step_write(world, county, id, "assigned", officer, TEXT_NONE, false, received_at + DEMO_DAY_US + DEMO_HOUR_US);
    if (complaint->answer != NULL)
        step_write(world, county, id, is_state(complaint, "referred") ? "referred" : "answered", officer,
                   text_from(complaint->answer), true, answered_at);
}

static text words_or_none(const char *words)
{
    return words == NULL ? TEXT_NONE : text_from(words);
}

static text scope_of(const struct demo_complaint *complaint)
{
    if (is_state(complaint, "received"))
        return TEXT_NONE;
    return is_state(complaint, "out_of_scope") || is_state(complaint, "referred") ? text_from(complaint->state)
                                                                                  : TEXT("in_scope");
}

static void complaint_write(struct world *world, const struct demo_county *county,
                            const struct demo_complaint *complaint, uint32_t serial)
{
    struct sink *sink = &world->sink;
    instant received_at = day_at(world->today - (calendar_day)complaint->age_days, 10);
    instant answered_at =
        complaint->answer == NULL ? 0 : received_at + DEMO_DAY_US * (3 + world_below(world, HANDLED_DAYS_MAX));
    bool is_sorted = !is_state(complaint, "received");
    bool is_given = is_state(complaint, "handling") || is_state(complaint, "answered");
    uuid id = world_id(world, received_at), officer = world->staff.first_officer, nobody = {0};
    struct complaint_number number = complaint_number_of(county->code, serial);
    text digits = of_words(sink, "%s", number.digits);
    struct code code;
    must(code_read(TEXT(DEMO_COMPLAINT_CODE), &code));
    const struct village *village = &county->villages[world_below(world, (int64_t)county->villages_count)];
    SINK_ADD(sink, INTO_COMPLAINTS, county->code, of_id(sink, id), digits,
             complaint_code_hash(sink->scratch, &code, digits), digits, text_from(complaint->channel),
             text_from(complaint->category), words_or_none(complaint->level), village->code,
             text_from(complaint->words), of_instant(sink, received_at), text_from(complaint->state),
             scope_of(complaint), of_id(sink, is_sorted ? officer : nobody),
             of_instant(sink, is_sorted ? received_at + DEMO_DAY_US : 0),
             of_instant(sink, received_at + DEMO_DAY_US * SORT_DAYS), of_id(sink, is_given ? officer : nobody),
             of_instant(sink, received_at + DEMO_DAY_US * ANSWER_DAYS),
             is_state(complaint, "referred") ? TEXT("discipline") : TEXT_NONE,
             is_state(complaint, "referred") ? TEXT("市纪委监委") : TEXT_NONE, words_or_none(complaint->judgement),
             complaint->judgement == NULL ? TEXT_NONE : of_flag(complaint->solved), words_or_none(complaint->answer),
             of_id(sink, complaint->answer == NULL ? nobody : officer), of_instant(sink, answered_at));
    steps_write(world, county, complaint, id, received_at, answered_at);
}

void world_complain(struct world *world)
{
    enum { COMPLAINTS_COUNT = sizeof complaints / sizeof *complaints };
    accounts_use_code_key(config_key(KEY_CODES)); /* no request has come yet that would have brought it */
    for (size_t county = 0; county < DEMO_COUNTIES_COUNT; county++)
        for (size_t i = 0; i < COMPLAINTS_COUNT; i++)
            complaint_write(world, &world->counties[county], &complaints[i],
                            (uint32_t)(DEMO_SERIAL + i * 7919 + county * 104729));
}

text demo_complaint_number(struct arena *arena)
{
    return complaint_number_print(arena, text_from(complaint_number_of(TEXT("621221"), DEMO_SERIAL).digits));
}
