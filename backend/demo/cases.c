/* The demo's changes of the register: cases of one village in every state, each walked by the ways themselves up to where it waits. */
#include "config.h"
#include "demo/world.h"
#include "registry.h"
#include "registry/case_flow.h"

enum { CASE_NOTICE_DAYS = 7, CASE_PEOPLE_COUNT = 6, CASE_ROWS_BYTES_MAX = 4096 };

struct demo_case {
    enum case_kind kind;
    enum case_step waits_for; /* STEP_PROPOSAL: it has ended */
    const char *status;       /* of the household that is looked for; NULL: about the village */
    int days_ago;
    const char *ended, *reason;
};

/* Notices hang seven days and steps are a day apart: days_ago says whether one still hangs. */
static const struct demo_case demo_cases[] = {
    {CASE_EXIT, STEP_ACCEPTANCE, "registered", 3, NULL, "收入稳定，两不愁三保障已达到（演示）"},
    {CASE_EXIT, STEP_DECISION, "registered", 5, NULL, "收入稳定，两不愁三保障已达到（演示）"},
    {CASE_EXIT, STEP_VILLAGE_CHECK, "registered", 1, NULL, "外出务工，收入稳定（演示）"},
    {CASE_EXIT, STEP_PROPOSAL, "exited_supported", 40, "done", "收入稳定，两不愁三保障已达到（演示）"},
    {CASE_ENTRY, STEP_EVALUATION, "never_registered", 2, NULL, "本人申请（演示）"},
    {CASE_ENTRY, STEP_SECOND_NOTICE, "never_registered", 13, NULL, "本人申请（演示）"},
    {CASE_ENTRY, STEP_PROPOSAL, "never_registered", 30, "refused", "本人申请（演示）"},
    {CASE_RETURN, STEP_REVIEW, "exited_supported", 12, NULL, "家中有人大病（演示）"},
    {CASE_MEMBER_IN, STEP_REVIEW, "registered", 1, NULL, "出生证（演示）"},
    {CASE_MOVE, STEP_DECISION, "registered", 4, NULL, "易地搬迁（演示）"},
    {CASE_CORRECTION, STEP_DECISION, "registered", 2, NULL, "官方名册已更正（演示）"},
    {CASE_MOVE, STEP_PROPOSAL, "registered", 20, "withdrawn", "易地搬迁（演示）"},
    {CASE_VILLAGE_ENTRY, STEP_PROPOSAL, NULL, 60, "done", "贫困发生率高于全省一倍以上（演示）"},
};

/* One case while it is walked. */
struct walked {
    const struct demo_case *plan;
    const struct demo_household *household; /* NULL: about the village */
    const struct village *village;
    text county;
    uuid id, publicity_id, announcement_id, decided_by;
    instant proposed_at, at, notice_ends_at;
    struct case_taken taken[CASE_STAGES_MAX];
    size_t taken_count;
};

/* ---- Who takes a step: the first whose role fits and who may ---- */

static void people_fill(const struct world *world, struct case_taker people[static CASE_PEOPLE_COUNT])
{
    const struct staff *staff = &world->staff;
    people[0] = (struct case_taker){staff->cadre, MAY(ROLE_CADRE)};
    people[1] = (struct case_taker){staff->second_cadre, MAY(ROLE_CADRE)};
    people[2] = (struct case_taker){staff->team, MAY(ROLE_TEAM)};
    people[3] = (struct case_taker){staff->township, MAY(ROLE_TOWNSHIP)};
    people[4] = (struct case_taker){staff->first_officer, MAY(ROLE_COUNTY)};
    people[5] = (struct case_taker){staff->second_officer, MAY(ROLE_COUNTY)};
}

static uuid taker_of(const struct world *world, const struct walked *walked, const struct case_stage *stage)
{
    struct case_taker people[CASE_PEOPLE_COUNT];
    struct case_position position = {.kind = walked->plan->kind,
                                     .waits_for = stage->step,
                                     .notice_over = true,
                                     .taken = walked->taken,
                                     .taken_count = walked->taken_count};
    people_fill(world, people);
    for (size_t i = 0; i < CASE_PEOPLE_COUNT; i++)
        if (case_step_check(&position, stage->step, &people[i], true) == PROBLEM_NONE)
            return people[i].account_id;
    must(false);
    return (uuid){0};
}

