#!/usr/bin/env python3
"""Searches the text of PDFs for marks of other tools that nobody meant to be printed, and holds them against the findings.

    evidence/foreign_marks.py FOLDER

FOLDER is that of tests/imports.sh: NAME.book with its editions in `out`, and NAME.log with what the build said. What is
set in a fixed-width face is code, and left out; so is a mark before which a backslash stands in the manuscript: its author
meant it, or the import says that it kept it; and so are marks within formulas that a finding quotes, and names of accounts
that are links. A kind of mark passes when a finding quotes one of the same kind; what no
finding quotes is printed, and the exit code is 1. Needs `pdftohtml` of poppler-utils.
"""
import html
import pathlib
import re
import subprocess
import sys

# a mark, and what a finding quotes of it, where that is something else
MARKS = {
    "tag of a template": r"\{\{[^}\n]*\}\}|\{%[^%\n]*%\}",
    "fence of a division": r"(?m)^\s*:{3,}",
    "link by name": r"\[\[[^\]]+\]\]",
    "reference": r"\\?@ref\(",
    "link": r"\]\(|\]\[[^\]]*\]",
    "note": r"\[\^[^\]]+\]|\^\[",
    "emphasis": r"(?<![\*\w/])\*\*(?=\w)|(?<=\w)\*\*(?![\*\w/])|~~\w|==\w[^=\n]*==|\+\+\w+\+\+",
    "attributes": r"\{[#.][\w: -]+\}|\{:? ?[a-z-]+=\"?[^}]*\}|\{:[^}]*\}",
    "tag of HTML": r"</?(?:div|span|p|br|img|table|a|sup|sub|b|i|em|strong)\b[^>]*>",
    "entity": r"&(?:nbsp|amp|lt|gt|quot|#\d+);",
    "TeX": r"\\[a-zA-Z]+(?:\{|\b)|\$[^$\n ][^$\n]{0,60}[^$\n ]\$|\$\$",
    "citation": r"(?<![\w.])@[\w:-]+\d{4}\w?",
    "blurb": r"(?m)^[TWIQXABCDEG]> ",
    "admonition": r"(?m)^(?:!!!|\?\?\?\+?) ",
    "remark": r"%%[^%\n]+%%|<!--",
    "file put in": r"<<[\(\[{]|--8<--|\{\{#include",
    "heading": r"(?m)^#{1,6} \w",
    "emoji": r"(?<![\w:]):[a-z][a-z_+-]{2,}:(?!\w)",
}

# what a finding quotes may be cut off
SHORT = {"tag of a template": r"\{\{|\{%", "citation": "@", "reference": "@", "link": r"^\["}
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# what stands between the marks of a formula
FORMULA = r"\$\$.*?\$\$|\$[^$]{1,200}?\$|\\begin\{(\w+)\}.*?\\end\{\1\}"


def words(pdf):
    """The text of a PDF, without what is set as code."""
    xml = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", pdf], capture_output=True, text=True, check=True).stdout
    fixed = {i for i, family in re.findall(r'<fontspec id="(\d+)"[^>]*family="([^"]*)"', xml) if re.search("Code|Mono", family)}
    lines = re.findall(r'<text [^>]*font="(\d+)"[^>]*>(.*?)</text>', xml, re.S)
    return "\n".join(html.unescape(re.sub(r"<[^>]+>", "", line)) for font, line in lines if font not in fixed)


def is_meant(text, at, manuscript, plain):
    """Whether a mark has a backslash before it or in it: it stands in the manuscript only without these."""
    before = text[max(0, at - 6) : at].rsplit("\n", 1)[-1]
    said = re.match(r".{0,8}", text[at:]).group(0)
    around = [words.translate(STRAIGHT) for words in (said, before + said)]
    return any(words not in manuscript and words in plain for words in around)


def main():
    folder, failed = pathlib.Path(sys.argv[1]), 0
    for book in sorted(folder.glob("*.book")):
        pdf = [path for path in book.glob("out/*.pdf") if not path.name.endswith(("-print.pdf", "-cover.pdf"))]
        log = book.with_suffix(".log").read_text()
        named = "\n".join(re.findall(r"^(?:warning|error|note)\[.*", log, re.M))
        quoted = [mark for message in re.findall(r"^(?:warning|error|note)\[[\w-]+\]: (.*)", log, re.M) for mark in re.findall(r"`+(.*?)`(?: |,|$)", message)]
        found = {}
        text = words(pdf[0])
        manuscript = "".join(path.read_text() for path in book.rglob("*.md"))
        plain = re.sub(r"\\([^\w\s])", r"\1", manuscript)
        accounts = set(re.findall(r"\[(@[\w-]+)\]", manuscript))
        is_told = any(re.search(MARKS["TeX"], quote) for quote in quoted)
        without = re.sub(FORMULA, lambda formula: " " * len(formula.group(0)), text, flags=re.S) if is_told else text
        for kind, mark in MARKS.items():
            places = [hit.start() for hit in re.finditer(mark, text if kind == "TeX" else without)]
            places = [at for at in places if not (kind == "citation" and re.match(r"@[\w-]+", text[at:]).group(0) in accounts)]
            # with a backslash in it the mark was meant: it stands in the manuscript only without these
            is_named = any(re.search(SHORT.get(kind, mark), quote) or kind == "emphasis" and set(quote) <= set("*_") for quote in quoted)
            hits = [text[at : at + 24] for at in places if is_named or not is_meant(text, at, manuscript, plain)]
            if hits:
                found[kind] = (len(hits), is_named, hits[:6])
        print(book.stem, {kind: count for kind, (count, *_) in found.items()})
        for kind, (count, is_named, hits) in found.items():
            if not is_named:
                failed += 1
                print(f"   not named: {kind}, {count} times: {hits}")
                for hit in hits[:3]:
                    at = text.find(hit)
                    print("      ", repr(text[max(0, at - 50) : at + 60]))
    return 1 if failed else 0


sys.exit(main())
