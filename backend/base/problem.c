/* What problems and their details are called in both languages, and the end of the process when we are wrong ourselves. */
#include <unistd.h>
#include "base.h"

static const struct {
    int status;
    const char *slug;
    const char *titles[LANGUAGES_COUNT];
} problem_rows[PROBLEMS_COUNT] = {
#define PROBLEM_ROW(name, status_, slug_, zh, en) [name] = {status_, slug_, {[LANGUAGE_ZH] = zh, [LANGUAGE_EN] = en}},
    PROBLEMS(PROBLEM_ROW)
#undef PROBLEM_ROW
};

/* Codes of details. Public: they never change. A code may also be a problem's slug. */
static const struct {
    const char *code;
    const char *words[LANGUAGES_COUNT];
} code_rows[] = {
    {"required", {"必填", "This is required"}},
    {"unknown-field", {"没有这个字段", "There is no such field"}},
    {"duplicate-field", {"字段重复", "This field came twice"}},
    {"wrong-type", {"类型不正确", "This is of the wrong type"}},
    {"not-whole", {"须为整数", "This must be a whole number"}},
    {"below-min", {"数值过小", "This is too small"}},
    {"above-max", {"数值过大", "This is too large"}},
    {"too-short", {"内容过短", "This is too short"}},
    {"too-long", {"内容过长", "This is too long"}},
    {"too-few", {"项目过少", "These are too few"}},
    {"too-many-items", {"项目过多", "These are too many"}},
    {"too-deep", {"嵌套层数过多", "This is nested too deeply"}},
    {"control-character", {"含有不允许的控制字符", "It contains control characters"}},
    {"not-utf8", {"不是有效的 UTF-8 文本", "This is not UTF-8"}},
    {"bad-escape", {"百分号编码不正确", "Its percent encoding is wrong"}},
    {"not-digits", {"只能包含数字", "Only digits are allowed"}},
    {"not-a-choice", {"不在可选范围内", "This is not one of the choices"}},
    {"not-an-id", {"编号格式不正确", "This is not an id"}},
    {"not-a-date", {"日期不存在或格式不正确", "This is not a date"}},
    {"not-an-instant", {"时间格式不正确", "This is not a point in time"}},
    {"not-found", {"没有找到", "There is no such thing"}},
    {"not-on-sale", {"已下架", "It is no longer on sale"}},
    {"over-limit", {"超过限购数量", "More than one purchase may have"}},
    {"more-than-bought", {"超过购买数量", "More than was bought and not yet given back"}},
    {"not-json", {"不是有效的 JSON", "This is not JSON"}},
};

int problem_status(enum problem problem)
{
    return problem_rows[problem].status;
}

const char *problem_slug(enum problem problem)
{
    return problem_rows[problem].slug;
}

const char *problem_title(enum problem problem, enum language language)
{
    return problem_rows[problem].titles[language];
}

enum problem problem_from_slug(text slug)
{
    for (int i = 0; i < PROBLEMS_COUNT; i++)
        if (text_equal(slug, text_from(problem_rows[i].slug)))
            return (enum problem)i;
    return PROBLEM_NONE;
}

_Static_assert(sizeof((struct problems){0}.details) / sizeof(struct problem_detail) == PROBLEM_DETAILS_MAX,
               "the list holds what the limit says");

void problems_init(struct problems *problems, struct arena *arena)
{
    problems->arena = arena;
    problems->count = 0;
    problems->more = false;
}

void problems_add(struct problems *problems, text pointer, const char *code, text message)
{
    if (problems->count == PROBLEM_DETAILS_MAX) {
        problems->more = true;
        return;
    }
    problems->details[problems->count++] =
        (struct problem_detail){text_copy(problems->arena, pointer), code, text_copy(problems->arena, message)};
}

const char *problem_code_words(const char *code, enum language language)
{
    text wanted = text_from(code);
    for (size_t i = 0; i < sizeof code_rows / sizeof code_rows[0]; i++)
        if (text_equal(wanted, text_from(code_rows[i].code)))
            return code_rows[i].words[language];
    enum problem problem = problem_from_slug(wanted);
    return problem == PROBLEM_NONE ? code : problem_title(problem, language);
}

void must_failed(const char *condition, const char *file, int line)
{
    /* Logging needs memory: when that is what failed, the second failure ends here. */
    static _Thread_local bool failing;
    if (!failing) {
        failing = true;
        log_error("must_failed", LOG_TEXT("condition", text_from(condition)), LOG_TEXT("file", text_from(file)),
                  LOG_INT("line", line));
    }
    abort();
}
