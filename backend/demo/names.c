/* People who do not exist: names of common characters, numbers that only have the right form. */
#include "demo/world.h"

static text pick(struct world *world, const char *const *words, size_t count)
{
    return text_from(words[world_below(world, (int64_t)count)]);
}
#define PICK(world, words) pick(world, words, sizeof(words) / sizeof *(words))

text synthetic_name(struct world *world)
{
    static const char *const families[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙",
                                           "马", "朱", "胡", "郭", "何", "高", "林", "罗", "郑", "梁", "谢", "宋",
                                           "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "潘"};
    static const char *const givens[] = {"平", "秀", "兰", "英", "强", "军", "勇", "艳", "娟", "玲", "芳", "明",
                                         "红", "桂", "玉", "春", "海", "文", "建", "国", "梅", "霞", "宝", "福",
                                         "成", "生", "林", "山", "有", "贵", "小", "永", "志", "天", "喜", "全"};
    text family = PICK(world, families), given = PICK(world, givens);
    text second = world_chance(world, 60) ? PICK(world, givens) : TEXT("");
    return text_format(world->sink.scratch, "%.*s%.*s%.*s", TEXT_ARGUMENTS(family), TEXT_ARGUMENTS(given),
                       TEXT_ARGUMENTS(second));
}

/* GB 11643: weights 2^(17−i) mod 11, check characters of the remainder. */
static char id_check_character(const char *digits)
{
    int64_t sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (int64_t)(digits[i] - '0') * ((INT64_C(1) << (17 - i)) % 11);
    return "10X98765432"[sum % 11];
}

text synthetic_id_number(struct world *world, text county, calendar_day birthday, int64_t serial)
{
    struct arena *arena = world->sink.scratch;
    text born = day_format(arena, birthday);
    text digits = text_format(arena, "%.*s%.4s%.2s%.2s%03lld?", TEXT_ARGUMENTS(county), born.at, born.at + 5,
                              born.at + 8, (long long)serial);
    ((char *)digits.at)[17] = id_check_character(digits.at);
    return digits;
}

text synthetic_phone(struct world *world)
{
    return text_format(world->sink.scratch, "+86139%08lld", (long long)world_below(world, 100000000));
}

/* Union Pay's form with a Luhn digit; the issuer 622999 is nobody's. */
text synthetic_bank_card(struct world *world)
{
    enum { LUHN_DIGITS = 18 };
    text digits = text_format(world->sink.scratch, "622999%012lld?", (long long)world_below(world, 1000000000000));
    int sum = 0;
    for (int i = 0; i < LUHN_DIGITS; i++) {
        int value = digits.at[LUHN_DIGITS - 1 - i] - '0';
        int doubled = i % 2 == 0 ? value * 2 : value;
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    ((char *)digits.at)[LUHN_DIGITS] = (char)('0' + (10 - sum % 10) % 10);
    return digits;
}