/* ---- Rows ---- */

static text county_row(struct world *world, const struct walked *walked, const char *more)
{
    return of_words(&world->sink, "{\"county\":\"%.*s\",\"household_id\":\"%.*s\",\"case_id\":\"%.*s\"%s}",
                    TEXT_ARGUMENTS(walked->county), TEXT_ARGUMENTS(uuid_format(world->arena, walked->household->id)),
                    TEXT_ARGUMENTS(uuid_format(world->arena, walked->id)), more);
}

static text sealed_of(struct world *world, const char *column, text county, uuid member_id, text plain)
{
    struct personal_place place = {"members", column, county, member_id};
    return personal_to_bytea(world->arena, personal_seal(config_personal_keys(), &place, plain, world->arena));
}

/* A newborn, sealed for its place in members as the form would have done. */
static text newborn(struct world *world, const struct walked *walked)
{
    struct bytes row;
    uuid id = world_id(world, walked->proposed_at);
    calendar_day born = instant_business_day(walked->proposed_at) - 12;
    text name = TEXT("演小宝"), number = synthetic_id_number(world, walked->county, born, 998);
    const text values[][2] = {
        {TEXT("county"), walked->county},
        {TEXT("member_id"), uuid_format(world->arena, id)},
        {TEXT("household_id"), uuid_format(world->arena, walked->household->id)},
        {TEXT("relation"), TEXT("child")},
        {TEXT("name_masked"), mask_name(world->arena, name)},
        {TEXT("name_sealed"), sealed_of(world, "name_sealed", walked->county, id, name)},
        {TEXT("id_number_masked"), mask_id_number(world->arena, number)},
        {TEXT("id_number_sealed"), sealed_of(world, "id_number_sealed", walked->county, id, number)},
        {TEXT("id_number_index"),
         personal_blind_index(config_personal_keys(), PERSONAL_INDEX_ID_NUMBER, number, world->arena)},
        {TEXT("birth_on"), day_format(world->arena, born)},
        {TEXT("sex"), TEXT("f")},
        {TEXT("resident"), TEXT("true")},
        {TEXT("valid_from"), day_format(world->arena, born)},
    };
    bytes_init(&row, world->arena, CASE_ROWS_BYTES_MAX);
    bytes_add(&row, TEXT("{\"members\":[{"));
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        bytes_add(&row, i > 0 ? TEXT(",") : TEXT(""));
        bytes_add_json_string(&row, values[i][0]);
        bytes_add_char(&row, ':');
        bytes_add_json_string(&row, values[i][1]);
    }
    bytes_add(&row, TEXT("}],\"findings\":[]}"));
    return bytes_text(&row);
}

static const struct village *neighbour_of(const struct world *world)
{
    const struct demo_county *county = world->shops[0].county;
    for (size_t i = 0; i < county->villages_count; i++)
        if (&county->villages[i] != world->shops[0].village &&
            text_equal(county->villages[i].township, world->shops[0].village->township))
            return &county->villages[i];
    return &county->villages[0];
}

struct contents {
    text about, payload;
};

