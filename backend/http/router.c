/* Route tables as a tree of path segments: literal segments win over parameters. Checks every row before anything is served. */
#include "http/parameters.h"
#include "http/router.h"

#define SEGMENTS_MAX 8

struct node {
    text segment; /* of a literal */
    struct node *children, *next;
    struct node *parameter; /* the one child that matches any segment */
    const struct route *routes[METHODS_COUNT];
    const struct field *fields[METHODS_COUNT][PATH_PARAMETERS_MAX];
};
struct router {
    struct arena *arena;
    struct node root, site; /* below /api/v1, and the few files of the public beside it */
    bool simulator;
};

static const char *const method_names[METHODS_COUNT] = {
    [METHOD_NONE] = "", [GET] = "GET", [POST] = "POST", [PUT] = "PUT", [PATCH] = "PATCH", [DELETE] = "DELETE",
};

const char *method_name(enum method method)
{
    return method_names[method];
}

enum method method_from(text name)
{
    if (text_equal(name, TEXT("HEAD")))
        return GET;
    for (enum method method = GET; method < METHODS_COUNT; method++)
        if (text_equal(name, text_from(method_names[method])))
            return method;
    return METHOD_NONE;
}

static bool words_include(const char *words, text wanted)
{
    text rest = words == NULL ? TEXT_NONE : text_from(words);
    while (rest.at != NULL)
        if (text_equal(text_cut(&rest, ' '), wanted))
            return true;
    return false;
}

static const struct field *parameter_field(struct router *router, const struct route *route, text name)
{
    struct field *field = arena_alloc(router->arena, sizeof *field);
    field->name = text_terminated(router->arena, name);
    field->kind = FIELD_TEXT;
    field->max = PATH_BYTES_MAX;
    field->min = 1;
    if (!text_ends_with(name, TEXT("_id")))
        return field;
    *field = (struct field){.name = field->name};
    field->kind = words_include(route->plain_ids, name) ? FIELD_UUID : FIELD_COUNTY_ID;
    return field;
}

static struct node *node_child(struct router *router, struct node *node, text segment)
{
    for (struct node *child = node->children; child != NULL; child = child->next)
        if (text_equal(child->segment, segment))
            return child;
    struct node *child = arena_alloc(router->arena, sizeof *child);
    child->segment = segment;
    child->next = node->children;
    node->children = child;
    return child;
}

static bool is_parameter(text segment)
{
    return text_starts_with(segment, TEXT("{")) && text_ends_with(segment, TEXT("}"));
}

static bool route_add(struct router *router, const struct route *route)
{
    struct node *node = route->at_root ? &router->site : &router->root;
    size_t count = 0;
    const struct field *fields[PATH_PARAMETERS_MAX] = {NULL};
    text rest = text_from(route->path + 1);
    while (rest.at != NULL) {
        text segment = text_cut(&rest, '/');
        if (!is_parameter(segment)) {
            node = node_child(router, node, segment);
            continue;
        }
        if (count == PATH_PARAMETERS_MAX)
            return false;
        fields[count++] = parameter_field(router, route, text_part(segment, 1, segment.length - 2));
        if (node->parameter == NULL)
            node->parameter = arena_alloc(router->arena, sizeof *node->parameter);
        node = node->parameter;
    }
    if (node->routes[route->method] != NULL)
        return false;
    node->routes[route->method] = route;
    memcpy(node->fields[route->method], fields, sizeof fields);
    return true;
}

/* ---- Checking a row: whatever a request would stumble over stops the start instead. ---- */

struct fault {
    const char *what;
    text name;
};

static bool fields_include(const struct field *fields, text name)
{
    for (const struct field *field = fields; field != NULL && field->name != NULL; field++) {
        text own = text_from(field->name);
        if (text_equal(own, name))
            return true;
        if (field->kind == FIELD_COUNTY_ID && text_ends_with(name, TEXT("county")) && text_ends_with(own, TEXT("id")) &&
            text_equal(text_part(own, 0, own.length - 2), text_part(name, 0, name.length - 6)))
            return true;
    }
    return false;
}

