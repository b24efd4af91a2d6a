/* shanhuo-photos: reads one uploaded picture from its input and writes what may be shown of it: upright, scaled, without metadata.
   A program of its own, because what reads pictures is large and its input hostile: it has no database, no keys and hard limits.
   It ends with its picture, so nothing is given back. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vips/vips.h>
#include <vips/vector.h>
#include "base/limits.h"

enum {
    WEBP_QUALITY = 78,
    JPEG_QUALITY = 82,
    CARD_SIZE = 640,
    MEMORY_MIB_MAX = 1536,
    CPU_S_MAX = 20,
    TALLER_AT_MOST = 2
};
static const int sizes[] = {1280, 640, 320};
#define SIZES_COUNT (sizeof sizes / sizeof sizes[0])

static unsigned char original[PHOTO_BYTES_MAX + 1];
static size_t original_bytes;

#ifdef __SANITIZE_ADDRESS__
const char *__asan_default_options(void);
/* GLib keeps what it once made. */
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

static void limit(int resource, rlim_t most)
{
    const struct rlimit both = {most, most};
    (void)setrlimit((__rlimit_resource_t)resource, &both);
}

static void give_up_rights(void)
{
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, CPU_S_MAX);
    limit(RLIMIT_FSIZE, PHOTO_FILES_BYTES_MAX);
    limit(RLIMIT_NOFILE, 64);
#ifndef __SANITIZE_ADDRESS__ /* whose shadow is larger than any limit */
    limit(RLIMIT_AS, (rlim_t)MEMORY_MIB_MAX * 1024 * 1024);
#endif
    (void)setpriority(PRIO_PROCESS, 0, 10); /* pages come first */
}

static bool read_original(void)
{
    ssize_t got;
    while ((got = read(STDIN_FILENO, original + original_bytes, sizeof original - original_bytes)) > 0)
        original_bytes += (size_t)got;
    return got == 0 && original_bytes > 0 && original_bytes <= PHOTO_BYTES_MAX;
}

/* Only what a camera or a phone makes is read, whatever else the library knows. */
static void allow_only_photos(void)
{
    static const char *const loaders[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                                          "VipsForeignLoadHeif"};
    vips_vector_set_enabled(FALSE); /* which would make code at run time */
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < sizeof loaders / sizeof loaders[0]; i++)
        vips_operation_block_set(loaders[i], FALSE);
}

static int refuse(const char *why)
{
    printf("refused %s\n", why);
    return 0;
}

struct extent {
    int width, height; /* upright */
};

/* Reads the header only: a picture of a million by a million pixels is refused before one of them is decoded. */
static const char *measure(struct extent *extent)
{
    VipsImage *image = vips_image_new_from_buffer(original, original_bytes, "", NULL);
    if (image == NULL)
        return "unreadable";
    int width = vips_image_get_width(image), height = vips_image_get_height(image);
    if (width > PHOTO_SIDE_PIXELS_MAX || height > PHOTO_SIDE_PIXELS_MAX || (int64_t)width * height > PHOTO_PIXELS_MAX)
        return "too-large";
    bool lies = vips_image_get_orientation_swap(image);
    *extent = (struct extent){lies ? height : width, lies ? width : height};
    return NULL;
}

/* Decoded once and whole before it is scaled: what scales while it reads paints missing rows black and goes on. */
static VipsImage *decode(void)
{
    VipsImage *image = vips_image_new_from_buffer(original, original_bytes, "", "access", VIPS_ACCESS_SEQUENTIAL,
                                                  "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL);
    return image == NULL ? NULL : vips_image_copy_memory(image);
}

/* Upright, in sRGB, on white where it was transparent. NULL: it can't be read to its end. */
static VipsImage *largest(void)
{
    VipsImage *whole = decode(), *scaled = NULL, *flat = NULL;
    if (whole == NULL || vips_thumbnail_image(whole, &scaled, sizes[0], "height", sizes[0] * TALLER_AT_MOST, "size",
                                              VIPS_SIZE_DOWN, "export_profile", "srgb", NULL) != 0)
        return NULL;
    if (!vips_image_hasalpha(scaled))
        return vips_image_copy_memory(scaled);
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    return vips_flatten(scaled, &flat, "background", white, NULL) == 0 ? vips_image_copy_memory(flat) : NULL;
}

static uint32_t number_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void put_number(uint8_t *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(number >> 8 * i);
}

/* libvips 8.14 leaves metadata in a WebP although it is told not to: the one chunk of pixels is put behind a header of its own.
   Answers how many bytes are left, 0 if there is no such chunk. */
static size_t keep_pixels(uint8_t *webp, size_t count)
{
    enum { HEADER = 12, CHUNK = 8 };
    for (size_t at = HEADER; at + CHUNK <= count;) {
        size_t length = number_at(webp + at + 4), padded = CHUNK + length + length % 2;
        if (padded > count - at)
            return 0;
        if (memcmp(webp + at, "VP8 ", 4) == 0) {
            memmove(webp + HEADER, webp + at, padded);
            put_number(webp + 4, (uint32_t)(HEADER - CHUNK + padded));
            return HEADER + padded;
        }
        at += padded;
    }
    return 0;
}

static bool write_file(VipsImage *image, const char *format, int size)
{
    void *bytes = NULL;
    size_t count = 0;
    bool is_webp = format[0] == 'w';
    int failed = is_webp ? vips_webpsave_buffer(image, &bytes, &count, "Q", WEBP_QUALITY, NULL)
                         : vips_jpegsave_buffer(image, &bytes, &count, "Q", JPEG_QUALITY, "strip", TRUE,
                                                "optimize_coding", TRUE, NULL);
    if (failed == 0 && is_webp)
        count = keep_pixels(bytes, count);
    if (failed != 0 || count == 0)
        return false;
    printf("%s %d %d %d %zu\n", format, size, vips_image_get_width(image), vips_image_get_height(image), count);
    return fwrite(bytes, 1, count, stdout) == count;
}

static bool write_size(VipsImage *whole, int size)
{
    VipsImage *scaled = NULL;
    return vips_thumbnail_image(whole, &scaled, size, "height", size * TALLER_AT_MOST, "size", VIPS_SIZE_DOWN, NULL) ==
               0 &&
           write_file(scaled, "webp", size) && (size != CARD_SIZE || write_file(scaled, "jpg", size));
}

/* A size is left out where the next smaller one already shows every pixel; cards are made always. */
static bool write_sizes(VipsImage *whole, struct extent extent)
{
    printf("photo %d %d\n", extent.width, extent.height);
    for (size_t i = 0; i < SIZES_COUNT; i++) {
        bool is_needed = i + 1 == SIZES_COUNT || extent.width > sizes[i + 1] || sizes[i] == CARD_SIZE;
        if (is_needed && !write_size(whole, sizes[i]))
            return false;
    }
    return true;
}

int main(int count, char **words)
{
    (void)count;
    give_up_rights();
    struct extent extent;
    if (VIPS_INIT(words[0]) != 0)
        return EXIT_FAILURE;
    allow_only_photos();
    const char *fault = read_original() ? measure(&extent) : "unreadable";
    if (fault != NULL)
        return refuse(fault);
    VipsImage *whole = largest();
    if (whole == NULL)
        return refuse("unreadable");
    return write_sizes(whole, extent) && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
