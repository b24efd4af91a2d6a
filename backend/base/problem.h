/* The one list of what can go wrong for a caller. Slugs are public and never change. */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

#include "base/text.h"

#define PROBLEMS(X) /* name, HTTP status, slug, 中文, English */                                                     \
    X(PROBLEM_NONE, 200, "none", "", "")                                                                               \
    X(PROBLEM_MALFORMED, 400, "malformed", "请求无法读取", "The request can't be read")                                \
    X(PROBLEM_KEY_MISSING, 400, "idempotency-key-missing", "缺少 Idempotency-Key 请求头",                              \
      "The Idempotency-Key header is missing")                                                                         \
    X(PROBLEM_UNAUTHENTICATED, 401, "unauthenticated", "请先登录", "Please log in")                                    \
    X(PROBLEM_WRONG_PASSWORD, 401, "wrong-password", "账号或密码不正确", "Login or password is wrong")                 \
    X(PROBLEM_FORBIDDEN, 403, "forbidden", "您的角色不能进行此操作", "Your role may not do this")                      \
    X(PROBLEM_CSRF, 403, "csrf", "页面已过期，请刷新后重试", "The page is stale, reload and try again")                \
    X(PROBLEM_OWN_ENTRY, 403, "own-entry", "不能审批自己提交的内容", "No one approves what they entered")              \
    X(PROBLEM_NOT_FOUND, 404, "not-found", "没有找到", "Not found")                                                    \
    X(PROBLEM_METHOD, 405, "method-not-allowed", "不支持此方法", "This method is not offered here")                    \
    X(PROBLEM_CONFLICT, 409, "conflict", "状态已变化，请刷新后重试", "The state has changed, reload and try again")    \
    X(PROBLEM_WRONG_STATE, 409, "wrong-state", "当前状态不允许此操作", "Its state does not allow this")                \
    X(PROBLEM_OUT_OF_STOCK, 409, "out-of-stock", "已售罄或库存不足", "Sold out or not enough left")                    \
    X(PROBLEM_NOT_DELIVERED, 409, "not-delivered", "该店铺不配送到此地址", "This shop does not deliver there")         \
    X(PROBLEM_PRICE_CHANGED, 409, "price-changed", "价格已变化，请确认", "A price has changed, please confirm")        \
    X(PROBLEM_KEY_RUNNING, 409, "idempotency-key-running", "相同请求正在处理", "The same request is still running")    \
    X(PROBLEM_TAKEN, 409, "taken", "已存在", "Already exists")                                                         \
    X(PROBLEM_NOTICE_OPEN, 409, "notice-open", "公示未结束或有未处理的异议",                                           \
      "The notice has not ended or an objection is open")                                                              \
    X(PROBLEM_OPEN_FINDING, 409, "open-finding", "有未核查的问题", "A finding is still open")                          \
    X(PROBLEM_PHOTO_NOT_READY, 409, "photo-not-ready", "照片还在处理，或不能用在这里",                                 \
      "A photo is not ready yet, or can't be used here")                                                               \
    X(PROBLEM_OVER_BUDGET, 409, "over-budget", "超出单位年度预算", "More than is left of the unit's budget")           \
    X(PROBLEM_PARTY, 403, "party-to-it", "不能办理与本人或本单位有关的投诉",                                           \
      "No one handles a complaint about themselves or their own office")                                               \
    X(PROBLEM_NOT_FINDER, 403, "not-finder", "由发现问题的人或审计员销号",                                             \
      "Whoever found it, or an auditor, closes it")                                                                    \
    X(PROBLEM_STALE, 412, "stale", "内容已被他人修改", "Someone else has changed it")                                  \
    X(PROBLEM_TOO_LARGE, 413, "too-large", "请求过大", "The request is too large")                                     \
    X(PROBLEM_MEDIA_TYPE, 415, "unsupported-media-type", "内容类型不支持", "This content type is not accepted")        \
    X(PROBLEM_INVALID, 422, "invalid", "填写有误", "Some fields are not right")                                        \
    X(PROBLEM_OVERFLOW, 422, "overflow", "金额或数量过大", "The amount is too large")                                  \
    X(PROBLEM_KEY_REUSED, 422, "idempotency-key-reused", "同一 Idempotency-Key 的内容不同",                            \
      "The same Idempotency-Key came with another body")                                                               \
    X(PROBLEM_VERSION_MISSING, 428, "version-missing", "缺少 If-Match 请求头", "The If-Match header is missing")       \
    X(PROBLEM_TOO_MANY, 429, "too-many", "操作过于频繁，请稍后再试", "Too many attempts, try again later")             \
    X(PROBLEM_HEADERS_TOO_LARGE, 431, "headers-too-large", "请求头过大", "The request headers are too large")          \
    X(PROBLEM_OURS, 500, "internal", "系统出错，已记录", "Our mistake, it has been logged")                            \
    X(PROBLEM_UNAVAILABLE, 503, "unavailable", "系统繁忙，请稍后再试", "Busy or down for a moment, try again")         \
    X(PROBLEM_PLAN_STALE, 409, "plan-stale", "状态已变化，请重试", "The state has changed, try again")

#define PROBLEM_ENUM(name, status, slug, zh, en) name,
enum problem { PROBLEMS(PROBLEM_ENUM) PROBLEMS_COUNT };
#undef PROBLEM_ENUM

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGES_COUNT };

int problem_status(enum problem problem);
const char *problem_slug(enum problem problem);
const char *problem_title(enum problem problem, enum language language);
/* PROBLEM_NONE when no problem has this slug. */
enum problem problem_from_slug(text slug);

/* What is wrong where. `code` is public and never changes; its words stand in problem.c. */
struct problem_detail {
    text pointer; /* RFC 6901, "" for the whole body */
    const char *code;
    text message; /* more than the code says, such as what is left; may be absent */
};
struct problems {
    struct arena *arena;
    struct problem_detail details[100]; /* PROBLEM_DETAILS_MAX */
    size_t count;
    bool more; /* some did not fit */
};
void problems_init(struct problems *problems, struct arena *arena);
void problems_add(struct problems *problems, text pointer, const char *code, text message);
const char *problem_code_words(const char *code, enum language language);

/* Ours: logs the place with the request id and aborts, in release too. */
#define must(condition) ((condition) ? (void)0 : must_failed(#condition, __FILE__, __LINE__))
NORETURN void must_failed(const char *condition, const char *file, int line);

#endif
