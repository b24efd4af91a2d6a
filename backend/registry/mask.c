/* Masked forms of personal values: enough to recognise one's own, not enough to find a neighbour. */
#include "registry.h"

/* Surnames of two characters; everyone else keeps the first character only. */
static const char *const double_surnames[] = {
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "宇文", "长孙", "司徒", "夏侯",
    "轩辕", "端木", "南宫", "百里", "呼延", "闻人", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠",
    "仲孙", "钟离", "鲜于", "闾丘", "司空", "赫连", "万俟", "独孤", "拓跋", "西门", "东郭", "第五", "左丘", "公羊",
};

static size_t first_character_bytes(text utf8)
{
    size_t bytes = utf8.length > 0 ? 1 : 0;
    while (bytes < utf8.length && ((unsigned char)utf8.at[bytes] & 0xC0) == 0x80)
        bytes++;
    return bytes;
}

static size_t surname_bytes(text name)
{
    for (size_t i = 0; i < sizeof(double_surnames) / sizeof(double_surnames[0]); i++) {
        text surname = text_from(double_surnames[i]);
        /* A name of two characters in all is surname and given name: 东方 alone is Mr 东. */
        if (name.length > surname.length && text_starts_with(name, surname))
            return surname.length;
    }
    return first_character_bytes(name);
}

text mask_name(struct arena *arena, text name)
{
    text trimmed = text_trim(name);
    return text_format(arena, "%.*s*", TEXT_ARGUMENTS(text_part(trimmed, 0, surname_bytes(trimmed))));
}

/* Keeps some at both ends and at least half of the characters hidden, however short the value is. */
static text mask_middle(struct arena *arena, text value, size_t head, size_t tail)
{
    if (head + tail > value.length / 2)
        head = 0;
    if (tail > value.length / 2)
        tail = value.length / 2;
    char *masked = arena_alloc(arena, value.length);
    memset(masked, '*', value.length);
    memcpy(masked, value.at, head);
    memcpy(masked + value.length - tail, value.at + value.length - tail, tail);
    return (text){masked, value.length};
}

text mask_id_number(struct arena *arena, text digits)
{
    return mask_middle(arena, digits, 0, 4);
}

text mask_phone(struct arena *arena, text e164)
{
    text number = text_starts_with(e164, TEXT("+86")) ? text_part(e164, 3, e164.length) : e164;
    if (number.length != 11)
        return mask_middle(arena, number, 0, 4);
    return text_format(arena, "%.*s****%.*s", 3, number.at, 4, number.at + 7);
}

text mask_bank_card(struct arena *arena, text digits)
{
    return mask_middle(arena, digits, 4, 4);
}
