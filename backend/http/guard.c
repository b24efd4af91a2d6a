/* What stands between the library and the internet: connections counted per address, cancels per second, work per connection. */
#include <netinet/in.h>
#include <sys/socket.h>
#include "http/worker.h"

#define ADDRESS_BUCKETS 1024
#define ACCEPTS_PER_TURN 16

struct address {
    struct address *next;
    size_t connections;
    uint8_t bytes[16];
};
struct addresses {
    struct address *buckets[ADDRESS_BUCKETS], *free;
};

void guard_init(struct worker *worker)
{
    worker->addresses = arena_alloc(worker->arena, sizeof *worker->addresses);
    h2o_linklist_init_anchor(&worker->connections);
    h2o_linklist_init_anchor(&worker->connections_free);
}

/* ---- Addresses ---- */

/* A network of IPv6 is one customer: its first 64 bits. */
static void address_bytes(const struct sockaddr_storage *from, uint8_t bytes[16])
{
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)from;
    memset(bytes, 0, 16);
    if (from->ss_family == AF_INET)
        memcpy(bytes, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
    else if (from->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        memcpy(bytes, six->sin6_addr.s6_addr + 12, 4);
    else if (from->ss_family == AF_INET6)
        memcpy(bytes + 4, &six->sin6_addr, 8);
}

static struct address **address_bucket(struct worker *worker, const uint8_t bytes[16])
{
    uint64_t hash = worker->server->secret;
    for (size_t i = 0; i < 16; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001B3);
    return &worker->addresses->buckets[(hash >> 32) % ADDRESS_BUCKETS];
}

static struct address *address_hold(struct worker *worker, h2o_socket_t *socket)
{
    struct sockaddr_storage from = {0};
    uint8_t bytes[16];
    h2o_socket_getpeername(socket, (struct sockaddr *)&from);
    address_bytes(&from, bytes);
    struct address **bucket = address_bucket(worker, bytes);
    struct address *address = *bucket;
    while (address != NULL && memcmp(address->bytes, bytes, 16) != 0)
        address = address->next;
    if (address == NULL) {
        address = worker->addresses->free;
        if (address != NULL)
            worker->addresses->free = address->next;
        else
            address = arena_alloc(worker->arena, sizeof *address);
        *address = (struct address){.next = *bucket};
        memcpy(address->bytes, bytes, 16);
        *bucket = address;
    }
    address->connections++;
    return address;
}

static void address_release(struct worker *worker, struct address *address)
{
    if (--address->connections > 0)
        return;
    struct address **link = address_bucket(worker, address->bytes);
    while (*link != address)
        link = &(*link)->next;
    *link = address->next;
    address->next = worker->addresses->free;
    worker->addresses->free = address;
}

text guard_client_address(struct arena *arena, h2o_req_t *req)
{
    struct sockaddr_storage from = {0};
    char words[NI_MAXHOST];
    socklen_t length = req->conn->callbacks->get_peername(req->conn, (struct sockaddr *)&from);
    size_t count = length == 0 ? SIZE_MAX : h2o_socket_getnumerichost((struct sockaddr *)&from, length, words);
    return count == SIZE_MAX ? TEXT("") : text_copy(arena, (text){words, count});
}

/* ---- Connections ---- */

/* Two holders: the socket, and the work under way for requests that may long be reset. */
static void connection_settle(struct connection *connection)
{
    if (connection->socket == NULL && connection->exchanges == 0)
        h2o_linklist_insert(&connection->worker->connections_free, &connection->link);
}

static void connection_closed(void *connection_)
{
    struct connection *connection = connection_;
    struct worker *worker = connection->worker;
    connection->socket = NULL;
    h2o_linklist_unlink(&connection->link);
    address_release(worker, connection->address);
    COUNT_ADD(worker->counts.connections, -1);
    connection_settle(connection);
}

static struct connection *connection_take(struct worker *worker)
{
    struct connection *connection;
    if (h2o_linklist_is_empty(&worker->connections_free)) {
        connection = arena_alloc(worker->arena, sizeof *connection);
    } else {
        connection = H2O_STRUCT_FROM_MEMBER(struct connection, link, worker->connections_free.next);
        h2o_linklist_unlink(&connection->link);
    }
    *connection = (struct connection){.worker = worker};
    return connection;
}

static bool connection_open(struct worker *worker, h2o_socket_t *socket)
{
    struct address *address = address_hold(worker, socket);
    if (address->connections > CONNECTIONS_PER_ADDRESS_MAX || worker->counts.connections >= CONNECTIONS_MAX) {
        address_release(worker, address);
        COUNT_ADD(worker->counts.cuts, 1);
        h2o_socket_close(socket);
        return false;
    }
    struct connection *connection = connection_take(worker);
    connection->socket = socket;
    connection->address = address;
    h2o_linklist_insert(&worker->connections, &connection->link);
    socket->on_close.cb = connection_closed;
    socket->on_close.data = connection;
    COUNT_ADD(worker->counts.connections, 1);
    return true;
}

void guard_accept(struct worker *worker, h2o_socket_t *listener, h2o_accept_ctx_t *accepts)
{
    for (size_t i = 0; i < ACCEPTS_PER_TURN; i++) {
        h2o_socket_t *socket = h2o_evloop_socket_accept(listener);
        if (socket == NULL)
            return;
        if (connection_open(worker, socket))
            h2o_accept(accepts, socket);
    }
}

bool connection_hold(struct connection *connection)
{
    if (connection->exchanges >= EXCHANGES_PER_CONNECTION_MAX)
        return false;
    connection->exchanges++;
    COUNT_ADD(connection->worker->counts.exchanges, 1);
    return true;
}

void connection_release(struct connection *connection)
{
    connection->exchanges--;
    COUNT_ADD(connection->worker->counts.exchanges, -1);
    connection_settle(connection);
}

/* The loop then sees the end of the stream and cleans up; closing here would pull memory from under h2o's feet. */
void connection_shut(struct connection *connection)
{
    if (connection->socket == NULL || connection->is_shut)
        return;
    connection->is_shut = true;
    COUNT_ADD(connection->worker->counts.cuts, 1);
    shutdown(h2o_socket_get_fd(connection->socket), SHUT_RDWR);
}

void guard_stop(struct worker *worker)
{
    for (h2o_linklist_t *link = worker->connections.next; link != &worker->connections; link = link->next) {
        struct connection *connection = H2O_STRUCT_FROM_MEMBER(struct connection, link, link);
        if (!connection->is_http2 && connection->visits == 0)
            connection_shut(connection);
    }
}
