/* Many buyers who send a request each over an own HTTP/2 connection, again and again: `buyers URL SECONDS BUYERS FILE`, FILE holding
   "token<TAB>body" lines taken in turn. Every request has a fresh Idempotency-Key. Prints one JSON object. For measuring only. */
#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { BUYERS_MAX = 256, REQUESTS_MAX = 65536, LINE_BYTES_MAX = 8192, TIMES_MAX = 4000000, KEY_BYTES = 80 };

struct wish {
    char *token, *body;
};
struct buyer {
    CURL *handle;
    struct curl_slist *headers;
    int64_t sent_us;
};

static struct wish wishes[REQUESTS_MAX];
static size_t wishes_count, wishes_used;
static struct buyer buyers[BUYERS_MAX];
static uint32_t times_us[TIMES_MAX];
static size_t done, refused;
static long refused_with;

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool wishes_read(const char *path)
{
    static char line[LINE_BYTES_MAX];
    FILE *file = fopen(path, "r");
    while (file != NULL && wishes_count < REQUESTS_MAX && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (tab == NULL)
            continue;
        *tab = '\0';
        wishes[wishes_count++] = (struct wish){strdup(line), strdup(tab + 1)};
    }
    if (file != NULL)
        fclose(file);
    return wishes_count > 0;
}

static size_t ignore(char *at, size_t size, size_t count, void *owner)
{
    (void)at;
    (void)owner;
    return size * count;
}

static struct curl_slist *headers_of(const struct wish *wish)
{
    char line[LINE_BYTES_MAX], key[KEY_BYTES];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(line, sizeof line, "authorization: Bearer %s", wish->token);
    snprintf(key, sizeof key, "idempotency-key: bench-%lld-%d-%zu", (long long)now.tv_sec, (int)getpid(), wishes_used);
    struct curl_slist *headers = curl_slist_append(NULL, "content-type: application/json");
    headers = curl_slist_append(headers, line);
    return curl_slist_append(headers, key);
}

static void buyer_send(struct buyer *buyer, CURLM *all)
{
    const struct wish *wish = &wishes[wishes_used++ % wishes_count];
    curl_slist_free_all(buyer->headers);
    buyer->headers = headers_of(wish);
    curl_easy_setopt(buyer->handle, CURLOPT_HTTPHEADER, buyer->headers);
    curl_easy_setopt(buyer->handle, CURLOPT_POSTFIELDS, wish->body);
    buyer->sent_us = now_us();
    curl_multi_add_handle(all, buyer->handle);
}

static void buyer_open(struct buyer *buyer, const char *url)
{
    buyer->handle = curl_easy_init();
    curl_easy_setopt(buyer->handle, CURLOPT_URL, url);
    /* Over TLS: curl 7.88 cannot use a plain HTTP/2 connection twice. */
    curl_easy_setopt(buyer->handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(buyer->handle, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(buyer->handle, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(buyer->handle, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt(buyer->handle, CURLOPT_PRIVATE, buyer);
}

static void buyer_answered(const struct buyer *buyer)
{
    long status = 0;
    curl_easy_getinfo(buyer->handle, CURLINFO_RESPONSE_CODE, &status);
    if (status / 100 == 2 && done < TIMES_MAX) {
        times_us[done++] = (uint32_t)(now_us() - buyer->sent_us);
    } else {
        refused++;
        refused_with = status;
    }
}

static void run_until(CURLM *all, int64_t end_us)
{
    int running = 1, left;
    while (running > 0) {
        struct buyer *buyer;
        curl_multi_perform(all, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(all, &left)) != NULL;) {
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&buyer);
            buyer_answered(buyer);
            curl_multi_remove_handle(all, buyer->handle);
            if (now_us() < end_us) {
                buyer_send(buyer, all);
                running++;
            }
        }
        if (running > 0)
            curl_multi_poll(all, NULL, 0, 100, NULL);
    }
}

static int compare(const void *a, const void *b)
{
    const uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

int main(int count, char **words)
{
    if (count != 5 || !wishes_read(words[4])) {
        fputs("usage: buyers URL SECONDS BUYERS FILE\n", stderr);
        return EXIT_FAILURE;
    }
    size_t buyers_count = strtoul(words[3], NULL, 10);
    if (buyers_count == 0 || buyers_count > BUYERS_MAX)
        buyers_count = BUYERS_MAX;
    CURLM *all = curl_multi_init();
    curl_multi_setopt(all, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    curl_multi_setopt(all, CURLMOPT_MAXCONNECTS, (long)BUYERS_MAX);
    const int64_t began = now_us();
    for (size_t i = 0; i < buyers_count; i++) {
        buyer_open(&buyers[i], words[1]);
        buyer_send(&buyers[i], all);
    }
    run_until(all, began + strtol(words[2], NULL, 10) * 1000000);
    const int64_t took_us = now_us() - began;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    qsort(times_us, done, sizeof *times_us, compare);
    printf("{\"done\":%zu,\"refused\":%zu,\"refused_with\":%ld,\"took_us\":%lld,\"p50_us\":%u,\"p99_us\":%u,\"cpu_us\":"
           "%lld}\n",
           done, refused, refused_with, (long long)took_us, times_us[done / 2], times_us[done * 99 / 100],
           (long long)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 + used.ru_utime.tv_usec +
               used.ru_stime.tv_usec);
    return EXIT_SUCCESS;
}
