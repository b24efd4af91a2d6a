/* Inside http: what is sent back, and the one writer of rows. */
#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H

#include "http/worker.h"

struct answer {
    int status;
    text body; /* lives at least as long as the request: in its exchange, a cache entry or the program */
    text content_type, etag, location, link_next, cookie, allow, disposition, cache_control;
    text encoding, vary; /* constants: what the body is packed with, and which headers chose it */
    int64_t retry_after_s;
    bool replayed, is_stale;
};
#define VARY_FILE TEXT("accept-encoding")
#define VARY_ANSWER TEXT("accept-encoding, accept-language")
#define VARY_PAGE TEXT("accept-encoding, accept-language, cookie")

enum page_format { PAGE_JSON, PAGE_CSV, PAGE_XLSX, PAGE_PDF, PAGE_FORMATS_COUNT };
/* How one page of a list was asked for. */
struct page {
    int64_t limit;
    text cursor;
    bool limit_given;
    enum page_format format;
};

/* What rows say before they are an answer: the `problem` of the first row, or no row where one was needed. */
enum problem rows_refusal(const struct rows *rows, enum answer_shape shape, struct problems *problems);
/* Fills body, content_type and etag. PROBLEM_OURS: larger than ANSWER_BYTES_MAX. */
MUST_USE enum problem answer_from_rows(struct answer *answer, struct arena *arena, const struct rows *rows,
                                       const struct route *route, const struct page *page, text *next_cursor);
/* The first row as one JSON object, without `problem`: what facts are decoded from. */
text rows_object(const struct rows *rows, struct arena *arena);
void answer_from_problem(struct answer *answer, struct arena *arena, enum problem problem,
                         const struct problems *problems, enum language language, text path, text request_id);
/* An ETag from the bytes, where no version gives one. */
text answer_hash(struct arena *arena, text body);
void answer_etag_of_read(struct answer *answer, struct arena *arena);
bool etag_listed(text header, text etag);

/* Sends once; the body is not copied. */
void answer_send(struct visit *visit, const struct answer *answer);
/* A refusal before there is an exchange; copies. */
void answer_refuse(struct visit *visit, enum problem problem, const struct problems *problems,
                   unsigned methods_allowed);

#endif
