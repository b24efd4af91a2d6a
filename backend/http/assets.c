/* The web pages built into the program: hashed and compressed once at start, served from memory. */
#define ZLIB_CONST
#include <zlib.h>
#include "http/answer.h"
#include "http/assets.h"
#include "http/router.h"

#define ASSETS_MAX 4096
#define ASSET_BUCKETS 8192
#define GZIP_LEAST_BYTES 256

/* A row of the section `assets`, written by the Makefile's pattern rule. */
struct embedded_asset {
    const char *name, *at, *end;
};
extern const struct embedded_asset __start_assets[], __stop_assets[];

struct asset {
    struct asset *next;
    text path, plain, gzip, etag, content_type;
    bool is_page, is_for_ever;
};
struct assets {
    struct asset *buckets[ASSET_BUCKETS];
    bool strict_transport;
};

static const struct {
    const char *ending, *content_type;
    bool is_compressible;
} kinds[] = {
    {".html", "text/html; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".json", "application/json", true},
    {".svg", "image/svg+xml", true},
    {".png", "image/png", false},
    {".woff2", "font/woff2", false},
};

static struct asset **asset_bucket(struct assets *assets, text path)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < path.length; i++)
        hash = (hash ^ (uint8_t)path.at[i]) * UINT64_C(0x100000001B3);
    return &assets->buckets[(hash >> 20) % ASSET_BUCKETS];
}

static const struct asset *asset_find(struct assets *assets, text path)
{
    const struct asset *asset = *asset_bucket(assets, path);
    while (asset != NULL && !text_equal(asset->path, path))
        asset = asset->next;
    return asset;
}

text gzip_of(struct arena *arena, text plain)
{
    if (plain.length < GZIP_LEAST_BYTES)
        return TEXT_NONE;
    z_stream stream = {0};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return TEXT_NONE;
    size_t room = deflateBound(&stream, plain.length);
    char *at = arena_alloc(arena, room);
    stream.next_in = (const Bytef *)plain.at;
    stream.avail_in = (uInt)plain.length;
    stream.next_out = (Bytef *)at;
    stream.avail_out = (uInt)room;
    bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    text packed = {at, stream.total_out};
    deflateEnd(&stream);
    return whole && packed.length < plain.length ? packed : TEXT_NONE;
}

/* "app.3f9c2a1b.js": eight or more hexadecimal digits between dots or hyphens, a name that changes with its bytes. */
static bool has_hash(text path)
{
    for (text rest = path; rest.at != NULL;) {
        text part = text_cut(&rest, '.');
        while (part.at != NULL) {
            text word = text_cut(&part, '-');
            size_t digits = 0;
            while (digits < word.length && strchr("0123456789abcdef", word.at[digits]) != NULL)
                digits++;
            if (digits >= 8 && digits == word.length)
                return true;
        }
    }
    return false;
}

static void asset_add(struct assets *assets, struct arena *arena, text name, text bytes)
{
    struct asset *asset = arena_alloc(arena, sizeof *asset);
    if (text_starts_with(name, TEXT("static/")))
        name = text_part(name, 7, name.length);
    asset->path = text_format(arena, "/%.*s", TEXT_ARGUMENTS(name));
    asset->plain = bytes;
    asset->etag = answer_hash(arena, bytes);
    asset->content_type = TEXT("application/octet-stream");
    asset->is_page = text_ends_with(name, TEXT(".html"));
    asset->is_for_ever = has_hash(name);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_ends_with(name, text_from(kinds[i].ending))) {
            asset->content_type = text_from(kinds[i].content_type);
            asset->gzip = kinds[i].is_compressible ? gzip_of(arena, bytes) : TEXT_NONE;
        }
    struct asset **bucket = asset_bucket(assets, asset->path);
    asset->next = *bucket;
    *bucket = asset;
}

struct assets *assets_new(struct arena *arena, bool strict_transport)
{
    struct assets *assets = arena_alloc(arena, sizeof *assets);
    assets->strict_transport = strict_transport;
    size_t count = (size_t)(__stop_assets - __start_assets);
    must(count <= ASSETS_MAX);
    for (size_t i = 0; i < count; i++)
        asset_add(assets, arena, text_from(__start_assets[i].name),
                  (text){__start_assets[i].at, (size_t)(__start_assets[i].end - __start_assets[i].at)});
    return assets;
}

/* The buyer's pages stand at the root; every other folder under its own name. */
static const struct asset *asset_for(struct assets *assets, text path)
{
    static const char *const homes[] = {"", "/buyer"}, *const pages[] = {"", "/index.html"};
    char wanted[PATH_BYTES_MAX + 32];
    while (path.length > 0 && path.at[path.length - 1] == '/')
        path.length--;
    if (text_equal(path, TEXT("/api/docs")))
        path = TEXT("/api");
    for (size_t home = 0; home < 2; home++)
        for (size_t page = 0; page < 2; page++) {
            int length = snprintf(wanted, sizeof wanted, "%s%.*s%s", homes[home], TEXT_ARGUMENTS(path), pages[page]);
            const struct asset *asset = asset_find(assets, (text){wanted, (size_t)length});
            if (asset != NULL)
                return asset;
        }
    return NULL;
}

static void add_page_headers(struct visit *visit, bool strict_transport)
{
    static const struct {
        const char *name, *value;
    } headers[] = {
        {"content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                                    "blob:; font-src 'self'; connect-src 'self'; "
                                    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"referrer-policy", "same-origin"},
        {"cross-origin-opener-policy", "same-origin"},
        {"permissions-policy", "camera=(), geolocation=(), microphone=()"},
        {"strict-transport-security", "max-age=31536000"},
    };
    size_t count = sizeof headers / sizeof headers[0] - (strict_transport ? 0 : 1);
    for (size_t i = 0; i < count; i++)
        h2o_add_header_by_str(&visit->req->pool, &visit->req->res.headers, headers[i].name, strlen(headers[i].name), 0,
                              NULL, headers[i].value, strlen(headers[i].value));
}

void assets_serve(struct visit *visit, text path)
{
    struct assets *assets = visit->worker->server->assets;
    text method = text_of(visit->req->input.method);
    const struct asset *asset = asset_for(assets, path);
    if (asset == NULL || method_from(method) != GET) {
        answer_refuse(visit, asset == NULL ? PROBLEM_NOT_FOUND : PROBLEM_METHOD, NULL, asset == NULL ? 0 : 1u << GET);
        return;
    }
    bool packed = asset->gzip.at != NULL && visit_takes_gzip(visit);
    bool for_ever = asset->is_for_ever || text_starts_with(visit_query(visit), TEXT("v="));
    add_page_headers(visit, assets->strict_transport && visit_is_secure(visit));
    answer_send(visit, &(struct answer){
                           .status = 200,
                           .body = packed ? asset->gzip : asset->plain,
                           .is_gzip = packed,
                           .content_type = asset->content_type,
                           .etag = asset->etag,
                           .varies = asset->gzip.at != NULL,
                           .cache_control = for_ever ? TEXT("public, max-age=31536000, immutable") : TEXT("no-cache"),
                       });
}
