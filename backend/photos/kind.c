/* What an upload is, told by its first bytes: the name and type it came with prove nothing. */
#include "photos.h"

static const struct {
    const char *kind;
    size_t at;
    text mark;
} marks[] = {
    {"jpeg", 0, {"\xFF\xD8\xFF", 3}}, {"png", 0, {"\x89PNG\r\n\x1A\n", 8}}, {"webp", 8, {"WEBPVP8", 7}},
    {"heic", 4, {"ftypheic", 8}},     {"heic", 4, {"ftypheix", 8}},         {"heic", 4, {"ftypmif1", 8}},
};

const char *photo_kind(text bytes)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (text_equal(text_part(bytes, marks[i].at, marks[i].mark.length), marks[i].mark))
            return marks[i].kind;
    return NULL;
}
