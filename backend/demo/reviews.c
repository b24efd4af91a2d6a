/* What made-up buyers say of what they received, and what shops answer. */
#include "demo/world.h"
#include "registry.h"

enum { REVIEWED_PERCENT = 14, ANSWERED_PERCENT = 45 };

struct opinion {
    const char *category; /* NULL: fits any */
    int64_t rating;
    const char *words, *answer;
};
/* clang-format off */
static const struct opinion opinions[] = {
    {"walnut", 5, "皮薄，两个一捏就开，仁也香。", "谢谢，白露过后打的新核桃就是这个味。"},
    {"walnut", 4, "挺好的，就是个头大小不太齐。", "都是自家树上的，没有挑过，您多担待。"},
    {"pepper", 5, "麻味正，炒菜放几粒满屋香。", "大红袍就这股劲儿，密封好能放两年。"},
    {"fungus", 5, "泡开以后又厚又脆，没有沙子。", "谢谢，凉拌前多冲一遍更干净。"},
    {"honey", 5, "冬天结晶很细，是真蜂蜜。", "土蜂一年只割一回，谢谢您信得过。"},
    {"honey", 3, "味道好，盖子有点漏，箱子里沾了一些。", "对不住，已经换了新瓶子，下回给您补一瓶小的。"},
    {"egg", 5, "蛋黄颜色深，一个没破。", "谢谢，稻壳垫得厚，路上不怕颠。"},
    {"egg", 2, "破了四个，别的还好。", "抱歉，破的已经退给您，现在改用蛋托了。"},
    {"oil", 4, "有点青草味，拌凉菜合适。", "初榨的就是这个味道，放阴凉处就好。"},
    {"herb", 5, "片子完整，闻着很正。", "没有熏过硫，炖汤放两三片就够。"},
    {"tea", 5, "很耐泡，第三道还有豆香。", "谢谢，清明前那几天采的，今年雨水好。"},
    {"fruit", 5, "又脆又甜，孩子一天一个。", "花牛就是这个脆劲，放冰箱能吃到过年。"},
    {"fruit", 3, "甜是甜，有三个磕碰了。", "路上磕的，给您退了三个的钱。"},
    {"mushroom", 5, "香味浓，炖鸡汤一绝。", "椴木上长的，慢是慢，味道足。"},
    {"potato", 4, "煮多久都不断，就是要提前泡。", "温水泡一个钟头就行，谢谢。"},
    {"grain", 5, "石磨的粗一点，烙饼好吃。", "谢谢，老磨子磨的，不筛麸。"},
    {NULL, 5, "分量足，包装也仔细。", "谢谢，都是村里几家人一起装的。"},
    {NULL, 5, "给父母买的，他们说是从前的味道，会再来。", "听您这么说，大家都高兴。"},
    {NULL, 5, "扫了袋子上的码，能看到是哪个村的，放心。", "谢谢您，每一袋都记着账。"},
    {NULL, 4, "东西很好，路上走了五天。", "山里发车少，我们尽量赶早班。"},
    {NULL, 4, "第二次买了，和上回一样好。", NULL},
    {NULL, 3, "比想的小一些，味道可以。", NULL},
};
static const char *const plain_answers[] = {"谢谢，欢迎再来。", "谢谢您的好评，来年新货给您留着。"};
/* clang-format on */
#define OPINIONS_COUNT (sizeof opinions / sizeof *opinions)

static const struct opinion *opinion_choose(struct world *world, const char *category)
{
    size_t fitting[OPINIONS_COUNT] = {0}, count = 0;
    for (size_t i = 0; i < OPINIONS_COUNT; i++)
        if (opinions[i].category == NULL || strcmp(opinions[i].category, category) == 0)
            fitting[count++] = i;
    return &opinions[fitting[world_below(world, (int64_t)count)]];
}

static text answer_choose(struct world *world, const struct opinion *opinion)
{
    int64_t plain = world_below(world, sizeof plain_answers / sizeof *plain_answers);
    return text_from(opinion->answer == NULL ? plain_answers[plain] : opinion->answer);
}

void bought_review(struct world *world, const struct demo_bought *bought)
{
    struct sink *sink = &world->sink;
    struct demo_product *product = bought->product;
    instant at = bought->received_at + DEMO_HOUR_US * (8 + world_below(world, 200));
    if (!world_chance(world, REVIEWED_PERCENT) || at >= world->now)
        return;
    const struct opinion *opinion = opinion_choose(world, product->goods->category);
    instant answered_at = at + DEMO_HOUR_US * (2 + world_below(world, 40));
    bool answered = world_chance(world, ANSWERED_PERCENT) && answered_at < world->now;
    SINK_ADD(sink, INTO_REVIEWS, bought->shop->county->code, of_id(sink, world_id(world, at)), of_id(sink, product->id),
             of_id(sink, bought->shop->id), of_id(sink, bought->order_id), of_id(sink, bought->line_id),
             of_id(sink, bought->buyer_id), mask_name(sink->scratch, bought->buyer_name),
             of_words(sink, "%.*s %.*s", TEXT_ARGUMENTS(product->name), TEXT_ARGUMENTS(bought->offer->name)),
             of_count(sink, opinion->rating), text_from(opinion->words), of_instant(sink, at),
             answered ? answer_choose(world, opinion) : TEXT_NONE,
             answered ? of_instant(sink, answered_at) : TEXT_NONE);
    product->reviews_count++;
    product->rating_sum += opinion->rating;
}

void product_rate(struct world *world, const struct demo_shop *shop, const struct demo_product *product)
{
    struct sink *sink = &world->sink;
    if (product->reviews_count > 0)
        SINK_ADD(sink, INTO_PRODUCT_RATINGS, shop->county->code, of_id(sink, product->id),
                 of_count(sink, product->reviews_count), of_count(sink, product->rating_sum));
}
