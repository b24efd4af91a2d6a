/* The limit of a cached answer: libh2o alone, two listeners, one answer for everything. `bare PLAIN TLS CERTIFICATE KEY THREADS HEAD BODY`:
   ports of 127.0.0.1, PEM files, a file of "name: value" lines and one of the body. For measuring only; serves until it is killed. */
#include <arpa/inet.h>
#include <errno.h>
#include <h2o.h>
#include <h2o/http1.h>
#include <h2o/http2.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADERS_MAX = 16, FILE_BYTES_MAX = 1 << 20, THREADS_MAX = 16 };

static h2o_iovec_t body;
static struct {
    h2o_iovec_t name, value;
} headers[HEADERS_MAX];
static size_t headers_count;
static h2o_globalconf_t config;
static uint16_t plain_port, tls_port;
static SSL_CTX *tls;

static void give_up(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static h2o_iovec_t file_read(const char *path)
{
    h2o_iovec_t content = h2o_iovec_init(h2o_mem_alloc(FILE_BYTES_MAX), 0);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        give_up(path);
    content.len = fread(content.base, 1, FILE_BYTES_MAX, file);
    fclose(file);
    return content;
}

static void headers_read(const char *path)
{
    h2o_iovec_t file = file_read(path);
    file.base[file.len] = '\0';
    char *rest = file.base, *line;
    while ((line = strsep(&rest, "\n")) != NULL && headers_count < HEADERS_MAX) {
        char *value = strstr(line, ": ");
        if (value == NULL)
            continue;
        headers[headers_count].name = h2o_iovec_init(line, (size_t)(value - line));
        headers[headers_count++].value = h2o_iovec_init(value + 2, strlen(value + 2));
    }
}

static int answer(h2o_handler_t *handler, h2o_req_t *req)
{
    static h2o_generator_t generator = {NULL, NULL};
    (void)handler;
    req->res.status = 200;
    req->res.reason = "OK";
    for (size_t i = 0; i < headers_count; i++)
        h2o_add_header_by_str(&req->pool, &req->res.headers, headers[i].name.base, headers[i].name.len, 1, NULL,
                              headers[i].value.base, headers[i].value.len);
    req->res.content_length = body.len;
    h2o_start_response(req, &generator);
    h2o_send(req, &body, 1, H2O_SEND_STATE_FINAL);
    return 0;
}

static void listener_ready(h2o_socket_t *listener, const char *error)
{
    h2o_socket_t *socket = error == NULL ? h2o_evloop_socket_accept(listener) : NULL;
    if (socket != NULL)
        h2o_accept(listener->data, socket);
}

static void listen_on(h2o_context_t *context, h2o_accept_ctx_t *accepts, uint16_t port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1, descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0 ||
        bind(descriptor, (const struct sockaddr *)&address, sizeof address) != 0 || listen(descriptor, SOMAXCONN) != 0)
        give_up("bare: listen");
    h2o_socket_t *listener = h2o_evloop_socket_create(context->loop, descriptor, H2O_SOCKET_FLAG_DONT_READ);
    listener->data = accepts;
    h2o_socket_read_start(listener, listener_ready);
}

static void *thread_run(void *unused)
{
    h2o_context_t context;
    h2o_context_init(&context, h2o_evloop_create(), &config);
    h2o_accept_ctx_t plain = {.ctx = &context, .hosts = config.hosts};
    h2o_accept_ctx_t secure = {.ctx = &context, .hosts = config.hosts, .ssl_ctx = tls};
    listen_on(&context, &plain, plain_port);
    listen_on(&context, &secure, tls_port);
    while (h2o_evloop_run(context.loop, INT32_MAX) == 0) {
    }
    return unused;
}

static void tls_open(const char *certificate, const char *key)
{
    tls = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION);
    if (SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
        give_up("bare: certificate");
    h2o_ssl_register_alpn_protocols(tls, h2o_http2_alpn_protocols);
}

int main(int count, char **words)
{
    if (count != 8) {
        fputs("usage: bare PLAIN TLS CERTIFICATE KEY THREADS HEAD BODY\n", stderr);
        return EXIT_FAILURE;
    }
    signal(SIGPIPE, SIG_IGN);
    plain_port = (uint16_t)strtoul(words[1], NULL, 10);
    tls_port = (uint16_t)strtoul(words[2], NULL, 10);
    tls_open(words[3], words[4]);
    headers_read(words[6]);
    body = file_read(words[7]);
    h2o_config_init(&config);
    config.server_name = h2o_iovec_init(H2O_STRLIT("shanhuo"));
    h2o_hostconf_t *host = h2o_config_register_host(&config, h2o_iovec_init(H2O_STRLIT("default")), 65535);
    h2o_pathconf_t *path = h2o_config_register_path(host, "/", 0);
    h2o_create_handler(path, sizeof(h2o_handler_t))->on_req = answer;
    pthread_t threads[THREADS_MAX];
    const size_t threads_count = strtoul(words[5], NULL, 10);
    for (size_t i = 1; i < threads_count && i < THREADS_MAX; i++)
        if ((errno = pthread_create(&threads[i], NULL, thread_run, NULL)) != 0)
            give_up("bare: thread");
    (void)thread_run(NULL);
    return EXIT_SUCCESS;
}
