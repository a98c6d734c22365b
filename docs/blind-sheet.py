#!/usr/bin/env python3
"""Twelve spreads of the same text by several typesetters, side by side and without names.

    pip install typst pillow
    python docs/blind-sheet.py path/to/pamphleteer

sets prose of the handbook with Pamphleteer, with Typst (the package of PyPI) and, where `lualatex` is
installed, with LuaLaTeX and microtype, all at 11/14 pt on 291.6 pt in Libertinus Serif. It writes
`docs/blind-sheet.png` and, for when you have made up your mind, `docs/blind-sheet.txt` with the names.
Needs `pdftoppm` (poppler).
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from rivals import lualatex_pdf, typst_pdf

ROOT = Path(__file__).resolve().parent.parent
SPREADS = 12
PPI = 60
SEED = 1843


def prose():
    """Paragraphs of the handbook, as nothing but words."""
    words = []
    for file in sorted((ROOT / "manuscript/handbook").glob("*.md")):
        for block in file.read_text(encoding="utf-8").split("\n\n"):
            block = re.sub(r"\[\^[^\]]*\]", "", block.strip())
            # Links without words and what belongs to the machine would leave holes.
            plain = not re.search(r"\[\]\(|[|<>^]|://|``", block)
            if len(block) > 120 and "\n" not in block and re.match(r"[A-Z]", block) and plain:
                block = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", block)
                block = re.sub(r"\{[^}]*\}|[`*~]", "", block)
                words.append(block.replace("---", "—").replace("--", "–"))
    return words


def typographic(text):
    text = re.sub(r'(^|[\s(—–])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(—–])'", r"\1‘", text).replace("'", "’")


def by_pamphleteer(tool, paragraphs, folder):
    (folder / "book.toml").write_text(
        'title = "Blind"\nlanguage = "en-GB"\n[matter]\nbody = ["text.md"]\n[style]\n'
        'page.trim = "5.5in x 8.5in"\npage.measure = "291.6pt"\npage.inside = "0.7in"\npage.lines = 36\n'
        'page.top = "0.7in"\ntext.size = "11pt"\ntext.leading = "14pt"\nrunning-head.verso = "none"\n'
        'running-head.recto = "none"\nheading.sinkage = 0\nheading.title-space = 0\n',
        encoding="utf-8",
    )
    (folder / "text.md").write_text("# The Text\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    subprocess.run([tool, "-q", "build", folder, "--to", "print", "--out", folder / "out"], check=True)
    return next((folder / "out").glob("*-print.pdf"))


def by_typst(paragraphs, folder):
    return typst_pdf([re.sub(r"([#$@*_=+\-/\\])", r"\\\1", words) for words in paragraphs], folder)


def by_lualatex(paragraphs, folder):
    return lualatex_pdf([re.sub(r"([&%$#_])", r"\\\1", words) for words in paragraphs], folder)


def spreads(pdf, folder):
    """The facing pages from the second page on, as pictures."""
    subprocess.run(["pdftoppm", "-r", str(PPI), "-gray", "-png", pdf, folder / "page"], check=True)
    pages = [Image.open(file) for file in sorted(folder.glob("page*.png"))]
    pairs = zip(pages[1::2], pages[2::2])
    made = []
    for left, right in pairs:
        spread = Image.new("L", (left.width + right.width, left.height), 255)
        spread.paste(left, (0, 0))
        spread.paste(right, (left.width, 0))
        ImageDraw.Draw(spread).line((left.width, 0, left.width, left.height), fill=200)
        made.append(spread)
    return made


def main(tool):
    paragraphs = [typographic(words) for words in prose()]
    setters = {"Pamphleteer": lambda *given: by_pamphleteer(tool, *given), "Typst": by_typst}
    if shutil.which("lualatex"):
        setters["LuaLaTeX + microtype"] = by_lualatex
    chosen = []
    for name, setter in setters.items():
        with tempfile.TemporaryDirectory() as folder:
            found = spreads(setter(paragraphs, Path(folder)), Path(folder))
            chosen += [(name, spread) for spread in found[: SPREADS // len(setters)]]
    random.Random(SEED).shuffle(chosen)
    width = max(spread.width for _, spread in chosen) + 16
    height = max(spread.height for _, spread in chosen) + 36
    sheet = Image.new("L", (width * 3, height * -(-len(chosen) // 3)), 150)
    draw = ImageDraw.Draw(sheet)
    for place, (_, spread) in enumerate(chosen):
        at = (place % 3 * width + 8, place // 3 * height + 8)
        sheet.paste(spread, at)
        draw.text((at[0] + spread.width / 2, at[1] + spread.height + 8), str(place + 1), fill=0)
    sheet.quantize(16).save(ROOT / "docs/blind-sheet.png", optimize=True)
    names = "".join(f"{place}: {name}\n" for place, (name, _) in enumerate(chosen, 1))
    (ROOT / "docs/blind-sheet.txt").write_text(names, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "pamphleteer")
