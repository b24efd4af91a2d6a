/* The web pages built into the program: hashed and compressed once at start, served from memory. */
#define ZLIB_CONST
#include <zlib.h>
#include "http/answer.h"
#include "http/assets.h"
#include "http/router.h"
#include "http/shell.h"

#define ASSETS_MAX 4096
#define ASSET_BUCKETS 8192
#define GZIP_LEAST_BYTES 256

/* A row of the section `assets`, written by static/pack.mjs and the Makefile. */
struct embedded_asset {
    const char *name, *at, *end;
};
extern const struct embedded_asset __start_assets[], __stop_assets[];

struct asset {
    struct asset *next;
    text path, plain, gzip, brotli, etag, content_type, cache_control;
};
struct assets {
    struct asset *buckets[ASSET_BUCKETS];
    struct shell *shells;
    bool strict_transport;
};

#define FOR_EVER "public, max-age=31536000, immutable" /* a name that changes with its bytes */
#define ASKED_AGAIN "no-cache"
#define FOR_A_DAY "public, max-age=86400"

static const struct {
    const char *ending, *content_type, *cache_control;
    bool is_compressible;
} kinds[] = {
    {".html", "text/html; charset=utf-8", ASKED_AGAIN, true},
    {".css", "text/css; charset=utf-8", ASKED_AGAIN, true},
    {".js", "text/javascript; charset=utf-8", ASKED_AGAIN, true},
    {".json", "application/json", ASKED_AGAIN, true},
    {".webmanifest", "application/manifest+json", ASKED_AGAIN, true},
    {".svg", "image/svg+xml", FOR_A_DAY, true},
    {".png", "image/png", FOR_A_DAY, false},
    {".woff2", "font/woff2", FOR_A_DAY, false},
};

static struct asset **asset_bucket(struct assets *assets, text path)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < path.length; i++)
        hash = (hash ^ (uint8_t)path.at[i]) * UINT64_C(0x100000001B3);
    return &assets->buckets[(hash >> 20) % ASSET_BUCKETS];
}

static struct asset *asset_find(struct assets *assets, text path)
{
    struct asset *asset = *asset_bucket(assets, path);
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

static void asset_add(struct assets *assets, struct arena *arena, text name, text bytes)
{
    struct asset *asset = arena_alloc(arena, sizeof *asset);
    asset->path = text_format(arena, "/%.*s", TEXT_ARGUMENTS(name));
    asset->plain = bytes;
    asset->etag = answer_hash(arena, bytes);
    asset->content_type = TEXT("application/octet-stream");
    asset->cache_control = TEXT(ASKED_AGAIN);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_ends_with(name, text_from(kinds[i].ending))) {
            asset->content_type = text_from(kinds[i].content_type);
            asset->cache_control = text_from(kinds[i].cache_control);
            asset->gzip = kinds[i].is_compressible ? gzip_of(arena, bytes) : TEXT_NONE;
        }
    if (text_starts_with(name, TEXT("assets/")))
        asset->cache_control = TEXT(FOR_EVER);
    struct asset **bucket = asset_bucket(assets, asset->path);
    asset->next = *bucket;
    *bucket = asset;
}

static void shell_add(struct assets *assets, struct arena *arena, text name, text html)
{
    struct shell *shell = shell_new(arena, text_part(name, 0, name.length - strlen(".html")), html);
    shell->next = assets->shells;
    assets->shells = shell;
}

static bool is_shell(text name)
{
    return text_ends_with(name, TEXT(".html")) && memchr(name.at, '/', name.length) == NULL;
}

/* "assets/buyer-3F9C2A1B.js.br" is what brotli made of the file before it. */
static bool take_brotli(struct assets *assets, struct arena *arena, text name, text bytes)
{
    if (!text_ends_with(name, TEXT(".br")))
        return false;
    struct asset *asset =
        asset_find(assets, text_format(arena, "/%.*s", TEXT_ARGUMENTS(text_part(name, 0, name.length - 3))));
    if (asset != NULL)
        asset->brotli = bytes;
    return true;
}

struct assets *assets_new(struct arena *arena, bool strict_transport)
{
    struct assets *assets = arena_alloc(arena, sizeof *assets);
    assets->strict_transport = strict_transport;
    must((size_t)(__stop_assets - __start_assets) <= ASSETS_MAX);
    for (const struct embedded_asset *row = __start_assets; row < __stop_assets; row++) {
        text name = text_from(row->name), bytes = {row->at, (size_t)(row->end - row->at)};
        if (is_shell(name))
            shell_add(assets, arena, name, bytes);
        else if (!take_brotli(assets, arena, name, bytes))
            asset_add(assets, arena, name, bytes);
    }
    return assets;
}

