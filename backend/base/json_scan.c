/* The scan knows only strings, brackets and commas: enough to refuse what must never reach a recursive parser. */
#include "base.h"
#include "base/json_scan.h"

struct level {
    bool is_list, at_name;
    size_t index;
    text name; /* absent until the first one was read */
};
struct scan {
    struct level levels[JSON_DEPTH_MAX + 1];
    int depth, deepest;
    size_t deepest_at;
};

static size_t string_end(text source, size_t i)
{
    for (i++; i < source.length && source.at[i] != '"'; i++)
        if (source.at[i] == '\\')
            i++;
    return i;
}

static void scan_open(struct scan *scan, bool is_list, size_t i)
{
    scan->levels[scan->depth++] = (struct level){.is_list = is_list, .at_name = !is_list};
    if (scan->depth > scan->deepest) {
        scan->deepest = scan->depth;
        scan->deepest_at = i;
    }
}

static void scan_run(struct scan *scan, text source)
{
    *scan = (struct scan){0};
    for (size_t i = 0; i < source.length && scan->depth <= JSON_DEPTH_MAX; i++) {
        struct level *level = scan->depth > 0 ? &scan->levels[scan->depth - 1] : NULL;
        switch (source.at[i]) {
        case '{':
        case '[':
            scan_open(scan, source.at[i] == '[', i);
            break;
        case '}':
        case ']':
            scan->depth -= scan->depth > 0;
            break;
        case ',':
            if (level != NULL && level->is_list)
                level->index++;
            else if (level != NULL)
                level->at_name = true;
            break;
        case '"': {
            size_t end = string_end(source, i);
            if (level != NULL && level->at_name) {
                level->name = text_part(source, i + 1, end - i - 1);
                level->at_name = false;
            }
            i = end;
            break;
        }
        }
    }
}

int json_depth(text source, size_t *stopped)
{
    struct scan scan;
    scan_run(&scan, source);
    *stopped = scan.deepest_at;
    return scan.deepest;
}

text json_pointer_at(struct arena *arena, text source, size_t position)
{
    struct scan scan;
    struct bytes pointer;
    scan_run(&scan, text_part(source, 0, position));
    bytes_init(&pointer, arena, source.length * 2 + 512);
    for (int i = 0; i < scan.depth; i++) {
        const struct level *level = &scan.levels[i];
        if (level->is_list)
            bytes_add_format(&pointer, "/%zu", level->index);
        else if (level->name.at != NULL)
            json_pointer_add(&pointer, level->name);
    }
    return bytes_text(&pointer);
}

void json_pointer_add(struct bytes *pointer, text name)
{
    bytes_add_char(pointer, '/');
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        if (c == '~' || c == '/')
            bytes_add(pointer, c == '~' ? TEXT("~0") : TEXT("~1"));
        else
            bytes_add_char(pointer, c);
    }
}
