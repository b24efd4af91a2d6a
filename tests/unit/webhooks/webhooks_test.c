/* Webhooks: the signature of the standard's worked example, addresses that must never be called, delays, wishes. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "unit.h"
#include "webhooks/sending.h"

Test(webhook_signature, is_that_of_the_worked_example)
{
    SCRATCH(arena);
    EXPECT_TEXT(webhook_signature(arena, TEXT("whsec_c3ludGhldGljLWtleS1mb3ItZG9jcy1vbmx5LTAwMDA="), TEXT("msg_0001"),
                                  TEXT("1795392000"),
                                  TEXT("{\"type\":\"order.paid\",\"data\":{\"order\":\"O-0001\"}}")),
                "v1,DWCW1F8OsI7hccqUabQcF2ZR7I5/K3FQPZg+qvDXef8=");
}

Test(webhook_signature, takes_secrets_of_24_to_64_bytes_only)
{
    SCRATCH(arena);
    static const char *const wrong[] = {"", "whsec_", "whsec_c2hvcnQ=", "c3ludGhldGljLWtleS1mb3ItZG9jcy1vbmx5LTAwMDA=",
                                        "whsec_not base64 at all, and long enough to be"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_null(webhook_signature(arena, text_from(wrong[i]), TEXT("a"), TEXT("1"), TEXT("{}")).at, "%s",
                       wrong[i]);
    text secret = webhook_secret_new(arena);
    cr_assert(text_starts_with(secret, TEXT("whsec_")));
    cr_assert_not_null(webhook_signature(arena, secret, TEXT("a"), TEXT("1"), TEXT("{}")).at);
}

static bool peer_is_allowed(const char *words, bool loopback)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, words, &v4.sin_addr) == 1)
        return webhook_peer_is_allowed((const struct sockaddr *)&v4, loopback);
    cr_assert_eq(inet_pton(AF_INET6, words, &v6.sin6_addr), 1, "%s", words);
    return webhook_peer_is_allowed((const struct sockaddr *)&v6, loopback);
}

Test(webhook_peer, is_never_this_machine_nor_its_neighbours)
{
    static const char *const closed[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.9",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "::ffff:a9fe:a9fe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    };
    static const char *const open[] = {
        "1.1.1.1",    "9.255.255.255", "11.0.0.0",      "100.63.255.255", "100.128.0.0",  "126.255.255.255",
        "128.0.0.1",  "168.63.129.17", "169.253.0.1",   "172.15.0.1",     "172.32.0.1",   "192.167.1.1",
        "198.17.0.1", "198.20.0.1",    "223.255.255.1", "2400:3200::1",   "2606:4700::1", "::ffff:1.1.1.1"};
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        cr_assert_not(peer_is_allowed(closed[i], false), "%s", closed[i]);
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        cr_assert(peer_is_allowed(open[i], false), "%s", open[i]);
}

Test(webhook_peer, may_be_loopback_and_no_other_when_trying_out)
{
    cr_assert(peer_is_allowed("127.0.0.1", true));
    cr_assert(peer_is_allowed("::1", true));
    cr_assert(peer_is_allowed("::ffff:127.0.0.1", true));
    cr_assert_not(peer_is_allowed("10.0.0.1", true));
    cr_assert_not(peer_is_allowed("169.254.169.254", true));
    cr_assert_not(peer_is_allowed("0.0.0.0", true));
    cr_assert_not(peer_is_allowed("fe80::1", true));
}

Test(webhook_peer, is_of_the_internet_or_nothing)
{
    struct sockaddr local = {.sa_family = AF_UNIX};
    cr_assert_not(webhook_peer_is_allowed(&local, true));
}

struct written {
    const char *address, *fault, *fault_in_trial; /* NULL: fine */
};

