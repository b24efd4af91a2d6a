# Plans as "@ statement" and EXPLAIN's lines. A sequential scan of a table that grows is refused, unless scans_allowed names it with a reason.
FNR == NR { if ($1 !~ /^#/ && NF >= 3) allowed[$1 " " $2] = 1; next }
BEGIN {
    split("" \
          "accounts addresses allocations attributions audit_events balances cart_lines case_steps cases " \
          "contribution_balances contributions dues entries findings household_costs household_statuses " \
          "households id_number_holders idempotency_keys income_baselines link_agreements lots members " \
          "memberships objections offers order_lines orders outbox payments payout_items products " \
          "provider_transactions publicities purchases refunds returns role_grants seal_transfers sessions " \
          "stock_moves stocks suppliers trace_codes transfers bill_lines " \
          "complaints complaint_steps complaint_parties " \
          "", names, " ")
    for (i in names) large[names[i]] = 1
}
function conclude() { if (name != "" && !bad) print "ok " name }
$1 == "@" { conclude(); name = $2; bad = 0; next }
match($0, /Seq Scan on [a-z_]+/) {
    table = substr($0, RSTART + 12, RLENGTH - 12)
    if (!(table in large)) next
    if ((name " " table) in allowed) { used[name " " table] = 1; next }
    if ((name " *") in allowed) { used[name " *"] = 1; next }
    print "not ok " name ": reads all of " table
    bad = 1
}
END {
    conclude()
    for (one in allowed) if (!(one in used)) print "not ok scans_allowed: " one " is no longer needed"
}
