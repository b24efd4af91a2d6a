/* Keys of the data folder: made once, read into locked memory. Must never overwrite a key or let one reach a log. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "registry.h"

enum { KEY_FILE_BYTES_MAX = 4096 };

struct key_ring {
    struct personal_keys personal;
    uint8_t secrets[KEYS_COUNT][KEY_BYTES];
};
static struct key_ring *ring; /* read-only once filled */

/* ---- What a file holds ---- */

static text secret_new(struct arena *arena)
{
    uint8_t fresh[KEY_BYTES];
    char *hexadecimal = arena_alloc(arena, KEY_BYTES * 2 + 1);
    random_bytes(fresh, sizeof(fresh));
    sodium_bin2hex(hexadecimal, KEY_BYTES * 2 + 1, fresh, sizeof(fresh));
    sodium_memzero(fresh, sizeof(fresh));
    return text_from(hexadecimal);
}

static bool secret_read(text contents, enum key_name name)
{
    size_t length = 0;
    return sodium_hex2bin(ring->secrets[name], KEY_BYTES, contents.at, contents.length, "\n", &length, NULL) == 0 &&
           length == KEY_BYTES;
}

static bool personal_read(text contents, enum key_name name)
{
    (void)name;
    return personal_keys_read(contents, &ring->personal);
}

static const struct key_file {
    const char *name;
    text (*make)(struct arena *arena);
    bool (*read)(text contents, enum key_name name);
    enum key_name key;
    bool
        may_come_later; /* a new one makes nothing unreadable: installations older than this key get it at their next start */
} key_files[] = {
    {"personal", personal_keys_new, personal_read},
    {"codes", secret_new, secret_read, KEY_CODES},
    {"callbacks", secret_new, secret_read, KEY_CALLBACKS},
    {"heads", secret_new, secret_read, KEY_HEADS, .may_come_later = true},
};
enum { KEY_FILES_COUNT = sizeof(key_files) / sizeof(key_files[0]) };
_Static_assert(KEY_FILES_COUNT == KEYS_COUNT + 1, "every key has its file");

/* ---- The files ---- */

static bool say_trouble(const char *path, const char *what)
{
    fprintf(stderr, "shanhuo: key %s: %s\n", path, what);
    return false;
}

static bool key_file_read(const char *path, const struct key_file *file)
{
    char contents[KEY_FILE_BYTES_MAX];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return say_trouble(path, strerror(errno));
    ssize_t got = read(descriptor, contents, sizeof(contents));
    close(descriptor);
    bool understood = got > 0 && file->read((text){contents, (size_t)got}, file->key);
    sodium_memzero(contents, sizeof(contents));
    return understood ? true : say_trouble(path, "is damaged: restore it from your backup");
}

/* Written under another name first: a crash in between must not leave half a key. link() refuses an existing one. */
static bool key_file_write(struct arena *arena, const char *path, text contents)
{
    const char *draft = text_format(arena, "%s.new", path).at;
    unlink(draft);
    int file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written =
        file >= 0 && write(file, contents.at, contents.length) == (ssize_t)contents.length && fsync(file) == 0;
    if (file >= 0)
        close(file);
    bool linked = written && (link(draft, path) == 0 || errno == EEXIST);
    int reason = errno;
    unlink(draft);
    return linked ? true : say_trouble(path, strerror(reason));
}

static bool key_file_open(struct arena *arena, const struct key_file *key, bool may_create)
{
    const char *folder = config_text(SETTING_DATA_FOLDER);
    const char *path = text_format(arena, "%s/keys/%s", folder, key->name).at;
    if (access(path, F_OK) != 0) {
        /* With a database but no key, a new key would make every stored number unreadable and every duplicate invisible. */
        const char *cluster = text_format(arena, "%s/postgres/PG_VERSION", folder).at;
        if (access(cluster, F_OK) == 0 && !key->may_come_later)
            return say_trouble(path, "is missing although there is a database: restore it from your backup");
        if (!may_create)
            return say_trouble(path, "is missing: start `shanhuo serve` once");
        if (!key_file_write(arena, path, key->make(arena)))
            return false;
    }
    return key_file_read(path, key);
}

/* The words of fresh keys pass through an arena of their own, which is gone before anything else happens. */
static bool key_files_open(bool may_create)
{
    struct arena *arena = arena_new();
    bool opened = true;
    for (size_t i = 0; opened && i < KEY_FILES_COUNT; i++)
        opened = key_file_open(arena, &key_files[i], may_create);
    arena_free(arena);
    return opened;
}

/* ---- The bundle: a line a file, its name and its contents in hexadecimal ---- */