static bool path_includes(const struct route *route, text name)
{
    struct arena *arena = arena_new();
    text plain = text_format(arena, "{%.*s}", TEXT_ARGUMENTS(name));
    text county = text_ends_with(name, TEXT("_county"))
                      ? text_format(arena, "{%.*s_id}", TEXT_ARGUMENTS(text_part(name, 0, name.length - 7)))
                      : plain;
    bool found = strstr(route->path, plain.at) != NULL || strstr(route->path, county.at) != NULL;
    arena_free(arena);
    return found;
}

static bool parameter_is_known(const struct route *route, text name)
{
    return parameter_is_built_in(name) || path_includes(route, name) || fields_include(route->query, name) ||
           fields_include(route->body, name);
}

static bool statement_is_sound(const struct route *route, const char *name, struct fault *fault)
{
    if (name == NULL)
        return true;
    const struct statement *statement = statement_find(text_from(name));
    if (statement == NULL) {
        *fault = (struct fault){"no such statement", text_from(name)};
        return false;
    }
    for (size_t i = 0; i < statement->parameters_count && route->prepare == NULL; i++)
        if (!parameter_is_known(route, text_from(statement->parameters[i]))) {
            *fault = (struct fault){"nothing binds this parameter", text_from(statement->parameters[i])};
            return false;
        }
    return true;
}

static bool route_is_sound(const struct route *route, const struct http_settings *settings, struct fault *fault)
{
    if (!statement_is_sound(route, route->load, fault))
        return false;
    for (size_t i = 0; i < VARIANTS_MAX && route->variants[i].load != NULL; i++)
        if (!statement_is_sound(route, route->variants[i].load, fault))
            return false;
    for (size_t i = 0; i < APPLY_STATEMENTS_MAX; i++)
        if (!statement_is_sound(route, route->apply[i], fault))
            return false;
    const struct {
        bool broken;
        const char *what;
    } rules[] = {
        {route->path[0] != '/', "the path must begin with a slash"},
        {route->load == NULL && route->decide == NULL && route->page == NULL, "neither load nor decide nor page"},
        {(route->shape == ANSWER_PAGE) != (route->page != NULL), "a page is of shape page"},
        {route->page != NULL && (!route->at_root || route->cache_ms == 0), "pages stand at the root and are cached"},
        {route->apply[0] != NULL && route->lane != LANE_WRITE, "apply outside the write lane"},
        {route->facts != NULL && route->facts_size == 0, "facts without their size"},
        {route->plan != NULL && route->plan_size == 0, "plan without its size"},
        {route->shape == ANSWER_PLAN && (route->decide == NULL || route->answer == NULL), "no plan to answer with"},
        {route->cache_ms > 0 && (route->method != GET || route->may != MAY_ANYONE || route->lane == LANE_WRITE),
         "only public GETs are cached"},
        {route->cache_tag != NULL && route->cache_ms == 0, "cache_tag without cache_ms"},
        {route->method == GET && route->lane == LANE_WRITE, "a GET that writes"},
        {route->idempotent && (route->lane != LANE_WRITE || settings->claim_statement == NULL),
         "nothing keeps its key"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].broken) {
            *fault = (struct fault){rules[i].what, TEXT_NONE};
            return false;
        }
    return true;
}

static bool table_add(struct router *router, const struct route *table, const struct http_settings *settings)
{
    bool sound = true;
    for (const struct route *route = table; route->method != METHOD_NONE; route++) {
        struct fault fault = {"two rows for one path, or too many parameters", TEXT_NONE};
        if (route->open_to_simulator && !settings->simulator)
            continue;
        if (route_is_sound(route, settings, &fault) && route_add(router, route))
            continue;
        log_error("route_unsound", LOG_TEXT("method", text_from(method_name(route->method))),
                  LOG_TEXT("path", text_from(route->path)), LOG_TEXT("fault", text_from(fault.what)),
                  LOG_TEXT("name", fault.name));
        sound = false;
    }
    return sound;
}