static const struct shell *shell_find(const struct assets *assets, const char *name)
{
    const struct shell *shell = assets->shells;
    while (shell != NULL && !text_equal(shell->name, text_from(name)))
        shell = shell->next;
    return shell;
}

text assets_page(const struct assets *assets, struct arena *arena, const char *name, enum language language, text head,
                 text page, text data)
{
    const struct shell *shell = shell_find(assets, name);
    if (shell == NULL)
        return page;
    const text places[SHELL_PLACES_COUNT] = {[SHELL_HEAD] = head, [SHELL_PAGE] = page, [SHELL_DATA] = data};
    return shell_fill(shell, arena, language, places);
}

void assets_page_headers(struct visit *visit)
{
    static const struct {
        const char *name, *value;
    } headers[] = {
        {"content-security-policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
         "blob:; font-src 'self'; connect-src 'self'; "
         "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"referrer-policy", "same-origin"},
        {"cross-origin-opener-policy", "same-origin"},
        {"permissions-policy", "camera=(), geolocation=(), microphone=()"},
        {"strict-transport-security", "max-age=31536000"},
    };
    bool is_strict = visit->worker->server->assets->strict_transport && visit_is_secure(visit);
    size_t count = sizeof headers / sizeof headers[0] - (is_strict ? 0 : 1);
    for (size_t i = 0; i < count; i++)
        h2o_add_header_by_str(&visit->req->pool, &visit->req->res.headers, headers[i].name, strlen(headers[i].name), 0,
                              NULL, headers[i].value, strlen(headers[i].value));
}

static void asset_send(struct visit *visit, const struct asset *asset)
{
    struct answer answer = {
        .status = 200,
        .body = asset->plain,
        .content_type = asset->content_type,
        .etag = asset->etag,
        .cache_control = asset->cache_control,
        .vary = asset->gzip.at == NULL ? TEXT_NONE : VARY_FILE,
    };
    if (asset->brotli.at != NULL && visit_takes_brotli(visit)) {
        answer.body = asset->brotli;
        answer.encoding = TEXT("br");
    } else if (asset->gzip.at != NULL && visit_takes_gzip(visit)) {
        answer.body = asset->gzip;
        answer.encoding = TEXT("gzip");
    }
    assets_page_headers(visit);
    if (text_equal(asset->path, TEXT("/sw.js")))
        h2o_add_header_by_str(&visit->req->pool, &visit->req->res.headers, H2O_STRLIT("service-worker-allowed"), 0,
                              NULL, H2O_STRLIT("/"));
    answer_send(visit, &answer);
}

static void shell_send(struct visit *visit, const struct shell *shell, int status)
{
    enum language language = visit_language(visit);
    struct answer answer = shell->plain[language];
    answer.status = status;
    if (shell->gzip[language].at != NULL && visit_takes_gzip(visit)) {
        answer.body = shell->gzip[language];
        answer.encoding = TEXT("gzip");
    }
    assets_page_headers(visit);
    answer_send(visit, &answer);
}

void assets_refuse(struct visit *visit, enum problem problem, const struct problems *problems)
{
    const struct shell *shell = shell_find(visit->worker->server->assets, "buyer");
    if (shell != NULL && visit_takes_html(visit))
        shell_send(visit, shell, problem_status(problem));
    else
        answer_refuse(visit, problem, problems, problem == PROBLEM_METHOD ? 1u << GET : 0);
}

void assets_serve(struct visit *visit, text path)
{
    struct assets *assets = visit->worker->server->assets;
    const struct asset *asset = asset_find(assets, path);
    const char *name = asset == NULL ? shell_of_path(path) : NULL;
    const struct shell *shell = name == NULL ? NULL : shell_find(assets, name);
    if (asset == NULL && shell == NULL)
        assets_refuse(visit, PROBLEM_NOT_FOUND, NULL);
    else if (method_from(text_of(visit->req->input.method)) != GET)
        assets_refuse(visit, PROBLEM_METHOD, NULL);
    else if (asset != NULL)
        asset_send(visit, asset);
    else
        shell_send(visit, shell, 200);
}
