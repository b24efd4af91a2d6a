/* Where a message may go. An address is judged twice: as it is written, and again by the numbers it was resolved to, at the moment of
   connecting. Must never let a stranger make this machine call itself or its neighbours. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>

#include "config.h"
#include "webhooks/sending.h"

struct network {
    const char *address;
    int bits;
};
/* What is not the open internet (IANA special-purpose registries), and two clouds' services for machines. */
static const struct network closed_v4[] = {
    {"0.0.0.0", 8},        /* this network */
    {"10.0.0.0", 8},       /* private */
    {"100.64.0.0", 10},    /* carrier-grade NAT; 100.100.100.200 is a cloud's metadata */
    {"127.0.0.0", 8},      /* loopback */
    {"168.63.129.16", 32}, /* a cloud's machine services */
    {"169.254.0.0", 16},   /* link-local; 169.254.169.254 is the metadata of most clouds */
    {"172.16.0.0", 12},    /* private */
    {"192.0.0.0", 24},     /* protocol assignments; 192.0.0.192 is a cloud's metadata */
    {"192.0.2.0", 24},     /* documentation */
    {"192.88.99.0", 24},   /* 6to4 relays */
    {"192.168.0.0", 16},   /* private */
    {"198.18.0.0", 15},    /* benchmarks */
    {"198.51.100.0", 24},  /* documentation */
    {"203.0.113.0", 24},   /* documentation */
    {"224.0.0.0", 4},      /* multicast */
    {"240.0.0.0", 4},      /* reserved, broadcast */
};
/* Of IPv6 only global unicast is open: so loopback, mapped, NAT64, unique local, link-local and multicast are closed unnamed. */
static const struct network open_v6 = {"2000::", 3};
static const struct network closed_v6[] = {
    {"2001::", 23},     /* protocol assignments, Teredo */
    {"2001:db8::", 32}, /* documentation */
    {"2002::", 16},     /* 6to4: carries any IPv4 address */
    {"3fff::", 20},     /* documentation */
};
static const struct network mapped_v6 = {"::ffff:0:0", 96};

static bool bits_are_equal(const uint8_t *a, const uint8_t *b, int bits)
{
    int whole = bits / 8, rest = bits % 8;
    return memcmp(a, b, (size_t)whole) == 0 && (rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0);
}

static bool is_within(int family, const uint8_t *number, const struct network *network)
{
    uint8_t first[sizeof(struct in6_addr)];
    must(inet_pton(family, network->address, first) == 1);
    return bits_are_equal(number, first, network->bits);
}

static bool is_within_one(int family, const uint8_t *number, const struct network *networks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_within(family, number, &networks[i]))
            return true;
    return false;
}
#define WITHIN_ONE(family, number, networks)                                                                           \
    is_within_one(family, number, networks, sizeof(networks) / sizeof((networks)[0]))

static bool v4_is_allowed(const uint8_t *number, bool loopback)
{
    if (loopback && number[0] == 127)
        return true;
    return !WITHIN_ONE(AF_INET, number, closed_v4);
}

static bool v6_is_allowed(const uint8_t *number, bool loopback)
{
    if (is_within(AF_INET6, number, &mapped_v6))
        return v4_is_allowed(number + 12, loopback);
    if (loopback && IN6_IS_ADDR_LOOPBACK((const struct in6_addr *)(const void *)number))
        return true;
    return is_within(AF_INET6, number, &open_v6) && !WITHIN_ONE(AF_INET6, number, closed_v6);
}

bool webhook_peer_is_allowed(const struct sockaddr *peer, bool loopback)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    switch (peer->sa_family) {
    case AF_INET:
        memcpy(&v4, peer, sizeof v4);
        return v4_is_allowed((const uint8_t *)&v4.sin_addr, loopback);
    case AF_INET6:
        memcpy(&v6, peer, sizeof v6);
        return v6_is_allowed((const uint8_t *)&v6.sin6_addr, loopback);
    default:
        return false;
    }
}

