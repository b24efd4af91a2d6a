/* What problems and their details are called in both languages, and the end of the process when we are wrong ourselves. */
#include <unistd.h>
#include "base.h"

static const struct {
    int status;
    const char *slug;
    const char *titles[LANGUAGES_COUNT];
} problem_rows[PROBLEMS_COUNT] = {
#define PROBLEM_ROW(name, status_, slug_, zh, en) [name] = {status_, slug_, {[LANGUAGE_ZH] = zh, [LANGUAGE_EN] = en}},
    PROBLEMS(PROBLEM_ROW)
#undef PROBLEM_ROW
};

/* Codes of details. Public: they never change. A code may also be a problem's slug. */
static const struct {
    const char *code;
    const char *words[LANGUAGES_COUNT];
} code_rows[] = {
    {"required", {"必填", "This is required"}},
    {"unknown-field", {"没有这个字段", "There is no such field"}},
    {"duplicate-field", {"字段重复", "This field came twice"}},
    {"wrong-type", {"类型不正确", "This is of the wrong type"}},
    {"not-whole", {"须为整数", "This must be a whole number"}},
    {"below-min", {"数值过小", "This is too small"}},
    {"above-max", {"数值过大", "This is too large"}},
    {"too-short", {"内容过短", "This is too short"}},
    {"too-long", {"内容过长", "This is too long"}},
    {"too-few", {"项目过少", "These are too few"}},
    {"too-many-items", {"项目过多", "These are too many"}},
    {"repeated", {"重复", "This came twice"}},
    {"too-deep", {"嵌套层数过多", "This is nested too deeply"}},
    {"control-character", {"含有不允许的控制字符", "It contains control characters"}},
    {"not-utf8", {"不是有效的 UTF-8 文本", "This is not UTF-8"}},
    {"bad-escape", {"百分号编码不正确", "Its percent encoding is wrong"}},
    {"not-digits", {"只能包含数字", "Only digits are allowed"}},
    {"not-a-choice", {"不在可选范围内", "This is not one of the choices"}},
    {"not-an-id", {"编号格式不正确", "This is not an id"}},
    {"not-a-cursor", {"翻页位置无效", "This is no cursor of this list"}},
    {"not-a-date", {"日期不存在或格式不正确", "This is not a date"}},
    {"not-an-instant", {"时间格式不正确", "This is not a point in time"}},
    {"not-found", {"没有找到", "There is no such thing"}},
    {"not-on-sale", {"已下架", "It is no longer on sale"}},
    {"over-limit", {"超过限购数量", "More than one purchase may have"}},
    {"more-than-payable", {"超过目前应付给该户的金额", "More than is payable to the household now"}},
    {"more-than-bought", {"超过购买数量", "More than was bought and not yet given back"}},
    {"no-words", {"没有可搜索的字词", "There is no word to look for"}},
    {"bought-needs-price", {"收购须约定收购价", "Bought goods need a price"}},
    {"below-floor-price", {"低于协议保底价", "This is below the agreement's floor price"}},
    {"amount-differs", {"与批准的金额不同", "This is not the amount that was approved"}},
    {"before-approval", {"早于批准日期", "This day is before the approval"}},
    {"in-future", {"日期在将来", "This day is yet to come"}},
    {"in-past", {"日期已过", "This day has passed"}},
    {"guarantee-not-met", {"还没有达到，不能提出退出", "It is not met yet, so nobody may be proposed for exit"}},
    {"no-majority", {"没有超过到会人数的一半", "This is not more than half of those present"}},
    {"exit-needs-case", {"退出须走程序并经公示", "An exit needs its own case with a public notice"}},
    {"no-threshold", {"本地还没有录入退出标准", "No threshold has been entered for this place"}},
    {"above-threshold", {"贫困发生率没有低于退出标准", "The rate is not below the threshold"}},
    {"not-an-address", {"不是完整的网址", "This is not a whole URL"}},
    {"https-only", {"只能使用 https 网址", "Only https is allowed"}},
    {"port-forbidden", {"只能使用 443 或 8443 端口", "Only ports 443 and 8443 are allowed"}},
    {"address-forbidden", {"不能指向本机或内部网络", "It must not lead to this machine or an inner network"}},
    {"unchanged", {"名册上已经如此", "The register says so already"}},
    {"more-than-left", {"超过剩余数量", "This is more than is left"}},
    {"wrong-state", {"当前状态不允许", "Its state does not allow this"}},
    {"more-than-lost", {"超过已登记的损耗", "This is more than was lost"}},
    {"not-json", {"不是有效的 JSON", "This is not JSON"}},
    {"password-too-weak", {"至少 10 个字符，或 8 个字符且含三类字符", "Needs 10 characters, or 8 of three kinds"}},
    {"password-too-common", {"过于常见或包含登录名", "Too common, or it holds the login"}},
    {"password-too-long", {"密码过长", "This password is too long"}},
    {"white-space", {"不能包含空格", "It must not contain spaces"}},
    {"scope-not-held", {"您没有该角色", "You do not hold this role yourself"}},
    {"role-place", {"该角色不能绑定到此处", "This role can't be bound there"}},
    {"area-or-organisation", {"区划和单位只能填一个", "Name an area or an organisation, not both"}},
    {"number-shape", {"位数或字符不对", "Wrong length or characters"}},
    {"number-check", {"校验位不符，请核对", "The check character does not fit"}},
    {"number-birthday", {"号码中的出生日期不存在", "The birthday in it is not a date"}},
    {"number-future", {"号码中的出生日期在将来", "The birthday in it lies ahead"}},
    {"number-old", {"是 15 位旧号码", "An old number of 15 digits"}},
    {"number-machine", {"是物联网号码，不能接收短信", "A number of machines, it takes no messages"}},
    {"number-inner-check", {"组织机构代码校验位不符", "The check character of its organisation code does not fit"}},
    {"number-kind", {"登记部门与类别不在目录中", "Its department and class are on no list"}},
    {"csv-encoding", {"文件编码既不是 UTF-8 也不是 GB18030", "The file is neither UTF-8 nor GB18030"}},
    {"csv-quote", {"引号不完整", "A quote is never closed, or words stand beside it"}},
    {"csv-too-many-columns", {"列数过多", "The row has too many columns"}},
    {"csv-row-too-long", {"这一行过长", "The row is too long"}},
    {"csv-unknown-column", {"没有这一列", "There is no such column"}},
    {"csv-repeated-column", {"列重复", "This column came twice"}},
    {"csv-missing-column", {"缺少必需的列", "A column is missing"}},
    {"csv-empty", {"文件是空的", "The file is empty"}},
    {"export-too-long",
     {"行数超过一次导出的上限，请缩小范围；上限", "More rows than one file may have: ask for less; at most"}},
    {"xlsx-broken", {"不是完整的 XLSX 文件", "This is no whole XLSX file"}},
    {"xlsx-too-large", {"表格过大，或压缩异常", "The sheet is too large, or packed beyond reason"}},
    {"xlsx-doctype", {"表格含有外部实体声明", "The sheet declares entities"}},
    {"xlsx-old", {"旧版 .xls 或加密的表格，请另存为 .xlsx", "An old .xls, or locked by a password: save it as .xlsx"}},
    {"card-number-missing", {"缺少户编号", "The card number is missing"}},
    {"village-code-missing", {"缺少村代码", "The village code is missing"}},
    {"area-unknown", {"没有这个行政区划，或不在本县", "No such area, or not of this county"}},
    {"file-too-many-rows", {"文件行数过多", "The file has too many rows"}},
    {"not-a-number", {"不是数字，或小数超过两位", "This is not a number, or has more than two decimals"}},
    {"differs-above", {"与同一商品前面的行不一致", "It differs from the rows above of the same product"}},
    {"cannot-change", {"已有商品或规格的这一项不能更改", "Of a product or pack that is there this can't be changed"}},
    {"sku-of-another", {"该货号属于另一个商品", "This SKU belongs to another product"}},
    {"several-of-name", {"有多个同名商品，请填写商品编码", "Several products have this name: give a handle"}},
    {"images-not-fetched",
     {"图片地址不会被下载，请在商品页上传照片", "Pictures are not fetched: upload them on the product's page"}},
    {"stock-from-lots",
     {"库存只来自已登记的批次，此列被忽略", "Stock comes from lots taken in only; this column is left out"}},
    {"column-ignored", {"此列未使用", "This column is not used"}},
    {"row-archived", {"已归档的商品被跳过", "An archived product is left out"}},
    {"markup-removed", {"描述中的网页标记已去除", "Markup was taken out of the description"}},
    {"not-for-this-step", {"这一步用不到此项", "This kind of step has no use for it"}},
    {"not-for-this-mode", {"这种联结方式不用此项", "This kind of link has no use for it"}},
    {"pool-too-small", {"钱不够，缺口或可用金额（元）：", "Not enough money; yuan lacking or at hand:"}},
    {"no-collective", {"这个村没有登记的村集体：", "This village has no collective registered:"}},
    {"nothing-to-share", {"没有可分的钱，或没有可分的户", "There is nothing to share, or nobody to share it with"}},
    {"rest-not-last", {"“其余”须是最后一步", "What is left can only be the last step"}},
    {"shares-above-whole", {"各步比例之和超过全部", "The shares of the pool exceed the whole"}},
    {"grade-assumed", {"没有等级，按“统货”处理", "No grade was given; it is taken as ungraded (统货)"}},
    {"area-bad-row", {"代码或名称无法识别", "The code is none, or the name is missing"}},
    {"area-repeated-code", {"代码重复", "A code came twice"}},
    {"area-without-parent", {"上级区划不存在", "An area has no area above it"}},
};

