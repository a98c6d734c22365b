#!/usr/bin/env bash
# Fetches public books of other tools into a folder, brings each in and checks it: see docs/imports.md.
set -eu
folder=${1:?name a folder for the books}
tool=$(cd "$(dirname "$0")/.." && pwd)/target/release/pamphleteer
mkdir -p "$folder"
while read -r repository inside; do
    name=${repository//\//-}
    [ -d "$folder/$name" ] || git clone --quiet --depth 1 "https://github.com/$repository" "$folder/$name"
    echo "== $repository"
    rm -rf "$folder/$name.book"
    "$tool" import "$folder/$name/$inside" --into "$folder/$name.book" || continue
    "$tool" check "$folder/$name.book" 2>&1 | grep -E '^error|^[0-9]+ error' || true
done <<'BOOKS'
rust-lang/mdBook guide
rust-lang/book .
rust-unofficial/patterns .
hadley/adv-r .
honkit/honkit docs
softcover/softcover_book .
wikiti/pandoc-book-template .
BOOKS