struct router *router_new(struct arena *arena, const struct http_settings *settings)
{
    struct router *router = arena_alloc(arena, sizeof *router);
    router->arena = arena;
    bool sound = true;
    for (const struct route *const *table = settings->route_tables; *table != NULL; table++)
        sound = table_add(router, *table, settings) && sound;
    return sound ? router : NULL;
}

/* ---- Matching ---- */

static unsigned node_methods(const struct node *node)
{
    unsigned methods = 0;
    for (enum method method = GET; method < METHODS_COUNT; method++)
        if (node->routes[method] != NULL)
            methods |= 1u << method;
    return methods;
}

struct walk {
    text values[PATH_PARAMETERS_MAX];
    size_t count;
};

static const struct node *node_find(const struct node *node, text rest, struct walk *walk)
{
    if (rest.at == NULL)
        return node_methods(node) == 0 ? NULL : node;
    text segment = text_cut(&rest, '/');
    for (const struct node *child = node->children; child != NULL; child = child->next)
        if (text_equal(child->segment, segment)) {
            size_t count = walk->count;
            const struct node *found = node_find(child, rest, walk);
            if (found != NULL)
                return found;
            walk->count = count;
            break;
        }
    if (node->parameter == NULL || segment.length == 0 || walk->count == PATH_PARAMETERS_MAX)
        return NULL;
    walk->values[walk->count++] = segment;
    return node_find(node->parameter, rest, walk);
}

static void match_in(const struct node *tree, enum method method, text path, struct match *match)
{
    *match = (struct match){0};
    struct walk walk = {0};
    const struct node *node = node_find(tree, text_part(path, 1, path.length), &walk);
    if (node == NULL)
        return;
    match->allowed = node_methods(node);
    match->route = node->routes[method];
    match->parameters_count = match->route == NULL ? 0 : walk.count;
    for (size_t i = 0; i < match->parameters_count; i++)
        match->parameters[i] = (struct path_parameter){node->fields[method][i], walk.values[i]};
}

void router_match(const struct router *router, enum method method, text path, struct match *match)
{
    match_in(&router->root, method, path, match);
}

void router_match_site(const struct router *router, enum method method, text path, struct match *match)
{
    match_in(&router->site, method, path, match);
}

/* ---- make routes ---- */

static const char *const role_names[ROLES_COUNT] = {
#define ROLE_NAME(name, words) [name] = words,
    ROLES(ROLE_NAME)
#undef ROLE_NAME
};

static void print_roles(unsigned may, FILE *to)
{
    if (may == MAY_ANYONE || may == MAY_SIGNED_IN) {
        fprintf(to, "%s", may == MAY_ANYONE ? "anyone" : "signed-in");
        return;
    }
    const char *separator = "";
    for (size_t role = 0; role < ROLES_COUNT; role++)
        if (may & MAY(role)) {
            fprintf(to, "%s%s", separator, role_names[role]);
            separator = ",";
        }
}

static void print_statements(const struct route *route, FILE *to)
{
    fprintf(to, "%s", route->load == NULL ? "-" : route->load);
    for (size_t i = 0; i < VARIANTS_MAX && route->variants[i].load != NULL; i++)
        fprintf(to, "|%s", route->variants[i].load);
    if (route->offload != NULL)
        fprintf(to, " > offload");
    if (route->decide != NULL)
        fprintf(to, " > decide");
    for (size_t i = 0; i < APPLY_STATEMENTS_MAX && route->apply[i] != NULL; i++)
        fprintf(to, " > %s", route->apply[i]);
}

static const char *route_shape(const struct route *route)
{
    if (route->decide != NULL)
        return "decide";
    return route->lane == LANE_WRITE ? "act" : "ask";
}

