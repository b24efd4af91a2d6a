/* Search terms with ICU: compatibility folding, pairs of Chinese characters, pinyin. No dictionary: two characters must be found. */
#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utrans.h>

#include "base.h"
#include "base/words.h"

#define NAME_UNITS_MAX 1024 /* UTF-16 units of one name that are read */
#define TERM_BYTES_MAX 24   /* longer words and pinyin are found by their first letters */
#define INITIALS_MAX 8
#define SYLLABLE_BYTES_MAX 8 /* zhuang and a terminator */
#define SLOTS 4096           /* of the table that knows which terms are there; a power of two, well above the bound */

_Static_assert(SLOTS >= 2 * WORDS_OF_LISTING_MAX && WORDS_OF_LISTING_MAX < UINT16_MAX, "the table never fills");

/* Distinct terms in the order they came, until `max`. */
struct gathering {
    struct arena *arena;
    text *terms;
    size_t count, max;
    uint16_t slots[SLOTS]; /* 0: free, else 1 + index of a term */
};

static size_t slot_of(const struct gathering *gathering, text term)
{
    uint32_t hash = 2166136261u; /* FNV-1a: nothing an attacker sends takes more than SLOTS steps */
    for (size_t i = 0; i < term.length; i++)
        hash = (hash ^ (unsigned char)term.at[i]) * 16777619u;
    size_t slot = hash % SLOTS;
    while (gathering->slots[slot] != 0 && !text_equal(gathering->terms[gathering->slots[slot] - 1], term))
        slot = (slot + 1) % SLOTS;
    return slot;
}

static void gather(struct gathering *gathering, const char *at, size_t length)
{
    text term = {at, length};
    size_t slot = slot_of(gathering, term);
    if (length == 0 || gathering->count == gathering->max || gathering->slots[slot] != 0)
        return;
    gathering->terms[gathering->count++] = text_copy(gathering->arena, term);
    gathering->slots[slot] = (uint16_t)gathering->count;
}

static void gather_prefixes(struct gathering *gathering, const char *word, size_t length, size_t shortest)
{
    for (size_t size = shortest; size <= length && size <= TERM_BYTES_MAX; size++)
        gather(gathering, word, size);
}

/* Full width to half, ligatures apart, lower case: what two people type for the same word becomes the same. */
static int32_t fold(text name, UChar32 characters[NAME_UNITS_MAX])
{
    UErrorCode error = U_ZERO_ERROR;
    UChar units[NAME_UNITS_MAX], folded[NAME_UNITS_MAX];
    int32_t length = 0;
    int32_t bytes = (int32_t)(name.length < NAME_UNITS_MAX ? name.length : NAME_UNITS_MAX);
    u_strFromUTF8WithSub(units, NAME_UNITS_MAX, &length, name.at, bytes, ' ', NULL, &error);
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&error);
    must(U_SUCCESS(error));
    int32_t folded_length = unorm2_normalize(normalizer, units, length, folded, NAME_UNITS_MAX, &error);
    u_strToUTF32(characters, NAME_UNITS_MAX, &length, folded, folded_length, &error);
    return U_SUCCESS(error) ? length : 0; /* a few characters grow eighteenfold: such a name is no name */
}

enum script { SCRIPT_NONE, SCRIPT_HAN, SCRIPT_OTHER };

static enum script script_of(UChar32 character)
{
    if (u_hasBinaryProperty(character, UCHAR_UNIFIED_IDEOGRAPH))
        return SCRIPT_HAN;
    return u_isalnum(character) ? SCRIPT_OTHER : SCRIPT_NONE;
}

/* Opening one takes 80 ms, and it may serve one thread at a time: the process keeps one, behind a lock. */
static int32_t to_pinyin(UChar *characters, int32_t length, int32_t room)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static UTransliterator *kept;
    UErrorCode error = U_ZERO_ERROR;
    int32_t limit = length;
    must(pthread_mutex_lock(&lock) == 0);
    if (kept == NULL) {
        UChar name[32];
        u_uastrcpy(name, "Han-Latin; Lower; NFC");
        kept = utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
        must(U_SUCCESS(error));
    }
    utrans_transUChars(kept, characters, &length, room, 0, &limit, &error);
    must(pthread_mutex_unlock(&lock) == 0);
    return U_SUCCESS(error) ? length : 0;
}

static const UNormalizer2 *decomposer(void)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
    must(U_SUCCESS(error));
    return nfd;
}

/* The syllable without its tone; ü as `u_with_dots`, for people type v, and passports say u. Empty: ICU knows no reading. */
static size_t syllable_of(UChar32 character, char u_with_dots, char syllable[SYLLABLE_BYTES_MAX])
{
    UErrorCode error = U_ZERO_ERROR;
    UChar latin[32], apart[64];
    int32_t length = 0;
    U16_APPEND_UNSAFE(latin, length, character);
    length = to_pinyin(latin, length, 32);
    int32_t count = unorm2_normalize(decomposer(), latin, length, apart, 64, &error);
    size_t size = 0;
    for (int32_t i = 0; U_SUCCESS(error) && i < count && size < SYLLABLE_BYTES_MAX; i++) {
        if (apart[i] == 0x308 && size > 0 && syllable[size - 1] == 'u')
            syllable[size - 1] = u_with_dots;
        else if (apart[i] >= 'a' && apart[i] <= 'z')
            syllable[size++] = (char)apart[i];
    }
    return size;
}

/* One run of Chinese characters, or one word of another script. */
struct run {
    enum script script;
    UChar32 characters[NAME_UNITS_MAX];
    size_t count;
};

