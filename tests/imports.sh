#!/usr/bin/env bash
# Fetches public books of other tools into a folder, brings each in and builds it: see docs/imports.md.
# With --here the books lie in the folder already, as OWNER-NAME.
set -eu
folder=${1:?name a folder for the books}
here=${2:-}
tool=$(cd "$(dirname "$0")/.." && pwd)/target/release/pamphleteer
mkdir -p "$folder"
bad=0
while read -r repository inside; do
    name=${repository//\//-}
    [ -n "$here" ] || [ -d "$folder/$name" ] || git clone --quiet --depth 1 "https://github.com/$repository" "$folder/$name"
    echo "== $repository"
    rm -rf "$folder/$name.book"
    "$tool" import "$folder/$name/$inside" --into "$folder/$name.book" 2>&1 | grep -E '^error|^brought|not read' || true
    if "$tool" build "$folder/$name.book" --to epub,pdf,print >"$folder/$name.log" 2>&1; then echo "built"; else bad=$((bad + 1)); fi
    grep -E '^error|^[0-9]+ error' "$folder/$name.log" || true
done <<'BOOKS'
rust-lang/mdBook guide
rust-unofficial/patterns .
GitbookIO/javascript .
honkit/honkit docs
b-rodrigues/rap4all .
rstudio/bookdown-demo .
raganwald/javascript-allonge .
wikiti/pandoc-book-template .
softcover/softcover_book .
alex-shpak/hugo-book exampleSite
swcarpentry/shell-novice .
ryanmcdermott/clean-code-javascript README.md
BOOKS
[ "$bad" = 0 ] || { echo "$bad books were not built"; exit 1; }
