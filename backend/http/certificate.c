/* A local certificate authority and a leaf for this machine, so that the first start already speaks TLS. Keys never leave 0600. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include "http/worker.h"

#define CA_DAYS (10L * 365)
#define LEAF_DAYS 397L /* browsers refuse more */
#define RENEW_BEFORE_DAYS 30L
#define NAMES_BYTES_MAX 8192

static void pkey_auto(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}

static void x509_auto(X509 **certificate)
{
    X509_free(*certificate);
}

#define OWNED(kind) __attribute__((cleanup(kind##_auto)))

static text file_path(struct arena *arena, const char *folder, const char *name)
{
    return text_format(arena, "%s/%s", folder, name);
}

static X509 *certificate_read(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return NULL;
    X509 *certificate = PEM_read_X509(file, NULL, NULL, NULL);
    fclose(file);
    return certificate;
}

static EVP_PKEY *key_read(const char *path)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return NULL;
    EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    fclose(file);
    return key;
}

/* Written beside and renamed: a start that is killed leaves the old file or the new one. */
static FILE *file_begin(struct arena *arena, const char *path)
{
    int descriptor = open(text_format(arena, "%s.new", path).at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return descriptor < 0 ? NULL : fdopen(descriptor, "w");
}

static bool file_end(struct arena *arena, const char *path, FILE *file, bool written)
{
    written = fflush(file) == 0 && fsync(fileno(file)) == 0 && written;
    written = fclose(file) == 0 && written;
    return written && rename(text_format(arena, "%s.new", path).at, path) == 0;
}

static bool certificates_write(struct arena *arena, const char *path, X509 *first, X509 *second)
{
    FILE *file = file_begin(arena, path);
    if (file == NULL)
        return false;
    bool written = PEM_write_X509(file, first) == 1 && (second == NULL || PEM_write_X509(file, second) == 1);
    return file_end(arena, path, file, written);
}

static bool key_write(struct arena *arena, const char *path, EVP_PKEY *key)
{
    FILE *file = file_begin(arena, path);
    if (file == NULL)
        return false;
    return file_end(arena, path, file, PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1);
}

static bool extension_add(X509 *certificate, X509 *issuer, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
    if (extension == NULL)
        return false;
    bool added = X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

static bool serial_set(X509 *certificate)
{
    uint8_t bytes[16];
    random_bytes(bytes, sizeof bytes);
    bytes[0] &= 0x7F;
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    bool set = number != NULL && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return set;
}

static X509 *certificate_new(EVP_PKEY *key, const char *name, long days)
{
    X509 *certificate = X509_new();
    X509_NAME *subject = X509_get_subject_name(certificate);
    bool made =
        X509_set_version(certificate, X509_VERSION_3) == 1 && serial_set(certificate) &&
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) != NULL &&
        X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86400) != NULL &&
        X509_set_pubkey(certificate, key) == 1 &&
        X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8, (const unsigned char *)"Shanhuo", -1, -1, 0) == 1 &&
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0) == 1;
    if (made)
        return certificate;
    X509_free(certificate);
    return NULL;
}

static X509 *authority_make(EVP_PKEY *key)
{
    X509 *authority = certificate_new(key, "Shanhuo local CA", CA_DAYS);
    if (authority == NULL)
        return NULL;
    if (X509_set_issuer_name(authority, X509_get_subject_name(authority)) == 1 &&
        extension_add(authority, authority, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
        extension_add(authority, authority, NID_key_usage, "critical,keyCertSign,cRLSign") &&
        extension_add(authority, authority, NID_subject_key_identifier, "hash") &&
        X509_sign(authority, key, EVP_sha256()) > 0)
        return authority;
    X509_free(authority);
    return NULL;
}

static text subject_names(struct arena *arena, const char *const *names)
{
    struct bytes list;
    bytes_init(&list, arena, NAMES_BYTES_MAX);
    bytes_add(&list, TEXT("DNS:localhost,IP:127.0.0.1,IP:::1"));
    for (; names != NULL && *names != NULL && bytes_fits(&list, strlen(*names) + 8); names++) {
        ASN1_OCTET_STRING *address = a2i_IPADDRESS(*names);
        bytes_add_format(&list, ",%s:%s", address == NULL ? "DNS" : "IP", *names);
        ASN1_OCTET_STRING_free(address);
    }
    bytes_add_char(&list, '\0');
    return bytes_text(&list);
}

static X509 *leaf_make(struct arena *arena, EVP_PKEY *key, X509 *authority, EVP_PKEY *authority_key,
                       const char *const *names)
{
    X509 *leaf = certificate_new(key, "localhost", LEAF_DAYS);
    if (leaf == NULL)
        return NULL;
    if (X509_set_issuer_name(leaf, X509_get_subject_name(authority)) == 1 &&
        extension_add(leaf, authority, NID_basic_constraints, "critical,CA:FALSE") &&
        extension_add(leaf, authority, NID_key_usage, "critical,digitalSignature") &&
        extension_add(leaf, authority, NID_ext_key_usage, "serverAuth") &&
        extension_add(leaf, authority, NID_authority_key_identifier, "keyid") &&
        extension_add(leaf, authority, NID_subject_alt_name, subject_names(arena, names).at) &&
        X509_sign(leaf, authority_key, EVP_sha256()) > 0)
        return leaf;
    X509_free(leaf);
    return NULL;
}

static bool is_fresh(const X509 *certificate)
{
    int days = 0, seconds = 0;
    return certificate != NULL && ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate)) == 1 &&
           days >= RENEW_BEFORE_DAYS;
}

