# Dependencies point one way. Reads migrations first (who owns a table stands in a comment above it), then sources, and prints each
# line that names something later in the order, writes another subject's table or takes a library that belongs to one folder.
# Views named <subject>_… may be read by all; tables marked "-- owner: x, appended to by all" may be inserted into by all.
BEGIN {
    count = split("" \
                  "base " \
                  "db " \
                  "distribution " \
                  "findings " \
                  "registry " \
                  "accounts " \
                  "photos " \
                  "products " \
                  "intake " \
                  "catalog " \
                  "ledger " \
                  "attribution " \
                  "payments " \
                  "payouts " \
                  "orders " \
                  "bills " \
                  "demand " \
                  "webhooks " \
                  "impact " \
                  "incomes " \
                  "reporting " \
                  "desk " \
                  "oversight " \
                  "indicators " \
                  "pages " \
                  "", order, " ")
    for (i = 1; i <= count; i++) place[order[i]] = i
    place["http"] = place["jobs"] = 2.5  # above db, below every subject
    keeper["libpq-fe.h"] = "db"; keeper["h2o.h"] = "http"; keeper["xlsxwriter.h"] = keeper["cairo-pdf.h"] = keeper["pango/pangocairo.h"] = "render"; keeper["jansson.h"] = keeper["zip.h"] = keeper["expat.h"] = "base"; keeper["vips/vips.h"] = "photos"
}
function complain(words) { printf "%s:%d: %s\n    %s\n", FILENAME, FNR, words, $0; found = 1 }
function is_subject(name) { return name in place && place[name] >= 3 }
# http and jobs name no subject; subjects name no http and no jobs.
function may_use(user, used) {
    if (user == used || user == "") return 1
    if (used == "http" || used == "jobs") return 0
    return place[used] < place[user]
}
FNR == 1 {
    folder = ""
    if (FILENAME ~ /^backend\/[a-z]+\//) { split(FILENAME, parts, "/"); folder = parts[2] }
    else if (FILENAME ~ /^include\/[a-z]+\.h$/) { folder = FILENAME; gsub(/^include\/|\.h$/, "", folder) }
    if (!(folder in place)) folder = ""
    owner = ""
}

FILENAME ~ /^migrations\// {
    if ($1 == "--" && $2 == "owner:") { owner = $3; for_all = sub(/,$/, "", owner) && /, appended to by all$/ }
    else if ($0 ~ /^CREATE (UNLOGGED )?TABLE|^CREATE (OR REPLACE )?(MATERIALIZED )?VIEW/) {
        for (i = 2; i <= NF && $i !~ /^(TABLE|VIEW)$/; i++);
        name = $(i + 1); sub(/\(.*/, "", name)
        if ($0 ~ /VIEW/) { split(name, parts, "_"); if (owner == "" && parts[1] in place) owner = parts[1]; is_view[name] = 1 }
        if (owner == "" && $0 !~ / PARTITION OF /) complain("no \"-- owner: <subject>\" above this table")
        else if (owner != "" && !(owner in place)) complain("no such subject: " owner)
        if (for_all) is_shared[name] = 1
        owned[name] = owner
        owner = for_all = ""
    }
    next
}
folder == "" { next }

FILENAME ~ /\.[ch]$/ && /^#include/ {
    name = $2; gsub(/[<>"]/, "", name)
    if (name in keeper && keeper[name] != folder) complain("only " keeper[name] " includes " name)
    used = name; sub(/[\/.].*/, "", used)
    if (name ~ /^[a-z_]+(\/[a-z_]+)?\.h$/ && $2 ~ /^"/ && used in place) {
        if (!may_use(folder, used)) complain(folder " may not use " used)
        else if (name ~ /\// && used != folder && used != "base") complain("private header of " used)
    }
    next
}
# Statements are named "subject/name".
FILENAME ~ /\.c$/ {
    rest = $0
    while (match(rest, /"[a-z]+\/[a-z_]+"/)) {
        used = substr(rest, RSTART + 1, RLENGTH - 2); sub(/\/.*/, "", used)
        if (is_subject(used) && !may_use(folder, used)) complain(folder " may not use a statement of " used)
        rest = substr(rest, RSTART + RLENGTH)
    }
}
FILENAME ~ /\.sql$/ {
    line = $0; sub(/--.*/, "", line); gsub(/'[^']*'/, "", line); gsub(/[(),;]/, " ", line)
    words = split(line, word, /[ \t]+/)
    for (i = 1; i < words; i++) {
        verb = word[i]; name = word[i + 1]
        if (verb !~ /^(FROM|JOIN|INTO|UPDATE|USING|ONLY)$/ || !(name in owned) || owned[name] == folder) continue
        if (verb == "INTO" ? name in is_shared : verb != "UPDATE" && name in is_view) continue
        if (!may_use(folder, owned[name]))
            complain(folder " may not name " name ", a table of " owned[name])
        else if (verb == "INTO" || (verb == "UPDATE" && word[i - 1] != "FOR") || (verb == "FROM" && word[i - 1] == "DELETE"))
            complain(name " is written by " owned[name] "'s statements only")
    }
}
END { exit found }
