#!/usr/bin/env python3
"""Counts the captions of books that were brought in: in their sources, in the EPUB, and in the text of the PDF.

    evidence/captions.py FOLDER [BOOKS]

FOLDER is that of tests/imports.sh: NAME with the source, and NAME.book with its editions in `out` (or in BOOKS). A caption is, outside of code and comments:
the words of a picture that stands alone in its paragraph and lies in the folder, `fig.cap` and `fig-cap` of a chunk, a line `Table:` or `:` below or
above a table, `\\caption{…}`, `\\codecaption{…}`, and a figcaption. It is there when the letters of its words stand in a row. What is
missing is named; the exit code is 1 then. Needs `pdftotext` of poppler-utils.
"""
import html
import pathlib
import re
import subprocess
import sys
import zipfile

ENDINGS = (".md", ".markdown", ".qmd", ".Rmd", ".rmd", ".mdx", ".tex", ".txt")


def letters(words):
    return "".join(c for c in words.lower() if c.isalnum())


def plain(words):
    """The words of a caption without marks, in pieces: a reference between them prints a number."""
    kept = "href|emph|kode|texttt|textbf|filepath|textit|label"
    parts = re.split(rf"\\?@?(?:eq|auto|page)?ref[({{][^)}}]*[)}}]|\\verb(\W).*?\1|\\(?!{kept})[a-zA-Z]+\b", words)
    return [piece for piece in map(bare, (part or "" for part in parts)) if piece]


def bare(words):
    words = re.sub(r"\\label\{[^}]*\}|\(\\#[^)]*\)|\{#[^}]*\}|`r [^`]*`", "", words)
    words = re.sub(r"\\href\{[^}]*\}|\\(?:emph|kode|texttt|textbf|filepath|textit)\b|\]\([^)]*\)", "", words)
    words = re.sub(r"\[@[^\]]*\]|<[^>]+>|\\[a-zA-Z]+", "", words)
    return letters(html.unescape(words))


def without_code(text):
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    out, fence = [], None
    for line in text.split("\n"):
        mark = re.match(r"\s*(`{3,}|~{3,})(.*)", line)
        if mark and fence is None:
            fence = mark[1]
            out.append("FENCE " + mark[2])
            continue
        if mark and mark[1].startswith(fence or "x") and not mark[2].strip():
            fence = None
            continue
        if fence is None:
            out.append(line)
        elif re.match(r"#\|\s*fig-cap:", line):
            out.append(line)
    return "\n".join(out)


def captions(text, lies):
    text = without_code(text)
    found = []
    for words, target in re.findall(r"(?m)^ {0,3}!\[([^\]\n]+)\]\(<?([^)\s>]+)[^)]*\)(?:\{[^}\n]*\})?\s*$(?=\n\s*\n|\Z)", text):
        if "://" not in target and lies(target):
            found.append(words)
    found += re.findall(r"FENCE[^\n]*fig\.cap\s*=\s*[\"']([^\n]*?)[\"'][,}\s]", text)
    found += re.findall(r"(?m)^#\|\s*fig-cap:\s*[\"']?(.*?)[\"']?\s*$", text)
    found += re.findall(r"(?m)^Table: +(\S.*?)(?:\s*\{#[^}]*\})?$(?=\n\s*\n|\Z)", text)
    found += re.findall(r"(?m)^[|+].*\n\s*\n: +(\S.*?)(?:\s*\{#[^}]*\})?$(?=\n\s*\n|\Z)", text)
    said = dict(re.findall(r"(?m)^\(ref:([\w-]+)\) (.*)$", text))
    found = [re.sub(r"\(ref:([\w-]+)\)", lambda name: said.get(name[1], ""), words) for words in found]
    for at in re.finditer(r"\\(?:code)?caption\{", text):
        depth, end = 1, at.end()
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append(text[at.end() : end - 1])
    found += re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", text, re.S)
    return [pieces for pieces in map(plain, found) if pieces]


def editions(book):
    epub, pdf = next(book.glob("out/*.epub")), [path for path in book.glob("out/*.pdf") if not path.name.endswith(("-print.pdf", "-cover.pdf"))][0]
    pages = zipfile.ZipFile(epub)
    words = " ".join(pages.read(name).decode() for name in pages.namelist() if name.endswith(".xhtml"))
    words = letters(html.unescape(re.sub(r"<[^>]+>", "", words)))
    return words, letters(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout)


def main():
    folder = pathlib.Path(sys.argv[1])
    books = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else sys.argv[1])
    failed = 0
    print("| book | captions in the source | in the EPUB | in the PDF |\n|---|--:|--:|--:|")
    for book in sorted(books.glob("*.book")):
        source = folder / book.stem
        files = [path for path in source.rglob("*") if path.is_file()]
        names = {path.name for path in files}
        stems = {re.sub(r"-text$", "", path.relative_to(book).with_suffix("").as_posix()) for path in book.rglob("*.md")}
        is_one = all(re.match(r"\d\d-", stem) for stem in stems)
        wanted = []
        for path in files:
            stem = path.relative_to(source).with_suffix("").as_posix()
            stem = re.sub(r"(^|/)index$", r"\1start", stem)
            if path.suffix in ENDINGS and (any(stem == s or stem.endswith("/" + s) for s in stems) or is_one and path.name == "README.md"):
                wanted += captions(path.read_text(errors="replace"), lambda target: target.split("/")[-1].split("?")[0] in names)
        epub, pdf = editions(book)
        lost = [[pieces for pieces in wanted if any(piece not in edition for piece in pieces)] for edition in (epub, pdf)]
        failed += sum(map(len, lost))
        print(f"| {book.stem} | {len(wanted)} | {len(wanted) - len(lost[0])} | {len(wanted) - len(lost[1])} |")
        for pieces in lost[0] + [pieces for pieces in lost[1] if pieces not in lost[0]]:
            print(f"    lacks: {' '.join(pieces)[:100]}", file=sys.stderr)
    return 1 if failed else 0


sys.exit(main())