static struct contents contents_of(struct world *world, const struct walked *walked)
{
    struct contents contents = {TEXT("{}"), TEXT("{}")};
    const struct sink *sink = &world->sink;
    const char *on = text_terminated(world->arena, day_format(world->arena, instant_business_day(walked->proposed_at)));
    const struct village *into = neighbour_of(world);
    switch (walked->plan->kind) {
    case CASE_MEMBER_IN:
        contents.about = of_words(
            sink, "{\"change\":\"birth\",\"name_masked\":\"演*\",\"relation\":\"child\",\"valid_from\":\"%s\"}", on);
        contents.payload = newborn(world, walked);
        break;
    case CASE_MOVE: {
        text move = county_row(
            world, walked,
            text_terminated(world->arena,
                            of_words(sink, ",\"from_code\":\"%.*s\",\"into_code\":\"%.*s\",\"moved_on\":\"%s\"",
                                     TEXT_ARGUMENTS(walked->village->code), TEXT_ARGUMENTS(into->code), on)));
        contents.about = of_words(sink, "{\"into_code\":\"%.*s\",\"into_name\":\"%.*s\",\"valid_from\":\"%s\"}",
                                  TEXT_ARGUMENTS(into->code), TEXT_ARGUMENTS(into->name), on);
        contents.payload = of_words(sink, "{\"moves\":[%.*s]}", TEXT_ARGUMENTS(move));
        break;
    }
    case CASE_CORRECTION:
        contents.about =
            of_words(sink, "{\"status\":\"removed\",\"valid_from\":\"%s\",\"source\":\"" DEMO_SOURCE "\"}", on);
        contents.payload = of_words(sink, "{\"statuses\":[%.*s]}", TEXT_ARGUMENTS(contents.about));
        break;
    case CASE_VILLAGE_ENTRY:
        contents.about = TEXT("{\"persons\":1200,\"poor_persons\":427}");
        break;
    case CASE_ENTRY:
    case CASE_RECOGNITION:
    case CASE_EXIT:
    case CASE_RETURN:
    case CASE_MEMBER_OUT:
    case CASE_VILLAGE_EXIT:
    case CASE_VILLAGE_MERGER:
    case CASE_KINDS_COUNT:
        break;
    }
    /* What has ended keeps nothing that could still be written. */
    if (walked->plan->ended != NULL)
        contents.payload = TEXT("{}");
    return contents;
}

static void case_write(struct world *world, const struct walked *walked)
{
    const struct demo_case *plan = walked->plan;
    const struct sink *sink = &world->sink;
    struct contents contents = contents_of(world, walked);
    SINK_ADD(&world->sink, INTO_CASES, walked->county, of_id(sink, walked->id), text_from(case_kind_name(plan->kind)),
             text_from(plan->ended != NULL ? plan->ended : case_step_name(plan->waits_for)), walked->village->code,
             walked->household == NULL ? of_none() : of_id(sink, walked->household->id), text_from(plan->reason),
             contents.about, contents.payload, of_id(sink, walked->publicity_id),
             of_id(sink, walked->taken[0].actor_id), of_instant(sink, walked->proposed_at),
             of_id(sink, walked->decided_by), plan->ended == NULL ? of_none() : of_instant(sink, walked->at));
}

static void notice_write(struct world *world, struct walked *walked, const struct case_stage *stage, uuid released_by)
{
    const struct sink *sink = &world->sink;
    uuid id = world_id(world, walked->at);
    text label = walked->household == NULL
                     ? TEXT_NONE
                     : purse_find(world, walked->household->county,
                                  (struct account){ACCOUNT_HOUSEHOLD_PAYABLE, walked->household->id})
                           ->label;
    text household = label.at == NULL ? TEXT("") : of_words(sink, ",\"household\":\"%.*s\"", TEXT_ARGUMENTS(label));
    text content = of_words(sink, "[{\"case_kind\":\"%s\",\"area_code\":\"%.*s\",\"area\":\"%.*s\"%.*s}]",
                            case_kind_name(walked->plan->kind), TEXT_ARGUMENTS(walked->village->code),
                            TEXT_ARGUMENTS(walked->village->name), TEXT_ARGUMENTS(household));
    instant ends_at = walked->at + CASE_NOTICE_DAYS * DEMO_DAY_US;
    uuid drafted_by = walked->taken[walked->taken_count - 1].actor_id;
    SINK_ADD(&world->sink, INTO_PUBLICITIES, walked->county, of_id(sink, id), text_from(stage->hangs), TEXT("cases"),
             of_id(sink, walked->id), walked->village->code,
             of_words(sink, "%.*s%s（演示）", TEXT_ARGUMENTS(walked->village->name),
                      case_flow_of(walked->plan->kind)->title),
             content, of_instant(sink, walked->at), of_instant(sink, ends_at),
             uuid_equal(drafted_by, released_by) ? of_none() : of_id(sink, drafted_by), of_id(sink, released_by),
             of_instant(sink, walked->at));
    if (stage->step == STEP_ANNOUNCEMENT) {
        walked->announcement_id = id;
        return;
    }
    walked->publicity_id = id;
    walked->notice_ends_at = ends_at;
}