static bool is_for(X509 *leaf, const char *const *names)
{
    for (; names != NULL && *names != NULL; names++)
        if (X509_check_host(leaf, *names, 0, 0, NULL) != 1 && X509_check_ip_asc(leaf, *names, 0) != 1)
            return false;
    return true;
}

struct pair {
    X509 *certificate;
    EVP_PKEY *key;
};

static bool pair_is_whole(const struct pair *pair)
{
    return pair->key != NULL && is_fresh(pair->certificate) &&
           X509_check_private_key(pair->certificate, pair->key) == 1;
}

static bool authority_ensure(struct arena *arena, const char *folder, struct pair *pair, bool *made)
{
    text certificate_file = file_path(arena, folder, "ca.pem"), key_file = file_path(arena, folder, "ca.key");
    *pair = (struct pair){certificate_read(certificate_file.at), key_read(key_file.at)};
    *made = !pair_is_whole(pair);
    if (!*made)
        return true;
    X509_free(pair->certificate);
    EVP_PKEY_free(pair->key);
    *pair = (struct pair){.key = EVP_EC_gen("P-256")};
    pair->certificate = pair->key == NULL ? NULL : authority_make(pair->key);
    return pair->certificate != NULL && key_write(arena, key_file.at, pair->key) &&
           certificates_write(arena, certificate_file.at, pair->certificate, NULL);
}

static bool leaf_ensure(struct arena *arena, const char *folder, const struct pair *authority, const char *const *names)
{
    text certificate_file = file_path(arena, folder, "server.pem"), key_file = file_path(arena, folder, "server.key");
    struct pair old = {certificate_read(certificate_file.at), key_read(key_file.at)};
    OWNED(x509) X509 *old_leaf = old.certificate;
    OWNED(pkey) EVP_PKEY *old_key = old.key;
    (void)old_key; /* only let go of at the end */
    if (pair_is_whole(&old) && is_for(old_leaf, names) &&
        X509_verify(old_leaf, X509_get0_pubkey(authority->certificate)) == 1)
        return true;
    OWNED(pkey) EVP_PKEY *key = EVP_EC_gen("P-256");
    OWNED(x509) X509 *leaf = key == NULL ? NULL : leaf_make(arena, key, authority->certificate, authority->key, names);
    return leaf != NULL && key_write(arena, key_file.at, key) &&
           certificates_write(arena, certificate_file.at, leaf, authority->certificate);
}

bool http_certificate_ensure(const char *folder, const char *const *names)
{
    struct arena *arena = arena_new();
    struct pair authority = {0};
    bool made = false;
    mkdir(folder, 0700);
    bool ready = authority_ensure(arena, folder, &authority, &made) && leaf_ensure(arena, folder, &authority, names);
    if (!ready)
        log_error("certificate_failed", LOG_TEXT("folder", text_from(folder)));
    else if (made)
        log_info("certificate_authority_made", LOG_TEXT("folder", text_from(folder)));
    X509_free(authority.certificate);
    EVP_PKEY_free(authority.key);
    arena_free(arena);
    return ready;
}

/* AEAD suites only: what CBC suites leak (LUCKY13) is not worth the clients that need them. */
SSL_CTX *certificate_load(const char *certificate_file, const char *key_file)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    if (tls != NULL && SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) == 1 &&
        SSL_CTX_set_cipher_list(tls, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
        SSL_CTX_use_certificate_chain_file(tls, certificate_file) == 1 &&
        SSL_CTX_use_PrivateKey_file(tls, key_file, SSL_FILETYPE_PEM) == 1) {
        SSL_CTX_set_options(tls, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
        SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
        h2o_ssl_register_alpn_protocols(tls, h2o_alpn_protocols);
        return tls;
    }
    log_error("certificate_unusable", LOG_TEXT("file", text_from(certificate_file)));
    SSL_CTX_free(tls);
    return NULL;
}
