/* Turns rows of the published division codes into nodes of our tree. Rules on codes only, never on names, but for display. */
#include "registry.h"

/* What a statistics code is for: 市辖区, 县, 省直辖县级行政区划 fill the prefecture's place where there is none. */
static bool is_heading(text prefecture_code)
{
    static const char *const municipalities[] = {"11", "12", "31", "50"};
    for (size_t i = 0; i < sizeof(municipalities) / sizeof(municipalities[0]); i++) {
        if (text_starts_with(prefecture_code, text_from(municipalities[i])))
            return true;
    }
    return text_equal(text_part(prefecture_code, 2, 2), TEXT("90"));
}

static const struct {
    const char *kind;
    size_t parent_digits;
} levels[] = {
    [AREA_PROVINCE] = {"province", 0}, [AREA_PREFECTURE] = {"prefecture", 2}, [AREA_COUNTY] = {"county", 4},
    [AREA_TOWNSHIP] = {"township", 6}, [AREA_VILLAGE] = {"village", 9},
};

static text parent_of(text code, enum area_level level)
{
    if (level == AREA_PROVINCE)
        return TEXT_NONE;
    text parent = text_part(code, 0, levels[level].parent_digits);
    return level == AREA_COUNTY && is_heading(parent) ? text_part(code, 0, 2) : parent;
}

static bool drop_suffix(text *name, const char *suffix)
{
    text end = text_from(suffix);
    if (name->length <= end.length || !text_ends_with(*name, end))
        return false;
    name->length -= end.length;
    return true;
}

/* The register names the committee, people name the village: 甲村村民委员会 and 甲村委会 are both 甲村. */
static text village_name(text name)
{
    text whole = name;
    if (drop_suffix(&name, "民委员会") || drop_suffix(&name, "委会")) {
        if (text_ends_with(name, TEXT("村村")))
            (void)drop_suffix(&name, "村");
        if (text_ends_with(name, TEXT("村")) && !text_equal(name, TEXT("村")))
            return name;
    }
    name = whole;
    if (drop_suffix(&name, "居民委员会") || drop_suffix(&name, "居委会")) {
        if (text_ends_with(name, TEXT("社区")) && !text_equal(name, TEXT("社区")))
            return name;
    }
    return whole;
}

static text display_name(text name, enum area_level level)
{
    text trimmed = text_trim(name);
    if (level == AREA_VILLAGE)
        return village_name(trimmed);
    if (level == AREA_TOWNSHIP && text_ends_with(trimmed, TEXT("街道办事处")))
        (void)drop_suffix(&trimmed, "办事处");
    return trimmed;
}

enum area_reading area_read(text code, text name, struct area *area)
{
    enum area_level level = area_code_level(code);
    if (level == AREA_NOT || text_trim(name).length == 0)
        return AREA_WRONG;
    if (level == AREA_PREFECTURE && is_heading(code))
        return AREA_HEADING;
    *area = (struct area){
        .code = code,
        .parent_code = parent_of(code, level),
        .name = display_name(name, level),
        .kind = levels[level].kind,
    };
    return AREA_READ;
}