static void pass_write(struct world *world, const struct walked *walked)
{
    const struct sink *sink = &world->sink;
    SINK_ADD(&world->sink, INTO_PASSES, walked->county, of_id(sink, walked->publicity_id), of_id(sink, walked->id),
             of_instant(sink, walked->notice_ends_at), of_instant(sink, walked->at));
}

static void step_write(struct world *world, struct walked *walked, const struct case_stage *stage, uuid actor_id,
                       bool accepted)
{
    const struct sink *sink = &world->sink;
    bool hangs = accepted && stage->hangs != NULL, meets = stage->needs == NEEDS_VOTES;
    uuid before = walked->publicity_id;
    if (hangs)
        notice_write(world, walked, stage, actor_id);
    if (accepted && stage->behind_notice)
        pass_write(world, walked);
    if (stage->step == STEP_DECISION && accepted)
        walked->decided_by = actor_id;
    uuid hung = stage->step == STEP_ANNOUNCEMENT ? walked->announcement_id : walked->publicity_id;
    SINK_ADD(&world->sink, INTO_CASE_STEPS, walked->county, of_id(sink, walked->id),
             text_from(case_step_name(stage->step)), of_id(sink, actor_id), of_instant(sink, walked->at),
             of_flag(accepted), accepted ? of_none() : TEXT("经核实不符合条件（演示）"),
             meets ? of_count(sink, 42) : of_none(), meets ? of_count(sink, accepted ? 39 : 12) : of_none(),
             stage->needs == NEEDS_NOTHING ? of_none() : TEXT(DEMO_SOURCE),
             hangs && !uuid_equal(before, hung) ? of_id(sink, hung) : of_none());
    walked->taken[walked->taken_count++] = (struct case_taken){stage->step, actor_id};
}

static void guarantees_write(struct world *world, const struct walked *walked)
{
    static const char *const guarantees[] = {"food", "clothing", "education", "medical_care", "housing"};
    const struct sink *sink = &world->sink;
    for (size_t i = 0; i < sizeof guarantees / sizeof *guarantees; i++)
        SINK_ADD(&world->sink, INTO_GUARANTEES, walked->county, of_id(sink, walked->id), text_from(guarantees[i]),
                 TEXT(DEMO_SOURCE), of_day(sink, instant_business_day(walked->proposed_at) - 1));
}

static void village_status_write(struct world *world, const struct walked *walked)
{
    const struct sink *sink = &world->sink;
    text since = of_day(sink, instant_business_day(walked->at));
    SINK_ADD(&world->sink, INTO_VILLAGE_STATUSES, walked->county, of_id(sink, world_id(world, walked->at)),
             walked->village->code, TEXT("poor"), of_words(sink, "[%.*s,)", TEXT_ARGUMENTS(since)),
             of_words(sink, "[%.*s,)", TEXT_ARGUMENTS(of_instant(sink, walked->at))), TEXT("1200"), TEXT("427"),
             of_id(sink, walked->id), of_id(sink, walked->publicity_id));
}

/* ---- The walk ---- */

/* A refused case was refused at its first step; a withdrawn one got no further than its proposal. */
static bool goes_on(const struct demo_case *plan, const struct case_stage *stage, size_t taken_count)
{
    if (stage == NULL)
        return false;
    if (plan->ended == NULL)
        return stage->step != plan->waits_for;
    return strcmp(plan->ended, "done") == 0 || taken_count < (strcmp(plan->ended, "refused") == 0 ? 2u : 1u);
}