int problem_status(enum problem problem)
{
    return problem_rows[problem].status;
}

const char *problem_slug(enum problem problem)
{
    return problem_rows[problem].slug;
}

const char *problem_title(enum problem problem, enum language language)
{
    return problem_rows[problem].titles[language];
}

enum problem problem_from_slug(text slug)
{
    for (int i = 0; i < PROBLEMS_COUNT; i++)
        if (text_equal(slug, text_from(problem_rows[i].slug)))
            return (enum problem)i;
    return PROBLEM_NONE;
}

_Static_assert(sizeof((struct problems){0}.details) / sizeof(struct problem_detail) == PROBLEM_DETAILS_MAX,
               "the list holds what the limit says");

void problems_init(struct problems *problems, struct arena *arena)
{
    problems->arena = arena;
    problems->count = 0;
    problems->more = false;
}

void problems_add(struct problems *problems, text pointer, const char *code, text message)
{
    if (problems->count == PROBLEM_DETAILS_MAX) {
        problems->more = true;
        return;
    }
    problems->details[problems->count++] =
        (struct problem_detail){text_copy(problems->arena, pointer), code, text_copy(problems->arena, message)};
}

const char *problem_code_words(const char *code, enum language language)
{
    text wanted = text_from(code);
    for (size_t i = 0; i < sizeof code_rows / sizeof code_rows[0]; i++)
        if (text_equal(wanted, text_from(code_rows[i].code)))
            return code_rows[i].words[language];
    enum problem problem = problem_from_slug(wanted);
    return problem == PROBLEM_NONE ? code : problem_title(problem, language);
}

void must_failed(const char *condition, const char *file, int line)
{
    /* Logging needs memory: when that is what failed, the second failure ends here. */
    static _Thread_local bool failing;
    if (!failing) {
        failing = true;
        log_error("must_failed", LOG_TEXT("condition", text_from(condition)), LOG_TEXT("file", text_from(file)),
                  LOG_INT("line", line));
    }
    abort();
}