static size_t append_utf8(char *into, UChar32 character)
{
    uint8_t bytes[U8_MAX_LENGTH];
    size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, (uint32_t)character);
    memcpy(into, bytes, length);
    return length;
}

static void gather_characters(struct gathering *gathering, const struct run *run, size_t from, size_t count)
{
    char utf8[2 * U8_MAX_LENGTH];
    size_t length = 0;
    for (size_t i = from; i < from + count; i++)
        length += append_utf8(utf8 + length, run->characters[i]);
    gather(gathering, utf8, length);
}

static void gather_pinyin(struct gathering *gathering, const struct run *run, size_t from, char u_with_dots)
{
    char full[TERM_BYTES_MAX + SYLLABLE_BYTES_MAX], initials[INITIALS_MAX];
    size_t full_length = 0, initials_count = 0;
    for (size_t i = from; i < run->count && full_length < TERM_BYTES_MAX; i++) {
        size_t size = syllable_of(run->characters[i], u_with_dots, full + full_length);
        if (size == 0)
            break;
        if (initials_count < INITIALS_MAX)
            initials[initials_count++] = full[full_length];
        full_length += size;
    }
    gather_prefixes(gathering, full, full_length, 1);
    gather_prefixes(gathering, initials, initials_count, 2);
}

static void gather_listed_han(struct gathering *gathering, const struct run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        gather_characters(gathering, run, i, 1);
        if (i + 1 < run->count)
            gather_characters(gathering, run, i, 2);
    }
    for (size_t i = 0; i < run->count; i++) {
        gather_pinyin(gathering, run, i, 'u');
        gather_pinyin(gathering, run, i, 'v');
    }
}

static void gather_asked_han(struct gathering *gathering, const struct run *run)
{
    if (run->count == 1)
        gather_characters(gathering, run, 0, 1);
    for (size_t i = 0; i + 1 < run->count; i++)
        gather_characters(gathering, run, i, 2);
}

static size_t run_to_utf8(const struct run *run, char utf8[TERM_BYTES_MAX + U8_MAX_LENGTH])
{
    size_t length = 0;
    for (size_t i = 0; i < run->count; i++) {
        size_t size = append_utf8(utf8 + length, run->characters[i]);
        if (length + size > TERM_BYTES_MAX)
            break;
        length += size;
    }
    return length;
}

static void gather_listed_word(struct gathering *gathering, const struct run *run)
{
    char utf8[TERM_BYTES_MAX + U8_MAX_LENGTH];
    size_t length = run_to_utf8(run, utf8);
    for (size_t size = 1; size <= length; size++) {
        bool between_characters = size == length || ((unsigned char)utf8[size] & 0xC0) != 0x80;
        if (between_characters)
            gather(gathering, utf8, size);
    }
}

static void gather_asked_word(struct gathering *gathering, const struct run *run)
{
    char utf8[TERM_BYTES_MAX + U8_MAX_LENGTH];
    gather(gathering, utf8, run_to_utf8(run, utf8));
}

typedef void gather_run(struct gathering *gathering, const struct run *run);
struct gatherers {
    gather_run *by_script[SCRIPT_OTHER + 1];
};
static const struct gatherers listing = {{[SCRIPT_HAN] = gather_listed_han, [SCRIPT_OTHER] = gather_listed_word}};
static const struct gatherers asking = {{[SCRIPT_HAN] = gather_asked_han, [SCRIPT_OTHER] = gather_asked_word}};

static void gather_name(struct gathering *gathering, const struct gatherers *gatherers, text name)
{
    UChar32 characters[NAME_UNITS_MAX];
    int32_t length = fold(name, characters);
    struct run run = {.script = SCRIPT_NONE};
    for (int32_t i = 0; i <= length; i++) {
        enum script script = i < length ? script_of(characters[i]) : SCRIPT_NONE;
        if (script != run.script) {
            if (run.count > 0)
                gatherers->by_script[run.script](gathering, &run);
            run.script = script;
            run.count = 0;
        }
        if (script != SCRIPT_NONE)
            run.characters[run.count++] = characters[i];
    }
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const text *)a, *(const text *)b);
}

static struct words gather_all(struct arena *arena, const struct gatherers *gatherers, size_t max, const text *names,
                               size_t count)
{
    struct gathering *gathering = arena_alloc(arena, sizeof(*gathering));
    gathering->arena = arena;
    gathering->terms = arena_alloc_items(arena, max, sizeof(text));
    gathering->max = max;
    for (size_t i = 0; i < count; i++)
        gather_name(gathering, gatherers, names[i]);
    qsort(gathering->terms, gathering->count, sizeof(text), by_bytes);
    return (struct words){gathering->terms, gathering->count};
}

struct words words_of_listing(struct arena *arena, const text *names, size_t count)
{
    return gather_all(arena, &listing, WORDS_OF_LISTING_MAX, names, count);
}

struct words words_of_query(struct arena *arena, text query)
{
    return gather_all(arena, &asking, WORDS_OF_QUERY_MAX, &query, 1);
}

text words_to_array(struct arena *arena, struct words words)
{
    struct bytes array;
    bytes_init(&array, arena, (TERM_BYTES_MAX + 3) * (WORDS_OF_LISTING_MAX + 1));
    bytes_add_char(&array, '{');
    for (size_t i = 0; i < words.count; i++) {
        if (i > 0)
            bytes_add_char(&array, ',');
        /* Letters and digits only, so nothing in a term needs escaping. */
        bytes_add_char(&array, '"');
        bytes_add(&array, words.at[i]);
        bytes_add_char(&array, '"');
    }
    bytes_add_char(&array, '}');
    return bytes_text(&array);
}