static const struct village *village_of(const struct world *world, const struct demo_household *household)
{
    const struct demo_county *county = world->shops[0].county;
    for (size_t i = 0; household != NULL && i < county->villages_count; i++)
        if (text_equal(county->villages[i].code, household->area_code))
            return &county->villages[i];
    return world->shops[0].village;
}

static void case_walk(struct world *world, const struct demo_case *plan, const struct demo_household *household)
{
    struct walked walked = {.plan = plan,
                            .household = household,
                            .village = village_of(world, household),
                            .county = world->shops[0].county->code,
                            .proposed_at = world->now - plan->days_ago * DEMO_DAY_US};
    const struct case_stage *stage = case_stage_of(plan->kind, false, STEP_PROPOSAL);
    walked.id = world_id(world, walked.proposed_at);
    walked.at = walked.proposed_at;
    bool is_refused = plan->ended != NULL && strcmp(plan->ended, "refused") == 0;
    while (goes_on(plan, stage, walked.taken_count)) {
        if (stage->behind_notice && walked.at < walked.notice_ends_at)
            walked.at = walked.notice_ends_at + DEMO_HOUR_US;
        step_write(world, &walked, stage, taker_of(world, &walked, stage), !(is_refused && walked.taken_count == 1));
        walked.at += DEMO_DAY_US;
        stage = case_stage_after(plan->kind, false, stage->step);
    }
    walked.at -= DEMO_DAY_US;
    if (walked.at > world->now)
        walked.at = world->now;
    case_write(world, &walked);
    if (plan->kind == CASE_EXIT)
        guarantees_write(world, &walked);
    if (plan->kind == CASE_VILLAGE_ENTRY)
        village_status_write(world, &walked);
}

/* A household with this status that has no case yet: of the cadre's village if there is one, else of its township. */
static const struct demo_household *household_for(const struct world *world, const char *status,
                                                  const struct demo_household *const *used, size_t used_count)
{
    const struct village *village = world->shops[0].village;
    const text places[] = {village->code, text_part(village->code, 0, 9)};
    for (size_t place = 0; place < sizeof places / sizeof *places; place++)
        for (size_t i = 0; i < (size_t)world->size.households; i++) {
            const struct demo_household *household = &world->households[i];
            bool fits = text_starts_with(household->area_code, places[place]) &&
                        strcmp(household_status(household, world->today), status) == 0;
            for (size_t j = 0; j < used_count; j++)
                fits = fits && used[j] != household;
            if (fits)
                return household;
        }
    return NULL;
}

static void rules_write(struct world *world)
{
    const struct sink *sink = &world->sink;
    instant at = world->now - 100 * DEMO_DAY_US;
    const struct demo_county *county = &world->counties[1];
    SINK_ADD(&world->sink, INTO_THRESHOLDS, TEXT("62"), TEXT("30000"), TEXT(DEMO_SOURCE),
             of_id(sink, world->staff.administrator), of_instant(sink, at));
    SINK_ADD(&world->sink, INTO_PUBLICITY_RULES, county->code, county->villages[0].code, of_flag(true),
             TEXT(DEMO_SOURCE), of_id(sink, world->staff.first_officer), of_instant(sink, at));
}

void world_make_cases(struct world *world)
{
    enum { CASES_COUNT = sizeof demo_cases / sizeof *demo_cases };
    const struct demo_household *first = household_with_login(world), *used[CASES_COUNT + 1] = {first};
    size_t used_count = 1; /* the one household that can log in is asked for its word */
    rules_write(world);
    for (size_t i = 0; i < CASES_COUNT; i++) {
        const struct demo_case *plan = &demo_cases[i];
        bool is_first = plan->waits_for == STEP_ACCEPTANCE &&
                        case_begins_from(plan->kind, text_from(household_status(first, world->today)));
        const struct demo_household *household = plan->status == NULL ? NULL
                                                 : is_first           ? first
                                                            : household_for(world, plan->status, used, used_count);
        if (household != NULL)
            used[used_count++] = household;
        if (household != NULL || plan->status == NULL)
            case_walk(world, plan, household);
    }
}
