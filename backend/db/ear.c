/* LISTEN on a connection of its own. What was said while it was away is unknown, so after each return it says so: heard("", ""). */
#include <libpq-fe.h>

#include "db/link.h"

struct ear {
    struct link link;
    struct arena *arena;
    const char *listen; /* one command for all topics */
    void (*heard)(void *owner, text topic, text payload);
    void *owner;
    bool listening;
};

enum { LISTEN_BYTES_MAX = 4096 };

static void ear_up(void *owner)
{
    struct ear *ear = owner;
    ear->listening = false;
    if (PQsendQuery(ear->link.connection, ear->listen) == 1)
        link_flush(&ear->link);
    else
        link_fail(&ear->link, session_complaint(ear->link.connection));
}

/* The answer to LISTEN: from here on nothing is missed. */
static void ear_take_answers(struct ear *ear)
{
    while (!ear->listening && ear->link.state == LINK_UP && !PQisBusy(ear->link.connection)) {
        PGresult *result = PQgetResult(ear->link.connection);
        const bool refused = result != NULL && PQresultStatus(result) != PGRES_COMMAND_OK;
        PQclear(result);
        if (refused) {
            link_fail(&ear->link, session_complaint(ear->link.connection));
            return;
        }
        if (result == NULL) {
            ear->listening = true;
            ear->heard(ear->owner, TEXT(""), TEXT(""));
        }
    }
}

static void ear_heard(void *owner)
{
    struct ear *ear = owner;
    PGnotify *notice;
    ear_take_answers(ear);
    while (ear->link.state == LINK_UP && (notice = PQnotifies(ear->link.connection)) != NULL) {
        ear->heard(ear->owner, text_from(notice->relname), text_from(notice->extra));
        PQfreemem(notice);
    }
}

static void ear_down(void *owner)
{
    struct ear *ear = owner;
    ear->listening = false;
}

static void ear_drained(void *owner)
{
    struct ear *ear = owner;
    arena_free(ear->arena);
}

static const char *listen_command(struct arena *arena, const char *const *topics)
{
    struct bytes command;
    bytes_init(&command, arena, LISTEN_BYTES_MAX);
    for (; *topics != NULL; topics++) {
        must(strspn(*topics, "abcdefghijklmnopqrstuvwxyz_") == strlen(*topics));
        bytes_add_format(&command, "LISTEN %s;", *topics);
    }
    return text_terminated(arena, bytes_text(&command));
}

struct ear *ear_open(const char *url, const char *const *topics, const struct loop *loop,
                     void (*heard)(void *owner, text topic, text payload), void *owner)
{
    struct arena *arena = arena_new();
    struct ear *ear = arena_alloc(arena, sizeof *ear);
    ear->arena = arena;
    ear->listen = listen_command(arena, topics);
    ear->heard = heard;
    ear->owner = owner;
    ear->link = (struct link){.loop = loop,
                              .session = session_new(arena, url, "shanhuo ear", 0, 0),
                              .name = "ear",
                              .owner = ear,
                              .up = ear_up,
                              .heard = ear_heard,
                              .down = ear_down,
                              .drained = ear_drained};
    link_open(&ear->link);
    return ear;
}

void ear_close(struct ear *ear)
{
    link_close(&ear->link);
    if (ear->link.timers == 0)
        arena_free(ear->arena);
}
