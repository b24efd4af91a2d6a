/* HTML: whatever a value holds, it stays a value. */
#include "unit.h"
#include "base/html.h"
#include "base/json_read.h"

static struct bytes a_buffer(struct arena *arena)
{
    struct bytes bytes;
    bytes_init(&bytes, arena, 4096);
    return bytes;
}

Test(html, values_are_escaped_and_never_read_as_markup)
{
    struct arena *arena = arena_new();
    struct bytes page = a_buffer(arena);
    HTML(&page, "<a href=\"{}\">{}</a>", TEXT("/x?a=1&b=\"'"), TEXT("<script>{}</script>"));
    EXPECT_TEXT(bytes_text(&page), "<a href=\"/x?a=1&amp;b=&quot;&#39;\">&lt;script&gt;{}&lt;/script&gt;</a>");
    arena_free(arena);
}

Test(html, absent_values_leave_their_place_empty)
{
    struct arena *arena = arena_new();
    struct bytes page = a_buffer(arena);
    HTML(&page, "<p>{}</p>{}", TEXT_NONE, TEXT(""));
    EXPECT_TEXT(bytes_text(&page), "<p></p>");
    arena_free(arena);
}

Test(html, json_cannot_end_its_element_or_its_line)
{
    struct arena *arena = arena_new();
    struct bytes page = a_buffer(arena);
    html_write_json(&page, TEXT("{\"a\":\"</script><!--\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\"}"));
    EXPECT_TEXT(bytes_text(&page), "{\"a\":\"\\u003c/script>\\u003c!--\\u2028\\u2029\xE2\x80\"}");
    arena_free(arena);
}

Test(json_read, what_is_not_there_is_absent)
{
    struct arena *arena = arena_new();
    const struct json_node *node =
        json_read(arena, TEXT("{\"name\":\"核桃\",\"price\":1900,\"none\":null,\"list\":[{\"a\":true}]}"));
    int64_t price = 0;
    EXPECT_TEXT(json_text(node, "name"), "核桃");
    cr_expect(json_int64(node, "price", &price) && price == 1900);
    cr_expect_null(json_text(node, "price").at);
    cr_expect_null(json_text(node, "none").at);
    cr_expect_null(json_text(json_member(node, "no"), "way").at);
    cr_expect_eq(json_items_count(json_member(node, "list")), 1);
    cr_expect(json_is_set(json_item(json_member(node, "list"), 0), "a"));
    cr_expect_null(json_item(json_member(node, "list"), 1));
    cr_expect_null(json_read(arena, TEXT("{")));
    cr_expect_eq(json_items_count(NULL), 0);
    arena_free(arena);
}
