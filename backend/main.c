/* main: hands every subject's tables over to http, jobs and the sub-commands. The only file that knows them all. */
#include "command.h"
#include "accounts.h"
#include "attribution.h"
#include "bills.h"
#include "catalog.h"
#include "demand.h"
#include "demo.h"
#include "desk.h"
#include "findings.h"
#include "impact.h"
#include "incomes.h"
#include "indicators.h"
#include "intake.h"
#include "ledger_verify.h"
#include "orders.h"
#include "oversight.h"
#include "pages.h"
#include "payments.h"
#include "payouts.h"
#include "photos.h"
#include "products.h"
#include "registry.h"
#include "reporting.h"
#include "webhooks.h"

extern const struct command serve_command, jobs_command, migrate_command;
extern const struct command import_areas_command, import_households_command;
extern const struct command user_add_command, user_grant_command, user_revoke_command, user_reset_command,
    user_list_command;
extern const struct command ledger_verify_command, report_command, demo_command;
extern const struct command backup_command, restore_command;
extern const struct command config_command, routes_command, statements_command, render_command;

static const struct command *const commands[] = {
    &serve_command,
    &jobs_command,
    &migrate_command,
    &import_areas_command,
    &import_households_command,
    &user_add_command,
    &user_grant_command,
    &user_revoke_command,
    &user_reset_command,
    &user_list_command,
    &ledger_verify_command,
    &backup_command,
    &restore_command,
    &report_command,
    &demo_command,
    &config_command,
    &routes_command,
    &statements_command,
    &render_command,
    NULL,
};

/* In the order of the subjects, from field to passbook. */
/* clang-format off */
static const struct route *const routes[] = {
    accounts_routes,
    registry_routes,
    registry_case_routes,
    registry_helper_routes,
    findings_routes,
    photos_routes,
    products_routes,
    intake_routes,
    catalog_routes,
    attribution_routes,
    payments_routes,
    orders_routes,
    bills_routes,
    demand_routes,
    webhooks_routes,
    payouts_routes,
    incomes_routes,
    ledger_routes,
    impact_routes,
    reporting_routes,
    desk_routes,
    oversight_routes,
    indicator_routes,
    pages_routes,
    NULL,
};
/* clang-format on */

/* clang-format off */
static const struct job *const jobs[] = {
    registry_jobs,
    accounts_jobs,
    photos_jobs,
    intake_jobs,
    catalog_jobs,
    payments_jobs,
    orders_jobs,
    payouts_jobs,
    ledger_jobs,
    findings_jobs,
    impact_jobs,
    reporting_jobs,
    oversight_jobs,
    webhooks_jobs,
    NULL,
};
/* clang-format on */

static const char *const topics[] = {
    "sessions",
    "catalog",
    "areas",
    NULL,
};

static void hand_over_keys(void)
{
    accounts_use_code_key(config_key(KEY_CODES));
    ledger_use_head_key(config_key(KEY_HEADS));
}

static const struct program program = {
    .commands = commands,
    .routes = routes,
    .jobs = jobs,
    .topics = topics,
    .hand_over_keys = hand_over_keys,
    .demo_load_once = demo_load_once,
    .demo_print_logins = demo_print_logins,
    .session_statement = "accounts/session",
    .claim_statement = "accounts/claim_key",
    .answer_statement = "accounts/store_key",
    .area_statement = "registry/area_name",
};

int main(int count, char **words)
{
    return command_run(&program, count, (const char **)words);
}