void http_print_routes(const struct route *const *route_tables, FILE *to)
{
    for (const struct route *const *table = route_tables; *table != NULL; table++)
        for (const struct route *route = *table; route->method != METHOD_NONE; route++) {
            fprintf(to, "%-6s %s%-44s %-6s ", method_name(route->method), route->at_root ? "" : API_PREFIX, route->path,
                    route_shape(route));
            print_roles(route->may, to);
            fprintf(to, "  ");
            print_statements(route, to);
            fprintf(to, "%s%s\n", route->cache_ms > 0 ? "  cached" : "", route->idempotent ? "  key" : "");
        }
}

static void print_words(const char *name, unsigned may, FILE *to)
{
    const char *separator = "";
    fprintf(to, ",\"%s\":[", name);
    for (size_t role = 0; role < ROLES_COUNT; role++)
        if (may & MAY(role)) {
            fprintf(to, "%s\"%s\"", separator, role_names[role]);
            separator = ",";
        }
    fputc(']', to);
}

static void print_flag(const char *name, bool value, FILE *to)
{
    fprintf(to, ",\"%s\":%s", name, value ? "true" : "false");
}

static const char *const kind_names[FIELD_KINDS_COUNT] = {
    [FIELD_COUNT] = "count",         [FIELD_FEN] = "fen",   [FIELD_QTY] = "qty",         [FIELD_BOOL] = "bool",
    [FIELD_TEXT] = "text",           [FIELD_CODE] = "code", [FIELD_CHOICE] = "choice",   [FIELD_UUID] = "uuid",
    [FIELD_COUNTY_ID] = "county_id", [FIELD_DATE] = "date", [FIELD_INSTANT] = "instant", [FIELD_JSON] = "json",
    [FIELD_OBJECT] = "object",       [FIELD_LIST] = "list", [FIELD_UUIDS] = "uuids",
};

static void print_choices(const char *const *choices, FILE *to)
{
    const char *separator = ",\"choices\":[";
    for (; choices != NULL && *choices != NULL; choices++, separator = ",")
        fprintf(to, "%s\"%s\"", separator, *choices);
    fputs(separator[1] == '\0' ? "]" : "", to);
}

/* Lists within lists, as deep as the tables are. */
static void print_fields(const char *name, const struct field *fields, FILE *to)
{
    const char *separator = "";
    if (fields == NULL)
        return;
    fprintf(to, ",\"%s\":[", name);
    for (const struct field *field = fields; field->name != NULL; field++, separator = ",") {
        struct bounds bounds = field_bounds(field);
        fprintf(to, "%s{\"name\":\"%s\",\"kind\":\"%s\",\"min\":%lld,\"max\":%lld", separator, field->name,
                kind_names[field->kind], (long long)bounds.min, (long long)bounds.max);
        print_flag("optional", field->optional, to);
        print_choices(field->choices, to);
        print_fields("fields", field->fields, to);
        fputc('}', to);
    }
    fputc(']', to);
}

void http_print_routes_json(const struct route *const *route_tables, FILE *to)
{
    const char *separator = "[";
    for (const struct route *const *table = route_tables; *table != NULL; table++)
        for (const struct route *route = *table; route->method != METHOD_NONE; route++) {
            if (route->at_root)
                continue;
            fprintf(to, "%s\n{\"method\":\"%s\",\"path\":\"%s\",\"shape\":\"%s\"", separator,
                    method_name(route->method), route->path, route_shape(route));
            print_words("may", route->may, to);
            fprintf(to, ",\"plain_ids\":\"%s\"", route->plain_ids == NULL ? "" : route->plain_ids);
            print_fields("body", route->body, to);
            print_fields("query", route->query, to);
            text types = text_from(route->upload ? route->content_type : "");
            text first_type = text_cut(&types, ' ');
            fprintf(to, ",\"upload\":\"%.*s\"", TEXT_ARGUMENTS(first_type));
            print_flag("simulator", route->open_to_simulator, to);
            print_flag("idempotent", route->idempotent, to);
            print_flag("versioned", route->versioned, to);
            print_flag("verified", route->verify != NULL, to);
            fputc('}', to);
            separator = ",";
        }
    fprintf(to, "%s\n]\n", text_equal(text_from(separator), TEXT("[")) ? "[" : "");
}
