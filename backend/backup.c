/* The manifest of a backup and the programs of PostgreSQL that make and read the dump. */
#include <errno.h>
#include <openssl/evp.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backup.h"

#define MANIFEST_HEADING "shanhuo-backup\t1"
enum { READ_BYTES = 1 << 20 };

/* ---- The manifest ---- */

text backup_manifest_write(struct arena *arena, const struct backup_manifest *manifest, const struct rows *heads)
{
    struct bytes lines;
    bytes_init(&lines, arena, BACKUP_MANIFEST_BYTES_MAX);
    bytes_add_format(&lines, MANIFEST_HEADING "\nmade_at\t%.*s\nbytes\t%lld\nsha256\t%.*s\nkeys\t%.*s\n",
                     TEXT_ARGUMENTS(manifest->made_at), (long long)manifest->bytes, TEXT_ARGUMENTS(manifest->sha256),
                     TEXT_ARGUMENTS(manifest->keys));
    for (size_t row = 0; row < rows_count(heads); row++)
        bytes_add_format(&lines, "head\t%.*s\t%.*s\t%.*s\n", TEXT_ARGUMENTS(rows_value(heads, row, 0)),
                         TEXT_ARGUMENTS(rows_value(heads, row, 1)), TEXT_ARGUMENTS(rows_value(heads, row, 2)));
    return bytes_text(&lines);
}

static void head_add(struct bytes *json, text line)
{
    text county = text_cut(&line, '\t'), number = text_cut(&line, '\t');
    bytes_add(json, json->length > 1 ? TEXT(",{\"county\":") : TEXT("{\"county\":"));
    bytes_add_json_string(json, county);
    bytes_add(json, TEXT(",\"number\":"));
    bytes_add_json_string(json, number);
    bytes_add(json, TEXT(",\"head\":"));
    bytes_add_json_string(json, line);
    bytes_add_char(json, '}');
}

static bool line_read(struct backup_manifest *manifest, struct bytes *heads, text line)
{
    text name = text_cut(&line, '\t');
    if (line.at == NULL)
        return false;
    if (text_equal(name, TEXT("bytes")))
        return text_to_int64(line, 1, INT64_MAX, &manifest->bytes);
    if (text_equal(name, TEXT("made_at")))
        manifest->made_at = line;
    else if (text_equal(name, TEXT("sha256")))
        manifest->sha256 = line;
    else if (text_equal(name, TEXT("keys")))
        manifest->keys = line;
    else if (text_equal(name, TEXT("head"))) {
        head_add(heads, line);
        manifest->heads_count++;
    }
    return true;
}

bool backup_manifest_read(struct arena *arena, text lines, struct backup_manifest *manifest)
{
    struct bytes heads;
    text rest = text_trim(lines);
    *manifest = (struct backup_manifest){0};
    bytes_init(&heads, arena, BACKUP_MANIFEST_BYTES_MAX * 2);
    bytes_add_char(&heads, '[');
    if (!text_equal(text_cut(&rest, '\n'), TEXT(MANIFEST_HEADING)))
        return false;
    while (rest.at != NULL)
        if (!line_read(manifest, &heads, text_cut(&rest, '\n')))
            return false;
    bytes_add_char(&heads, ']');
    manifest->heads_json = bytes_text(&heads);
    return manifest->bytes > 0 && manifest->sha256.length == BACKUP_SHA256_HEX && manifest->keys.length > 0 &&
           manifest->made_at.length > 0;
}

/* ---- Files ---- */

static text hexadecimal_of(struct arena *arena, const uint8_t *bytes, size_t count)
{
    struct bytes hexadecimal;
    bytes_init(&hexadecimal, arena, 2 * count + 1);
    for (size_t i = 0; i < count; i++)
        bytes_add_format(&hexadecimal, "%02x", bytes[i]);
    return bytes_text(&hexadecimal);
}

bool backup_sha256(struct arena *arena, int file, int64_t *bytes, text *hexadecimal)
{
    uint8_t digest[EVP_MAX_MD_SIZE], *chunk = arena_alloc(arena, READ_BYTES);
    unsigned digest_bytes = 0;
    ssize_t got = 1;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    must(context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
    for (*bytes = 0; got > 0; *bytes += got > 0 ? got : 0) {
        got = pread(file, chunk, READ_BYTES, *bytes);
        if (got > 0)
            must(EVP_DigestUpdate(context, chunk, (size_t)got) == 1);
    }
    must(EVP_DigestFinal_ex(context, digest, &digest_bytes) == 1);
    EVP_MD_CTX_free(context);
    *hexadecimal = hexadecimal_of(arena, digest, digest_bytes);
    return got == 0;
}

bool backup_read_whole(struct arena *arena, int file, size_t bytes_max, text *content)
{
    char *at = arena_alloc(arena, bytes_max);
    ssize_t got = 1;
    for (*content = (text){at, 0}; got > 0 && content->length < bytes_max;) {
        got = read(file, at + content->length, bytes_max - content->length);
        content->length += got > 0 ? (size_t)got : 0;
    }
    return got == 0;
}

bool backup_write_whole(int file, text content)
{
    while (content.length > 0) {
        ssize_t wrote = write(file, content.at, content.length);
        if (wrote <= 0 && errno != EINTR)
            return false;
        if (wrote > 0)
            content = text_part(content, (size_t)wrote, content.length);
    }
    return fsync(file) == 0;
}

/* ---- The programs ---- */

const char *backup_program(struct arena *arena, struct db *db, const char *name)
{
    struct outcome outcome = {0};
    int64_t version;
    if (db_script(db, TEXT("SHOW server_version_num"), &outcome) != PROBLEM_NONE ||
        !text_to_int64(rows_value(outcome.rows, 0, 0), 1, INT32_MAX, &version))
        return NULL;
    const char *program = text_format(arena, "/usr/lib/postgresql/%lld/bin/%s", (long long)(version / 10000), name).at;
    if (access(program, X_OK) == 0)
        return program;
    fprintf(stderr,
            "shanhuo: %s is missing; install it: apt-get install --no-install-recommends postgresql-client-%lld\n",
            program, (long long)(version / 10000));
    return NULL;
}

bool backup_run(const char *const *words, int standard, int file)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 0;
    must(posix_spawn_file_actions_init(&actions) == 0);
    must(posix_spawn_file_actions_adddup2(&actions, file, standard) == 0);
    int reason = posix_spawn(&child, words[0], &actions, NULL, (char *const *)(uintptr_t)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (reason != 0) {
        fprintf(stderr, "shanhuo: cannot run %s: %s\n", words[0], strerror(reason));
        return false;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
