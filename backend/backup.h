/* backup: what `shanhuo backup` writes beside the dump and `shanhuo restore` holds it against. */
#ifndef BACKUP_H
#define BACKUP_H

#include "command.h"

enum { BACKUP_MANIFEST_BYTES_MAX = 16 * 1024 * 1024, BACKUP_KEYS_BYTES_MAX = 64 * 1024, BACKUP_SHA256_HEX = 64 };

/* FILE.manifest: lines of words parted by tabs. Says what the file must be, which keys it needs and which seals it must hold. */
struct backup_manifest {
    text made_at;    /* an instant */
    int64_t bytes;   /* of the dump */
    text sha256;     /* of the dump, hexadecimal */
    text keys;       /* fingerprint of the keys: config_keys_fingerprint */
    text heads_json; /* [{"county", "number", "head"}]: the last seal of each county when the dump began */
    int64_t heads_count;
};
text backup_manifest_write(struct arena *arena, const struct backup_manifest *manifest, const struct rows *heads);
MUST_USE bool backup_manifest_read(struct arena *arena, text lines, struct backup_manifest *manifest);

/* false: the file can't be read. */
MUST_USE bool backup_sha256(struct arena *arena, int file, int64_t *bytes, text *hexadecimal);
MUST_USE bool backup_read_whole(struct arena *arena, int file, size_t bytes_max, text *content);
MUST_USE bool backup_write_whole(int file, text content);

/* A program of the PostgreSQL that made the database ("pg_dump"): a newer one writes what an older one can't read. NULL after saying so. */
const char *backup_program(struct arena *arena, struct db *db, const char *name);
/* Runs it to its end, with standard input or output on `file`; its complaints go to standard error. */
MUST_USE bool backup_run(const char *const *words, int standard, int file);

#endif
