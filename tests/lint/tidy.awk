# What compilers and linters do not see: sizes, banned words, leftovers. Prints each offending line; exit code 1 if there is any.
# Run on C, SQL and shell sources; sizes of functions are measured on C only, where a body begins and ends in column one.
function complain(words) { printf "%s:%d: %s\n", FILENAME, FNR, words; found = 1 }
# Columns as a reader sees them, bytes of one character counted once; works under the C locale, where awk counts bytes.
function columns(line,    rest) { rest = line; gsub(/[\200-\277]/, "", rest); return length(rest) }

FNR == 1 { in_body = 0; is_c = FILENAME ~ /\.[ch]$/; if (FILENAME ~ /\.sql$/ || is_c) sources++ }
FNR == 1 && is_c && $0 !~ /^\/\*/ { complain("a file starts with a comment: what it is for") }
FNR == 701 && is_c { complain("file is longer than 700 lines") }

# Code keeps to 120 columns by `make fmt`; this is for what the formatter leaves alone.
is_c && columns($0) > 160 { complain("line is longer than 160 columns") }
/[ \t]+$/ { complain("white space at the end of the line") }
/^(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|) / { complain("leftover of a merge") }
/(^|[^A-Za-z])(TO[D]O|FIX[M]E|X[X]X)([^A-Za-z]|$)/ && $0 !~ /#[0-9]+/ { complain("a task without an issue number") }
is_c && /^[ ]*\/\/ / { complain("comments are written /* so */") }
is_c && FILENAME !~ /(xlsx|pdf)/ {
    code = $0
    gsub(/"([^"\\]|\\.)*"/, "", code)
    gsub(/\/\*.*$/, "", code)
    if (code ~ /^[ ]*\*/ || in_comment) code = ""
    if (code ~ /(^|[^a-z_A-Z0-9])(double|float)([^a-z_A-Z0-9]|$)/) complain("money and goods are whole numbers")
    if (FILENAME !~ /base\/arena\.c$/ && code ~ /(^|[^a-z_A-Z0-9])(malloc|calloc|realloc|strdup) *\(/ && FILENAME ~ /^backend/)
        complain("memory comes from an arena")
}
is_c { in_comment = ($0 ~ /\/\*/ && $0 !~ /\*\//) || (in_comment && $0 !~ /\*\//) }
is_c && /^{/ { in_body = FNR }
is_c && /^}/ && in_body {
    if (FNR - in_body > 91) complain("function is longer than 90 lines")
    in_body = 0
}
END { exit found }
