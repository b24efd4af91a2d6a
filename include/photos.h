/* photos: pictures of goods, reviews and returns, from the upload to the files that are shown. Knows nothing of what shows them. */
#ifndef PHOTOS_H
#define PHOTOS_H

#include "db.h"

#define SCALER_NAME "shanhuo-photos" /* the program that scales, see backend/photos/scaler */

extern const struct route photos_routes[];
extern const struct job photos_jobs[];

/* Sizes a file can be asked for, as a query field takes them. */
extern const struct field photo_size_query[];
/* For .prepare of a row whose apply holds "photos/bind": :photo_ids become those of one thing, others of it are let go. */
void photos_bind_to(const struct request *request, text county, text id);

/* ---- Scaling: in a program of its own, because the libraries that read pictures are large and their input is hostile. ---- */
struct photo_file {
    text format; /* webp, jpg */
    int64_t size, width, height;
    text bytes;
};
#define PHOTO_FILES_MAX 4
struct photo_scaled {
    text refusal; /* absent: it worked */
    int64_t width, height;
    struct photo_file files[PHOTO_FILES_MAX];
    size_t files_count;
};
/* PROBLEM_OURS: the program could not be started. A photo that makes it fail is refused. */
MUST_USE enum problem photo_scale(struct arena *arena, text original, struct photo_scaled *scaled);

/* What the bytes are, whatever they were called: jpeg, png, webp or heic. NULL: none of them. */
const char *photo_kind(text bytes);

#endif
