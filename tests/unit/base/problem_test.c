/* Problems have one public name each; log lines are JSON whatever is put into them. */
#include <unistd.h>
#include "unit.h"

Test(problem, every_slug_leads_back_to_its_problem)
{
    for (int i = 0; i < PROBLEMS_COUNT; i++) {
        enum problem problem = (enum problem)i;
        cr_expect_eq(problem_from_slug(text_from(problem_slug(problem))), problem, "%s", problem_slug(problem));
        cr_expect_not_null(problem_title(problem, LANGUAGE_ZH));
    }
    cr_expect_eq(problem_from_slug(TEXT("no-such")), PROBLEM_NONE);
    cr_expect_eq(problem_status(PROBLEM_OUT_OF_STOCK), 409);
}

Test(problem, codes_have_words_or_speak_for_themselves)
{
    cr_expect_str_eq(problem_code_words("required", LANGUAGE_EN), "This is required");
    cr_expect_str_eq(problem_code_words("taken", LANGUAGE_ZH), "已存在");
    cr_expect_str_eq(problem_code_words("no-such", LANGUAGE_EN), "no-such");
}

/* What log_event writes, read back through a pipe. */
static text logged(struct arena *arena, text words)
{
    int ends[2];
    char *line = arena_alloc(arena, 16384);
    cr_assert_eq(pipe(ends), 0);
    log_open(ends[1], LOG_LEVEL_INFO);
    log_debug("unseen");
    log_set_request_id(TEXT("r-1"));
    log_info("seen", LOG_TEXT("words", words), LOG_FEN("amount_fen", -5), LOG_MASKED("person", words));
    ssize_t length = read(ends[0], line, 16384);
    close(ends[0]);
    close(ends[1]);
    return (text){line, length < 0 ? 0 : (size_t)length};
}

Test(log, writes_one_json_line_without_its_time)
{
    SCRATCH(arena);
    text line = logged(arena, TEXT("a\"\n\xFF"));
    text_cut(&line, ',');
    EXPECT_TEXT(line, "\"level\":\"info\",\"event\":\"seen\",\"request_id\":\"r-1\",\"words\":\"a\\\"\\n\\ufffd\","
                      "\"amount_fen\":-5,\"person\":\"***\"}\n");
}

Test(log, masks_numbers_of_people_and_cuts_long_values)
{
    SCRATCH(arena);
    text line = logged(arena, TEXT("621202199001011234"));
    cr_expect(text_ends_with(line, TEXT("\"person\":\"***1234\"}\n")), "%.*s", TEXT_ARGUMENTS(line));
    char *endless = arena_alloc(arena, 100000);
    memset(endless, 'x', 100000);
    cr_expect_lt(logged(arena, (text){endless, 100000}).length, 5000u);
}
