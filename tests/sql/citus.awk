# What would break on Citus and can be seen in the text of a statement (design/citus.md). citus_allowed: "file rule reason" lets one pass.
FNR == NR { if ($1 !~ /^#/ && NF >= 3) allowed[$1 " " $2] = 1; next }
function refuse(rule, words) {
    if ((file " " rule) in allowed) used[file " " rule] = 1
    else { print "not ok " file ": " words; bad = 1 }
}
function conclude() {
    if (file == "") return
    bad = 0
    if (sql ~ /(^|[^a-z_])(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday) *\(/ ||
        sql ~ /current_(timestamp|date|time)/)
        refuse("clock", "reads the clock in SQL; pass :now")
    # One SELECT may lock rows of one county only: its county is a parameter or that of a single row.
    if (locks_owned(sql) && sql !~ /county = *(:|\(?select|[a-z_.]*county)/)
        refuse("lock", "locks rows without saying of which county")
    if (sql ~ /(^|[^a-z_])(rollup|grouping sets|cube) *\(/) refuse("rollup", "ROLLUP over counties")
    if (sql ~ /(^|[^a-z_])merge into/) refuse("merge", "MERGE")
    if (sql ~ /(^|[^a-z_])ctid([^a-z_]|$)/) refuse("ctid", "ctid")
    if (sql ~ /with recursive/) refuse("recursive", "WITH RECURSIVE")
    joins(sql)
    if (!bad) print "ok " file
}
function locks_owned(text,    rest, table) {
    rest = text
    while (rest ~ /for (no key )?update|for (key )?share/ && match(rest, /(from|join) +[a-z_]+/)) {
        table = substr(rest, RSTART, RLENGTH)
        sub(/^.* /, "", table)
        if (table in owned) return 1
        rest = substr(rest, RSTART + RLENGTH)
    }
    return 0
}
# Two tables owned by a county meet only where county equals county: somewhere between this JOIN and the next clause.
function joins(text,    rest, piece, table, end) {
    rest = text
    while (match(rest, /join +(lateral +)?[a-z_]+/)) {
        table = substr(rest, RSTART, RLENGTH)
        sub(/^.* /, "", table)
        rest = substr(rest, RSTART + RLENGTH)
        if (!(table in owned)) continue
        piece = rest
        if (match(piece, /[^a-z_](join|where|group by|order by|limit|union|returning|having) /)) end = RSTART; else end = length(piece)
        # The equality may also stand in WHERE, as in `JOIN shops AS s ON s.id = … WHERE s.county = :county`.
        if (substr(piece, 1, end) !~ /county/ && piece !~ /where[^;]*county/) refuse("join", "joins " table " without county")
    }
}
BEGIN {
    split("" \
          "stations shops freight_rules households members household_statuses income_baselines household_costs " \
          "household_capacities suppliers distribution_rules memberships link_agreements publicities objections " \
          "imports findings products stocks lots contributions contribution_balances stock_moves offers " \
          "transfers entries balances seals seal_transfers orders order_lines returns allocations attributions " \
          "dues payout_batches payout_items cases case_steps case_guarantees publicity_passes publicity_rules " \
          "household_places village_mergers village_statuses " \
          "complaints complaint_steps complaint_parties " \
          "statement_duties county_statements bills bill_lines " \
          "units unit_members unit_budgets pledges purchase_lists purchase_list_parts purchase_list_lines unit_orders accreditations campaigns pairings acceptances acceptance_lines " \
          "", names, " ")
    for (i in names) owned[names[i]] = 1
}
FNR == 1 { conclude(); file = FILENAME; sub(/^backend\//, "", file); sub(/\.sql$/, "", file); sql = "" }
{ line = $0; sub(/--.*$/, "", line); gsub(/'[^']*'/, "''", line); sql = sql " " tolower(line) }
END {
    conclude()
    for (one in allowed) if (!(one in used)) print "not ok citus_allowed: " one " is no longer needed"
}
