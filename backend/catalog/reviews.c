/* What the public sees of photos and reviews: names of files taken apart, and which way the county judges. */
#include "catalog.h"
#include "photos.h"

/* "0198…-640.webp": photo, size and format in one name, so that a name never changes its bytes. */
enum problem catalog_photo_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    static const char *const files[] = {"320.webp", "640.webp", "1280.webp", "640.jpg"};
    enum { ID_BYTES = 36 };
    (void)facts;
    (void)plan;
    (void)problems;
    text name = request->parameter(request, "photo_file");
    text tail = text_part(name, ID_BYTES + 1, name.length);
    uuid id;
    if (!uuid_parse(text_part(name, 0, ID_BYTES), &id) || !text_equal(text_part(name, ID_BYTES, 1), TEXT("-")))
        return PROBLEM_NOT_FOUND;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (!text_equal(tail, text_from(files[i])))
            continue;
        request->bind(request, "photo_id", uuid_format(request->arena, id));
        request->bind(request, "size", text_cut(&tail, '.'));
        request->bind(request, "format", tail);
        return PROBLEM_NONE;
    }
    return PROBLEM_NOT_FOUND;
}

enum problem catalog_review_hide_prepare(const struct request *request, const void *facts, void *plan,
                                         struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "review_state", TEXT("hidden"));
    return PROBLEM_NONE;
}

enum problem catalog_review_show_prepare(const struct request *request, const void *facts, void *plan,
                                         struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    request->bind(request, "review_state", TEXT("shown"));
    return PROBLEM_NONE;
}

/* A review taken back shows no photos. */
enum problem catalog_review_delete_prepare(const struct request *request, const void *facts, void *plan,
                                           struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    photos_bind_to(request, request->parameter(request, "review_county"), request->parameter(request, "review_id"));
    return PROBLEM_NONE;
}