/* ---- As it is written ---- */

static bool port_is_open(int64_t port)
{
    static const int64_t ports[] = {443, 8443};
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
        if (port == ports[i])
            return true;
    return false;
}

/* Names that only a local resolver knows. */
static bool name_is_local(text host)
{
    static const char *const endings[] = {".localhost", ".local", ".internal", ".lan", ".home.arpa", ".corp", ".home"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_ends_with(host, text_from(endings[i])))
            return true;
    return memchr(host.at, '.', host.length) == NULL;
}

/* Numbers of any spelling were brought into the usual form by the reader of URLs that also connects. */
static const char *host_fault(text host, bool loopback)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    char words[256] = {0};
    bool bracketed = text_starts_with(host, TEXT("[")) && text_ends_with(host, TEXT("]"));
    if (bracketed)
        host = text_part(host, 1, host.length - 2);
    if (host.length == 0 || host.length >= sizeof words)
        return "not-an-address";
    memcpy(words, host.at, host.length);
    if (bracketed) {
        bool read = inet_pton(AF_INET6, words, &v6.sin6_addr) == 1;
        return read && webhook_peer_is_allowed((const struct sockaddr *)&v6, loopback) ? NULL : "address-forbidden";
    }
    if (inet_pton(AF_INET, words, &v4.sin_addr) == 1)
        return webhook_peer_is_allowed((const struct sockaddr *)&v4, loopback) ? NULL : "address-forbidden";
    if (text_ends_with(host, TEXT(".")))
        host.length--;
    if (loopback && text_equal(host, TEXT("localhost")))
        return NULL;
    return host.length == 0 || name_is_local(host) ? "address-forbidden" : NULL;
}

static text url_part(CURLU *url, CURLUPart part, unsigned flags, struct arena *arena)
{
    char *words = NULL;
    if (curl_url_get(url, part, &words, flags) != CURLUE_OK)
        return TEXT_NONE;
    text copy = text_copy(arena, text_from(words));
    curl_free(words);
    return copy;
}

static const char *url_fault(CURLU *url, bool loopback, struct arena *arena)
{
    text scheme = url_part(url, CURLUPART_SCHEME, 0, arena), host = url_part(url, CURLUPART_HOST, 0, arena);
    int64_t port;
    bool is_https = text_equal(scheme, TEXT("https"));
    if (!is_https && !(loopback && text_equal(scheme, TEXT("http"))))
        return "https-only";
    if (url_part(url, CURLUPART_USER, 0, arena).at != NULL || url_part(url, CURLUPART_PASSWORD, 0, arena).at != NULL ||
        url_part(url, CURLUPART_FRAGMENT, 0, arena).at != NULL)
        return "not-an-address";
    if (!text_to_int64(url_part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT, arena), 1, 65535, &port) ||
        !(loopback || port_is_open(port)))
        return "port-forbidden";
    return host.at == NULL ? "not-an-address" : host_fault(host, loopback);
}

static bool has_odd_characters(text address)
{
    for (size_t i = 0; i < address.length; i++)
        if (address.at[i] <= ' ' || address.at[i] >= 127 || address.at[i] == '\\')
            return true;
    return false;
}

const char *webhook_address_fault(text address, bool loopback)
{
    if (address.length == 0 || address.length > WEBHOOK_ADDRESS_CHARACTERS_MAX || has_odd_characters(address))
        return "not-an-address";
    struct arena *arena = arena_new();
    CURLU *url = curl_url();
    must(url != NULL);
    const char *fault = curl_url_set(url, CURLUPART_URL, text_terminated(arena, address), 0) == CURLUE_OK
                            ? url_fault(url, loopback, arena)
                            : "not-an-address";
    curl_url_cleanup(url);
    arena_free(arena);
    return fault;
}

bool webhook_loopback_is_allowed(void)
{
    return config_count(SETTING_WEBHOOK_LOOPBACK) == 1;
}
