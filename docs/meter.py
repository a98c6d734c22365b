#!/usr/bin/env python3
"""Books set by several typesetters, and measured by the same meter.

    pip install typst
    python docs/meter.py PAMPHLETEER TYPEMETER OUT BOOK…

sets each book (a folder with `book.toml`) with Pamphleteer, with Typst (the package of PyPI) and, where
`lualatex` is installed, with LuaLaTeX and microtype, all at 11/14 pt on 291.6 pt in Libertinus Serif, has the
PDF files measured by TYPEMETER (a command that writes its figures with `--json`), and prints a table in Markdown.
The others get the paragraphs, headings, slanted words and notes of the manuscript, and nothing of what is harder.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from rivals import lualatex_pdf, typst_pdf

STYLE = """
[style]
page.trim = "5.5in x 8.5in"
page.measure = "291.6pt"
page.inside = "0.7in"
page.lines = 36
page.top = "0.7in"
text.size = "11pt"
text.leading = "14pt"
text.stand-in = "□"
heading.number = "chapter-word"
heading.number-size = "17pt"
heading.sinkage = 0
heading.title-space = 1
contents.leaders = false
"""

# What is measured, what it is called, and what is wanted of a book.
ROWS = [
    ("space: mean |r|", "mean", lambda v: v <= 0.07),
    ("space: p95 |r|", "p95", lambda v: v <= 0.30),
    ("space: loosest r", "loosest", lambda v: v <= 0.60),
    ("space: tightest r", "tightest", lambda v: v >= -0.33),
    ("ragged lines", "ragged", lambda v: v == 0),
    ("overfull lines", "overfull", lambda v: v == 0),
    ("hyphen: lines %", "hyphens %", lambda v: v <= 6.5),
    ("hyphen: ladders 2", "ladders", lambda v: True),
    ("hyphen: at recto end", "recto ends", lambda v: v == 0),
    ("lonely", "widows, orphans, runts", lambda v: v == 0),
    ("depth: spreads level %", "level %", lambda v: v == 100),
    ("grid: lines on doc grid %", "grid %", lambda v: v >= 99.95),
    ("grid: facing baselines match %", "register %", lambda v: v >= 99.95),
]


def texts(book):
    """The blocks of a book's Markdown: paragraphs and headings, and its notes by their labels."""
    blocks, notes = [], {}
    for file in sorted(book.glob("[0-9]*.md")):
        source = re.sub(r"<!--.*?-->", "", file.read_text(encoding="utf-8"), flags=re.S)
        for block in re.split(r"\n\s*\n", source):
            block = block.strip()
            note = re.match(r"\[\^([^\]]+)\]:\s*(.*)", block, flags=re.S)
            if note:
                notes[note[1]] = note[2]
            elif block and not block.startswith((":::", "|", "!", ">", "-", "`", "*  ")) and "\\\n" not in block:
                blocks.append(re.sub(r"\s*\n\s*", " ", block))
    return blocks, notes


def inline(words, notes, escape, slanted, note):
    """Markdown's marks in the marks of another typesetter."""
    words = re.sub(r"\[([^\]^]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", words)
    words = re.sub(r"\{[^}]*\}", "", words).replace("`", "").replace("**", "").replace("\\", "")
    parts = re.split(r"(\*[^*]+\*|\[\^[^\]]+\])", words)
    out = ""
    for part in parts:
        if part.startswith("[^"):
            inner = notes.get(part[2:-1], "")
            out += note(inline(inner, {}, escape, slanted, note)) if inner else ""
        elif part.startswith("*") and part.endswith("*") and len(part) > 2:
            out += slanted(escape(part[1:-1]))
        else:
            out += escape(part)
    return out


def by_pamphleteer(tool, book, folder):
    shutil.copytree(book, folder, dirs_exist_ok=True)
    toml = folder / "book.toml"
    toml.chmod(0o644)
    known = re.split(r"(?m)^\[style", toml.read_text(encoding="utf-8"))[0]
    # The text alone: no pages of the tool's, and none about the digital edition.
    known = re.sub(r"(?ms)^(front|back) = \[.*?\]$", "", known)
    known = re.sub(r'(?m)^ *"[^"]*(imprint|colophon|uncopyright|titlepage)[^"]*\.md",$', "", known)
    toml.write_text(re.sub(r"(?m)^style *=.*$", "", known) + STYLE, encoding="utf-8")
    subprocess.run([tool, "-q", "build", folder, "--to", "print", "--out", folder / "out"], stderr=subprocess.DEVNULL)
    return next((folder / "out").glob("*-print.pdf"))


def by_typst(book, folder):
    blocks, notes = texts(book)
    escape = lambda words: re.sub(r"([\\#$@*_=+\-/~<>\[\]])", r"\\\1", words)
    line = lambda words: inline(words, notes, escape, lambda w: f"#emph[{w}]", lambda w: f"#footnote[{w}]")
    body = []
    for block in blocks:
        level = len(block) - len(block.lstrip("#"))
        words = line(block.lstrip("# "))
        body.append(f"#heading(level: {level})[{words}]" if level else words)
    limits = "#set par(justification-limits: (tracking: (min: -0.005em, max: 0.005em)))\n"
    return typst_pdf(body, folder, limits + "#show heading.where(level: 1): it => { pagebreak(weak: true)\n it }\n")


def by_lualatex(book, folder):
    blocks, notes = texts(book)
    escape = lambda words: re.sub(r"([&%$#_{}])", r"\\\1", words).replace("~", " ")
    line = lambda words: inline(
        words, notes, escape, lambda w: f"\\emph{{{w}}}", lambda w: f"\\footnote{{{w}}}"
    )
    body = []
    for block in blocks:
        level = len(block) - len(block.lstrip("#"))
        words = line(block.lstrip("# "))
        body.append((f"\\clearpage\\section*{{{words}}}" if level == 1 else f"\\subsection*{{{words}}}") if level else words)
    return lualatex_pdf(body, folder, "\\clubpenalty=10000\\widowpenalty=10000\n")


def figures(measured):
    measured["lonely"] = sum(measured.get(name) or 0 for name in ("widows", "orphans", "runts"))
    cells = []
    for name, _, holds in ROWS:
        value = measured.get(name)
        if value is None:
            cells.append("–")
            continue
        text = f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        cells.append(text if holds(value) else f"**{text}**")
    return cells


def main(tool, meter, out, books):
    out = Path(out)
    setters = {"ours": lambda *given: by_pamphleteer(tool, *given), "Typst": by_typst}
    if shutil.which("lualatex"):
        setters["LuaLaTeX"] = by_lualatex
    print("| book | set by | " + " | ".join(title for _, title, _ in ROWS) + " |")
    print("|---|---|" + "--:|" * len(ROWS))
    for book in map(Path, books):
        for name, setter in setters.items():
            folder = out / f"{book.name}-{name}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            pdf = out / f"{book.name}-{name}.pdf"
            shutil.move(setter(book, folder), pdf)
            told = folder / "figures.json"
            subprocess.run([meter, pdf, "--json", told], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            measured = next(iter(json.loads(told.read_text(encoding="utf-8")).values()))
            print(f"| {book.name} | {name} | " + " | ".join(figures(measured)) + " |", flush=True)
            shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