static bool key_file_bundle(struct arena *arena, const struct key_file *file, struct bytes *bundle)
{
    char contents[KEY_FILE_BYTES_MAX], hexadecimal[KEY_FILE_BYTES_MAX * 2 + 1];
    const char *path = text_format(arena, "%s/keys/%s", config_text(SETTING_DATA_FOLDER), file->name).at;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = descriptor < 0 ? -1 : read(descriptor, contents, sizeof(contents));
    if (descriptor >= 0)
        close(descriptor);
    if (got <= 0)
        return file->may_come_later;
    sodium_bin2hex(hexadecimal, sizeof(hexadecimal), (const uint8_t *)contents, (size_t)got);
    bytes_add_format(bundle, "%s %s\n", file->name, hexadecimal);
    sodium_memzero(contents, sizeof(contents));
    sodium_memzero(hexadecimal, sizeof(hexadecimal));
    return true;
}

bool config_keys_bundle(struct arena *arena, text *bundle)
{
    struct bytes lines;
    must(sodium_init() >= 0);
    bytes_init(&lines, arena, (KEY_FILE_BYTES_MAX * 2 + 64) * KEY_FILES_COUNT);
    for (size_t i = 0; i < KEY_FILES_COUNT; i++)
        if (!key_file_bundle(arena, &key_files[i], &lines))
            return false;
    *bundle = bytes_text(&lines);
    return true;
}

text config_keys_fingerprint(struct arena *arena, text bundle)
{
    uint8_t hash[crypto_generichash_BYTES_MIN];
    char *hexadecimal = arena_alloc(arena, sizeof(hash) * 2 + 1);
    must(sodium_init() >= 0);
    must(crypto_generichash(hash, sizeof(hash), (const uint8_t *)bundle.at, bundle.length, NULL, 0) == 0);
    sodium_bin2hex(hexadecimal, sizeof(hash) * 2 + 1, hash, sizeof(hash));
    return text_from(hexadecimal);
}

void config_keys_forget(text bundle)
{
    sodium_memzero((char *)(uintptr_t)bundle.at, bundle.length);
}

static bool key_file_adopt(struct arena *arena, text name, text hexadecimal)
{
    uint8_t contents[KEY_FILE_BYTES_MAX];
    size_t length = 0;
    if (sodium_hex2bin(contents, sizeof(contents), hexadecimal.at, hexadecimal.length, NULL, &length, NULL) != 0)
        return say_trouble(text_terminated(arena, name), "is damaged in the file of keys");
    for (size_t i = 0; i < KEY_FILES_COUNT; i++) {
        const char *path = text_format(arena, "%s/keys/%s", config_text(SETTING_DATA_FOLDER), key_files[i].name).at;
        if (text_equal(name, text_from(key_files[i].name)))
            return key_file_write(arena, path, (text){(char *)contents, length});
    }
    return say_trouble(text_terminated(arena, name), "is not known to this program");
}

bool config_keys_adopt(struct arena *arena, text bundle)
{
    text here, rest = text_trim(bundle);
    if (config_keys_bundle(arena, &here))
        return text_equal(here, bundle) ? true : say_trouble("keys", "this data folder has others");
    const char *folder = text_format(arena, "%s/keys", config_text(SETTING_DATA_FOLDER)).at;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return say_trouble(folder, strerror(errno));
    while (rest.at != NULL) {
        text line = text_cut(&rest, '\n'), name = text_cut(&line, ' ');
        if (line.at == NULL || !key_file_adopt(arena, name, line))
            return false;
    }
    return true;
}

bool config_keys_open(struct arena *arena, bool may_create)
{
    if (ring != NULL) {
        (void)sodium_mlock(ring, sizeof(*ring));
        return true;
    }
    must(sodium_init() >= 0);
    const char *folder = text_format(arena, "%s/keys", config_text(SETTING_DATA_FOLDER)).at;
    if (may_create && mkdir(folder, 0700) != 0 && errno != EEXIST)
        return say_trouble(folder, strerror(errno));
    ring = sodium_malloc(sizeof(*ring));
    must(ring != NULL);
    if (key_files_open(may_create)) {
        (void)sodium_mprotect_readonly(ring);
        return true;
    }
    sodium_free(ring);
    ring = NULL;
    return false;
}

const uint8_t *config_key(enum key_name name)
{
    must(ring != NULL);
    return ring->secrets[name];
}

const struct personal_keys *config_personal_keys(void)
{
    must(ring != NULL);
    return &ring->personal;
}

text config_simulator_secret(struct arena *arena)
{
    const char *given = config_text(SETTING_SIMULATOR_SECRET);
    if (given != NULL)
        return text_from(given);
    char *hexadecimal = arena_alloc(arena, KEY_BYTES * 2 + 1);
    sodium_bin2hex(hexadecimal, KEY_BYTES * 2 + 1, config_key(KEY_CALLBACKS), KEY_BYTES);
    return text_from(hexadecimal);
}
