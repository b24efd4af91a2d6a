/* photos: the table of contents. An upload waits until a job has scaled it; the original leaves the house never again. */
#include "photos.h"

static const char *const uses[] = {"product", "review", "return", "evidence", NULL};
static const char *const sizes[] = {"320", "640", "1280", NULL};
static const struct field upload_query[] = {
    FIELD_NAMED("use", FIELD_CHOICE, .choices = uses),
    FIELDS_END,
};
const struct field photo_size_query[] = {
    FIELD_NAMED("size", FIELD_CHOICE, .choices = sizes, .optional = true),
    FIELDS_END,
};

static enum problem upload_prepare(const struct request *request, const void *facts, void *plan,
                                   struct problems *problems)
{
    (void)facts;
    (void)plan;
    (void)problems;
    text bytes = request->raw_body;
    if (bytes.length > PHOTO_BYTES_MAX)
        return PROBLEM_TOO_LARGE;
    const char *kind = photo_kind(bytes);
    if (kind == NULL)
        return PROBLEM_MEDIA_TYPE;
    request->bind(request, "kind", text_from(kind));
    request->bind(request, "bytes_count", text_format(request->arena, "%zu", bytes.length));
    request->bind(request, "photos_max", text_format(request->arena, "%d", PHOTOS_PER_DAY_MAX));
    return PROBLEM_NONE;
}

void photos_bind_to(const struct request *request, text county, text id)
{
    request->bind(request, "bound_county", county);
    request->bind(request, "bound_id", id);
}

/* clang-format off */
const struct route photos_routes[] = {
    {.method = POST,
     .path = "/photos",
     .may = MAY_SIGNED_IN,
     .lane = LANE_WRITE,
     .idempotent = true,
     .query = upload_query,
     .upload = true,
     .content_type = "image/jpeg image/png image/webp image/heic image/heif",
     .prepare = upload_prepare,
     .load = "photos/add",
     .shape = ANSWER_OBJECT,
     .status = 201},
    {.method = GET,
     .path = "/photos/{photo_id}",
     .plain_ids = "photo_id",
     .may = MAY_SIGNED_IN,
     .lane = LANE_READ,
     .load = "photos/show",
     .shape = ANSWER_OBJECT},
    /* For whoever uploaded it, before and after it is shown anywhere. */
    {.method = GET,
     .path = "/photos/{photo_id}/file",
     .plain_ids = "photo_id",
     .may = MAY_SIGNED_IN,
     .lane = LANE_READ,
     .query = photo_size_query,
     .load = "photos/file",
     .cache_control = "private, max-age=3600",
     .shape = ANSWER_BYTES},
    ROUTES_END,
};
/* clang-format on */
