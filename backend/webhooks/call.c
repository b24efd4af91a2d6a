/* Calls under way, moved on by a job that never waits for them: a slow receiver costs nobody else's job anything. One name is resolved
   once, and only numbers that webhook_peer_is_allowed are ever connected to. No redirect, no proxy, little time, little to read. */
#include <curl/curl.h>

#include "webhooks/sending.h"

enum { CONNECT_MS_MAX = 5000, CALL_MS_MAX = 10000, ANSWER_BYTES_MAX = 16 * 1024, HEADER_BYTES_MAX = 16 * 1024 };

struct call {
    struct arena *arena; /* of this call; NULL: free */
    CURL *curl;
    struct curl_slist *headers;
    struct webhook_answer answer;
    size_t read_bytes, header_bytes;
    instant began_at;
    bool loopback, was_forbidden, is_too_big;
};
/* The jobs process works one job at a time: no lock. Calls of a process that lost the lead end by their deadline, unheard. */
static struct call calls[WEBHOOK_CALLS_MAX];
static CURLM *multi;

static curl_socket_t open_socket(void *owner, curlsocktype purpose, struct curl_sockaddr *peer)
{
    struct call *call = owner;
    (void)purpose;
    if (!webhook_peer_is_allowed(&peer->addr, call->loopback)) {
        call->was_forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

static size_t count_body(char *at, size_t size, size_t count, void *owner)
{
    struct call *call = owner;
    (void)at;
    call->read_bytes += size * count;
    call->is_too_big |= call->read_bytes > ANSWER_BYTES_MAX;
    return call->is_too_big ? 0 : size * count;
}

static size_t count_header(char *at, size_t size, size_t count, void *owner)
{
    struct call *call = owner;
    (void)at;
    call->header_bytes += size * count;
    call->is_too_big |= call->header_bytes > HEADER_BYTES_MAX;
    return call->is_too_big ? 0 : size * count;
}

static void header_add(struct call *call, const char *name, text value)
{
    text line = text_format(call->arena, "%s: %.*s", name, TEXT_ARGUMENTS(value));
    call->headers = curl_slist_append(call->headers, text_terminated(call->arena, line));
    must(call->headers != NULL);
}

static void headers_fill(struct call *call, const struct webhook_message *message)
{
    header_add(call, "Content-Type", TEXT("application/json"));
    header_add(call, "User-Agent", TEXT("Shanhuo-Webhooks/1"));
    header_add(call, "Expect", TEXT(""));
    header_add(call, "webhook-id", uuid_format(call->arena, message->event_id));
    header_add(call, "webhook-timestamp", message->timestamp);
    header_add(call, "webhook-signature", message->signatures);
}

static void limits_set(struct call *call)
{
    curl_easy_setopt(call->curl, CURLOPT_PROTOCOLS_STR, call->loopback ? "http,https" : "https");
    curl_easy_setopt(call->curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(call->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(call->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(call->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS_MAX);
    curl_easy_setopt(call->curl, CURLOPT_TIMEOUT_MS, (long)CALL_MS_MAX);
    curl_easy_setopt(call->curl, CURLOPT_NOSIGNAL, 1L);
    /* One connection a message: what was allowed for one is not reused for another. */
    curl_easy_setopt(call->curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(call->curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(call->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(call->curl, CURLOPT_OPENSOCKETDATA, call);
    curl_easy_setopt(call->curl, CURLOPT_WRITEFUNCTION, count_body);
    curl_easy_setopt(call->curl, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(call->curl, CURLOPT_HEADERFUNCTION, count_header);
    curl_easy_setopt(call->curl, CURLOPT_HEADERDATA, call);
}

static struct call *call_slot(void)
{
    for (size_t i = 0; i < WEBHOOK_CALLS_MAX; i++)
        if (calls[i].arena == NULL)
            return &calls[i];
    return NULL;
}

size_t webhook_calls_free(void)
{
    size_t count = 0;
    for (size_t i = 0; i < WEBHOOK_CALLS_MAX; i++)
        count += calls[i].arena == NULL;
    return count;
}

void webhook_call_begin(const struct webhook_message *message)
{
    struct call *call = call_slot();
    must(call != NULL);
    if (multi == NULL)
        must((multi = curl_multi_init()) != NULL);
    *call = (struct call){.arena = arena_new(), .curl = curl_easy_init(), .began_at = instant_now()};
    must(call->curl != NULL);
    call->loopback = webhook_loopback_is_allowed();
    call->answer = (struct webhook_answer){.county = text_copy(call->arena, message->county),
                                           .webhook_id = message->webhook_id,
                                           .event_id = message->event_id,
                                           .attempt = message->attempt,
                                           .before = message->before};
    limits_set(call);
    headers_fill(call, message);
    text body = text_copy(call->arena, message->body);
    curl_easy_setopt(call->curl, CURLOPT_URL, text_terminated(call->arena, message->address));
    curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, call->headers);
    curl_easy_setopt(call->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.length);
    curl_easy_setopt(call->curl, CURLOPT_POSTFIELDS, body.at);
    curl_easy_setopt(call->curl, CURLOPT_PRIVATE, call);
    must(curl_multi_add_handle(multi, call->curl) == CURLM_OK);
}

static enum webhook_outcome outcome_of(const struct call *call, CURLcode code, long status)
{
    if (call->is_too_big)
        return WEBHOOK_TOO_BIG;
    if (code == CURLE_OK)
        return webhook_outcome_of_status(status);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return WEBHOOK_TIMEOUT;
    return call->was_forbidden ? WEBHOOK_ADDRESS_FORBIDDEN : WEBHOOK_UNREACHABLE;
}

static void call_end(struct call *call, CURLcode code, struct webhook_answer *answer, struct arena *arena)
{
    long status = 0;
    curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    *answer = call->answer;
    answer->county = text_copy(arena, call->answer.county);
    answer->outcome = outcome_of(call, code, status);
    answer->status = status;
    answer->took_ms = (instant_now() - call->began_at) / 1000;
    curl_multi_remove_handle(multi, call->curl);
    curl_slist_free_all(call->headers);
    curl_easy_cleanup(call->curl);
    arena_free(call->arena);
    call->arena = NULL;
}

size_t webhook_calls_ended(struct webhook_answer *answers, int64_t wait_ms, struct arena *arena)
{
    size_t count = 0;
    int running = 0, left = 0;
    instant until = instant_now() + wait_ms * 1000;
    if (multi == NULL)
        return 0;
    do {
        must(curl_multi_perform(multi, &running) == CURLM_OK);
        for (CURLMsg *note; (note = curl_multi_info_read(multi, &left)) != NULL;) {
            struct call *call = NULL;
            if (note->msg != CURLMSG_DONE)
                continue;
            CURLcode code = note->data.result;
            curl_easy_getinfo(note->easy_handle, CURLINFO_PRIVATE, &call);
            call_end(call, code, &answers[count++], arena);
        }
        if (running > 0)
            (void)curl_multi_poll(multi, NULL, 0, 10, NULL);
    } while (running > 0 && count < WEBHOOK_CALLS_MAX && instant_now() < until);
    return count;
}
