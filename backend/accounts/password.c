/* Password hashing and the strength rule. An unknown login must cost a guesser the same time as a known one. */
#include <sodium.h>

#include "accounts.h"

#define HASH_PASSES 2
#define HASH_BYTES (19 * 1024 * 1024)
#define LONG_ENOUGH_CHARACTERS 10
#define MIXED_ENOUGH_CHARACTERS 8
#define MIXED_ENOUGH_KINDS 3
#define DISTINCT_BYTES_MIN 5
#define LOGIN_BYTES_COMPARED_MIN 4

_Static_assert(PASSWORD_HASH_BYTES == crypto_pwhash_STRBYTES, "the size of a stored hash");

/* The hash of random bytes that nobody kept, with the parameters above: what a guess at an unknown login is held against. */
static const char nobodys_hash[] =
    "$argon2id$v=19$m=19456,t=2,p=1$VD72CcmNbkIG4rWBtiH7eg$8W0MT6hEITl63Y5rEcbjh36GhNUqy8uE2UK7bcUjX8A";

bool password_hash(text password, char hash[PASSWORD_HASH_BYTES])
{
    if (password.length > PASSWORD_BYTES_MAX)
        return false;
    return crypto_pwhash_str_alg(hash, password.at, password.length, HASH_PASSES, HASH_BYTES,
                                 crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static void stored_terminated(text stored, char into[PASSWORD_HASH_BYTES])
{
    memset(into, 0, PASSWORD_HASH_BYTES);
    memcpy(into, stored.at, stored.length);
}

bool password_matches(text password, text stored_hash)
{
    bool known = stored_hash.at != NULL && stored_hash.length < PASSWORD_HASH_BYTES;
    char stored[PASSWORD_HASH_BYTES];
    stored_terminated(known ? stored_hash : (text){nobodys_hash, sizeof(nobodys_hash) - 1}, stored);
    if (password.length > PASSWORD_BYTES_MAX)
        return false;
    bool fits = crypto_pwhash_str_verify(stored, password.at, password.length) == 0;
    return fits && known;
}

bool password_needs_rehash(text stored_hash)
{
    if (stored_hash.length >= PASSWORD_HASH_BYTES)
        return true;
    char stored[PASSWORD_HASH_BYTES];
    stored_terminated(stored_hash, stored);
    return crypto_pwhash_str_needs_rehash(stored, HASH_PASSES, HASH_BYTES) != 0;
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool equal_ignoring_case(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

static bool holds(text password, text login)
{
    if (login.length == 0)
        return false;
    if (login.length < LOGIN_BYTES_COMPARED_MIN)
        return login.length == password.length && equal_ignoring_case(password.at, login.at, login.length);
    for (size_t at = 0; at + login.length <= password.length; at++) {
        if (equal_ignoring_case(password.at + at, login.at, login.length))
            return true;
    }
    return false;
}

static bool is_common(text password)
{
    /* Long enough for the rule and still among the first tries; shorter ones fall by their length. */
    static const char *const common[] = {
        "1234567890",   "0123456789",    "0987654321",  "9876543210",  "qwertyuiop",    "asdfghjkl;",  "1q2w3e4r5t",
        "1qaz2wsx3edc", "qwer1234!",     "password1!",  "password123", "password1234",  "passw0rd!",   "p@ssw0rd",
        "p@ssw0rd123",  "admin12345",    "admin123456", "admin@123",   "administrator", "iloveyou123", "woaini1314",
        "woaini520",    "woaini1314520", "5201314520",  "a123456789",  "qq123456789",   "abcdefghij",  "abcdefg123",
        "abc1234567",   "abc123456!",    "qwerty1234",  "qwerty12345", "qwerty123456",  "changeme123", "welcome123",
        "zhangsan123",  "shanhuo123",    "shanhuo1234", "longnan123",
    };
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
        text one = text_from(common[i]);
        if (one.length == password.length && equal_ignoring_case(one.at, password.at, one.length))
            return true;
    }
    return false;
}

static int distinct_bytes(text password)
{
    bool seen[256] = {false};
    int distinct = 0;
    for (size_t i = 0; i < password.length; i++) {
        unsigned char c = (unsigned char)password.at[i];
        distinct += !seen[c];
        seen[c] = true;
    }
    return distinct;
}

static int kinds_of_characters(text password)
{
    bool lower_case = false, upper_case = false, digit = false, other = false;
    for (size_t i = 0; i < password.length; i++) {
        char c = password.at[i];
        if (c >= 'a' && c <= 'z')
            lower_case = true;
        else if (c >= 'A' && c <= 'Z')
            upper_case = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            other = true;
    }
    return lower_case + upper_case + digit + other;
}

const char *password_fault(text password, text login)
{
    if (password.length > PASSWORD_BYTES_MAX)
        return PASSWORD_TOO_LONG;
    int64_t characters = text_characters(password);
    bool mixed = characters >= MIXED_ENOUGH_CHARACTERS && kinds_of_characters(password) >= MIXED_ENOUGH_KINDS;
    if (characters < LONG_ENOUGH_CHARACTERS && !mixed)
        return PASSWORD_TOO_WEAK;
    if (distinct_bytes(password) < DISTINCT_BYTES_MIN || is_common(password) || holds(password, login))
        return PASSWORD_TOO_COMMON;
    return NULL;
}