Test(webhook_address, is_judged_as_it_is_written)
{
    static const char bad[] = "not-an-address", tls[] = "https-only", port[] = "port-forbidden",
                      inner[] = "address-forbidden";
    static const struct written cases[] = {
        {"https://example.com/hook", NULL, NULL},
        {"https://example.com:8443/a?b=c", NULL, NULL},
        {"https://1.1.1.1/", NULL, NULL},
        {"https://[2606:4700::1111]/", NULL, NULL},
        {"https://example.com./", NULL, NULL},
        {"http://example.com/", tls, NULL},
        {"http://127.0.0.1:9000/", tls, NULL},
        {"https://localhost/", inner, NULL},
        {"https://127.0.0.1/", inner, NULL},
        {"https://[::1]/", inner, NULL},
        {"https://[::ffff:127.0.0.1]/", inner, NULL},
        {"https://127.1/", inner, NULL},
        {"https://2130706433/", inner, NULL},
        {"https://0x7f.0.0.1/", inner, NULL},
        {"https://0177.0.0.1/", inner, NULL},
        {"https://10.0.0.1/", inner, inner},
        {"https://169.254.169.254/latest", inner, inner},
        {"https://0.0.0.0/", inner, inner},
        {"https://[fe80::1]/", inner, inner},
        {"https://server/", inner, inner},
        {"https://metadata.google.internal/", inner, inner},
        {"https://printer.local/", inner, inner},
        {"https://a.localhost/", inner, inner},
        {"https://example.com:22/", port, NULL},
        {"https://example.com:5432/", port, NULL},
        {"https://example.com:0/", port, port},
        {"https://user@example.com/", bad, bad},
        {"https://a:b@127.0.0.1/", bad, bad},
        {"https://example.com/#part", bad, bad},
        {"https://example.com\\@127.0.0.1/", bad, bad},
        {"https://example.com/ x", bad, bad},
        {"https:///path", inner, inner}, /* read as the host "path" */
        {"https://", bad, bad},
        {"example.com", bad, bad},
        {"file:///etc/passwd", tls, tls},
        {"gopher://example.com/", tls, tls},
        {"ftp://example.com/", tls, tls},
        {"https://ex\303\244mple.com/", bad, bad},
        {"", bad, bad},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int trial = 0; trial < 2; trial++) {
            const char *expected = trial ? cases[i].fault_in_trial : cases[i].fault;
            const char *found = webhook_address_fault(text_from(cases[i].address), trial);
            cr_assert((expected == NULL) == (found == NULL) && (found == NULL || strcmp(found, expected) == 0),
                      "%s (%d): %s", cases[i].address, trial, found == NULL ? "fine" : found);
        }
}

Test(webhook_address, has_a_longest)
{
    char long_one[WEBHOOK_ADDRESS_CHARACTERS_MAX + 2];
    memset(long_one, 'a', sizeof long_one);
    memcpy(long_one, "https://example.com/", 20);
    text address = {long_one, WEBHOOK_ADDRESS_CHARACTERS_MAX};
    cr_assert_null(webhook_address_fault(address, false));
    address.length++;
    cr_assert_not_null(webhook_address_fault(address, false));
}

Test(webhook_outcome, follows_the_status)
{
    static const struct {
        long status;
        enum webhook_outcome outcome;
    } cases[] = {{200, WEBHOOK_TAKEN},      {204, WEBHOOK_TAKEN},   {299, WEBHOOK_TAKEN}, {301, WEBHOOK_REDIRECTED},
                 {307, WEBHOOK_REDIRECTED}, {404, WEBHOOK_REFUSED}, {410, WEBHOOK_GONE},  {500, WEBHOOK_REFUSED},
                 {100, WEBHOOK_REFUSED},    {0, WEBHOOK_REFUSED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_assert_eq(webhook_outcome_of_status(cases[i].status), cases[i].outcome, "%ld", cases[i].status);
}

Test(webhook_delay, grows_for_a_day_and_then_ends)
{
    int64_t together_s = 0, before_s = 0;
    for (int64_t attempt = 1; attempt <= 10; attempt++) {
        int64_t delay_s = webhook_delay_s(WEBHOOK_REFUSED, attempt);
        cr_assert_gt(delay_s, before_s);
        before_s = delay_s;
        together_s += delay_s;
    }
    cr_assert_geq(together_s, 24 * 3600);
    cr_assert_eq(webhook_delay_s(WEBHOOK_REFUSED, 11), 0);
    cr_assert_eq(webhook_delay_s(WEBHOOK_REFUSED, INT64_MAX), 0);
    cr_assert_eq(webhook_delay_s(WEBHOOK_GONE, 1), 0);
    cr_assert_eq(webhook_delay_s(WEBHOOK_TAKEN, 1), 0);
}

Test(webhook_events, are_those_its_owner_may_hear_of)
{
    SCRATCH(arena);
    text shop = TEXT("shop"), county = TEXT("county");
    EXPECT_TEXT(webhook_events_read(arena, shop, TEXT("order.paid order.shipped")), "{order.paid,order.shipped}");
    EXPECT_TEXT(webhook_events_read(arena, county, TEXT("complaint.filed")), "{complaint.filed}");
    cr_assert_null(webhook_events_read(arena, shop, TEXT("complaint.filed")).at);
    cr_assert_null(webhook_events_read(arena, TEXT("unit"), TEXT("lot.passed")).at);
    cr_assert_null(webhook_events_read(arena, shop, TEXT("order.paid order.paid")).at);
    cr_assert_null(webhook_events_read(arena, shop, TEXT("order.paid ")).at);
    cr_assert_null(webhook_events_read(arena, shop, TEXT("order.paid,order.shipped")).at);
    cr_assert_null(webhook_events_read(arena, shop, TEXT("")).at);
}
