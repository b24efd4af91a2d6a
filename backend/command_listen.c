/* Addresses: are they free before the worker wants them, and does the worker answer. */
#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "command.h"

struct place {
    enum setting setting;
    const char *flag;
};
static const struct place places[] = {
    {SETTING_TLS_ADDRESS, "--tls-address"},
    {SETTING_PLAIN_ADDRESS, "--plain-address"},
    {SETTING_OPERATIONS_ADDRESS, "--operations-address"},
};

const char *listen_port(const char *address)
{
    const char *colon = strrchr(address, ':');
    return colon == NULL ? "" : colon + 1;
}

/* NULL when "host:port" or "[host]:port" is not one. Free with freeaddrinfo. */
static struct addrinfo *address_find(const char *address)
{
    const char *port = listen_port(address);
    char host[NI_MAXHOST];
    size_t length = port == address ? 0 : (size_t)(port - address) - 1;
    bool bracketed = length >= 2 && address[0] == '[' && address[length - 1] == ']';
    if (bracketed)
        address++, length -= 2;
    if (*port == '\0' || length >= sizeof(host))
        return NULL;
    memcpy(host, address, length);
    host[length] = '\0';
    struct addrinfo *found = NULL;
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    return getaddrinfo(length == 0 ? NULL : host, port, &hints, &found) == 0 ? found : NULL;
}

static int bind_reason(const struct addrinfo *address)
{
    int one = 1, reason = 0;
    int socket_ = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0)
        return errno;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(socket_, address->ai_addr, address->ai_addrlen) != 0 || listen(socket_, 1) != 0)
        reason = errno;
    close(socket_);
    return reason;
}

static bool say_what_to_do(const struct place *place, const char *address, int reason)
{
    const char *port = listen_port(address);
    if (reason == EADDRINUSE)
        fprintf(stderr,
                "shanhuo: %s is taken. See by whom: `ss -ltnp 'sport = :%s'`; stop that, or choose another: %s\n",
                address, port, place->flag);
    else if (reason == EACCES)
        fprintf(stderr, "shanhuo: %s needs a port above 1023, or CAP_NET_BIND_SERVICE; choose another: %s\n", address,
                place->flag);
    else if (reason == EAFNOSUPPORT || reason == EADDRNOTAVAIL)
        fprintf(stderr, "shanhuo: this machine has no %s; without IPv6 use %s 0.0.0.0:%s\n", address, place->flag,
                port);
    else
        fprintf(stderr, "shanhuo: cannot listen on %s: %s\n", address, strerror(reason));
    return false;
}

static bool place_is_free(const struct place *place)
{
    const char *address = config_text(place->setting);
    if (address == NULL || strcmp(address, "none") == 0)
        return true;
    struct addrinfo *found = address_find(address);
    if (found == NULL) {
        fprintf(stderr, "shanhuo: %s is no address; write it like 127.0.0.1:8080 or [::]:8443 (%s)\n", address,
                place->flag);
        return false;
    }
    int reason = bind_reason(found);
    freeaddrinfo(found);
    return reason == 0 ? true : say_what_to_do(place, address, reason);
}

bool listen_addresses_are_free(void)
{
    bool all = true;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        all = place_is_free(&places[i]) && all;
    return all;
}

bool listen_is_ready(void)
{
    static const char question[] = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    struct addrinfo *found = address_find(config_text(SETTING_OPERATIONS_ADDRESS));
    if (found == NULL)
        return false;
    char answer[64];
    ssize_t got = -1;
    const struct timeval second = {.tv_sec = 1};
    int socket_ = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
    if (connect(socket_, found->ai_addr, found->ai_addrlen) == 0 &&
        send(socket_, question, sizeof(question) - 1, MSG_NOSIGNAL) == (ssize_t)sizeof(question) - 1)
        got = recv(socket_, answer, sizeof(answer), 0);
    close(socket_);
    freeaddrinfo(found);
    return got > 12 && text_equal(text_part((text){answer, (size_t)got}, 9, 3), TEXT("200"));
}
