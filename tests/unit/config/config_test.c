/* Settings: which source wins, what is refused, what is never shown. Keys: made once, kept, never replaced. */
#include <sys/stat.h>
#include <unistd.h>
#include "unit.h"
#include "config.h"
#include "registry.h"

static text printed(struct arena *arena)
{
    char *at = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&at, &length);
    config_print(to, true);
    fclose(to);
    text copy = text_copy(arena, (text){at, length});
    free(at);
    return copy;
}

static bool text_has(text whole, text part)
{
    return memmem(whole.at, whole.length, part.at, part.length) != NULL;
}

Test(config, flag_beats_environment_beats_default)
{
    SCRATCH(arena);
    setenv("SHANHUO_THREADS", "3", 1);
    setenv("SHANHUO_PLAIN_ADDRESS", "127.0.0.1:1", 1);
    cr_assert(config_set_flag("plain-address", "127.0.0.1:2"));
    cr_assert(config_load(arena));
    cr_assert_eq(config_count(SETTING_THREADS), 3);
    cr_assert_str_eq(config_text(SETTING_PLAIN_ADDRESS), "127.0.0.1:2");
    cr_assert_str_eq(config_text(SETTING_OPERATIONS_ADDRESS), "127.0.0.1:9090");
}

Test(config, unknown_flags_and_wrong_values_are_refused)
{
    SCRATCH(arena);
    cr_assert_not(config_set_flag("colour", "red"));
    cr_assert_not(config_set_flag("thread", "1"));
    cr_assert(config_set_flag("receipt-s", "-1"));
    cr_assert_not(config_load(arena));
    cr_assert(config_set_flag("receipt-s", "1"));
    cr_assert(config_set_flag("payment-provider", "cash"));
    cr_assert_not(config_load(arena));
}

Test(config, the_demo_keeps_to_itself)
{
    SCRATCH(arena);
    unsetenv("PAYMENT_PROVIDER");
    unsetenv("SHANHUO_TLS_ADDRESS");
    config_use_demo_values();
    cr_assert(config_load(arena));
    cr_assert_str_eq(config_text(SETTING_TLS_ADDRESS), "127.0.0.1:8443");
    cr_assert_str_eq(config_text(SETTING_PAYMENT_PROVIDER), "simulator");
}

Test(config, periods_answer_by_their_statement_name)
{
    SCRATCH(arena);
    cr_assert(config_load(arena));
    EXPECT_TEXT(config_period(TEXT("return_window")), "604800");
    cr_assert_null(config_period(TEXT("threads")).at);
    cr_assert_null(config_period(TEXT("return")).at);
}

Test(config, secrets_are_never_printed)
{
    SCRATCH(arena);
    setenv("DATABASE_URL", "postgresql://app:open-sesame@db/shanhuo", 1);
    cr_assert(config_load(arena));
    text all = printed(arena);
    cr_assert_not(text_has(all, TEXT("sesame")));
    cr_assert(text_has(all, TEXT("(set)")));
}

static const char *scratch_folder(struct arena *arena)
{
    char *folder = (char *)text_format(arena, "/tmp/shanhuo-keys-XXXXXX").at;
    cr_assert_not_null(mkdtemp(folder));
    setenv("SHANHUO_DATA", folder, 1);
    cr_assert(config_load(arena));
    return folder;
}

static void scratch_remove(struct arena *arena, const char *folder)
{
    const char *const parts[] = {"keys/personal", "keys/codes", "keys/callbacks", "keys/heads", "postgres/PG_VERSION"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        unlink(text_format(arena, "%s/%s", folder, parts[i]).at);
    rmdir(text_format(arena, "%s/keys", folder).at);
    rmdir(text_format(arena, "%s/postgres", folder).at);
    cr_assert_eq(rmdir(folder), 0, "something else is left in it");
}

Test(config, keys_are_made_once_and_only_their_owner_reads_them)
{
    SCRATCH(arena);
    const char *folder = scratch_folder(arena);
    cr_assert_not(config_keys_open(arena, false), "none are made unasked");
    cr_assert(config_keys_open(arena, true));
    struct stat found;
    cr_assert_eq(stat(text_format(arena, "%s/keys/personal", folder).at, &found), 0);
    cr_assert_eq(found.st_mode & 0777, 0600);
    cr_assert_eq(config_personal_keys()->sealing_count, 1);
    cr_assert_neq(memcmp(config_key(KEY_CODES), config_key(KEY_CALLBACKS), KEY_BYTES), 0);
    cr_assert_eq(config_simulator_secret(arena).length, 2 * KEY_BYTES);
    scratch_remove(arena, folder);
}

Test(config, a_missing_key_beside_a_database_is_never_replaced)
{
    SCRATCH(arena);
    const char *folder = scratch_folder(arena);
    mkdir(text_format(arena, "%s/postgres", folder).at, 0700);
    fclose(fopen(text_format(arena, "%s/postgres/PG_VERSION", folder).at, "we"));
    cr_assert_not(config_keys_open(arena, true));
    scratch_remove(arena, folder);
}
