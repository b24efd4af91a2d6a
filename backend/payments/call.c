/* Calls to providers, whose addresses the house sets; webhooks/call.c calls those that strangers set. Bounded in time and in what it
   reads; follows no redirect. */
#include <curl/curl.h>

#include "payments/provider.h"

enum { CONNECT_MS_MAX = 2000, CALL_MS_MAX = 10000 };

/* The answer's body does not matter, its status does. */
static size_t ignore_body(char *at, size_t size, size_t count, void *owner)
{
    (void)at;
    (void)owner;
    return size * count;
}

static struct curl_slist *headers_of(struct arena *arena, text timestamp, text signature)
{
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(
        headers, text_terminated(arena, text_format(arena, "X-Timestamp: %.*s", TEXT_ARGUMENTS(timestamp))));
    return curl_slist_append(
        headers, text_terminated(arena, text_format(arena, "X-Signature: %.*s", TEXT_ARGUMENTS(signature))));
}

static bool call_perform(CURL *curl, struct arena *arena, text *why)
{
    long status = 0;
    CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) {
        *why = text_copy(arena, text_from(curl_easy_strerror(code)));
        return false;
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    *why = text_format(arena, "status %ld", status);
    return status >= 200 && status < 300;
}

bool call_post(struct arena *arena, text url, text secret, text body, instant now, text *why)
{
    text timestamp = text_format(arena, "%lld", (long long)(now / 1000000));
    CURL *curl = curl_easy_init();
    must(curl != NULL);
    struct curl_slist *headers = headers_of(arena, timestamp, signature_of(arena, secret, timestamp, body));
    curl_easy_setopt(curl, CURLOPT_URL, text_terminated(arena, url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.at);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.length);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS_MAX);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)CALL_MS_MAX);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore_body);
    bool taken = call_perform(curl, arena, why);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return taken;
}
