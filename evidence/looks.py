#!/usr/bin/env python3
"""Every style that ships, with books of several kinds, on screen and in print, before outside judges.

    evidence/looks.py --binary target/release/pamphleteer --checks CHECKS BOOK BOOK BOOK [--styles a,b] [--sheets FOLDER]

BOOK is a folder with a book.toml, CHECKS a folder with the judges `screen-pdf`, `print-pdf` and `epub`. Each book is copied, its
[style] becomes `name = "STYLE"`, and the screen PDF, the print PDF for the printer KDP and the EPUB are built and judged. One line of
the table is a style and a book; a judge that fails says why below it. With --sheets, pages of each are drawn side by side (pdftoppm, Pillow).
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("books", nargs="+", type=Path)
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--checks", required=True, type=Path)
    parser.add_argument("--styles", default="")
    parser.add_argument("--sheets", type=Path)
    parser.add_argument("--judges", default="screen,print,epub")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def styles(binary):
    """The names of the styles: the lines of the list that are not set in."""
    listed = subprocess.run([binary, "styles"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if re.fullmatch(r"[a-z-]+", line)]


def dressed(book, style, folder):
    """The book in another style: everything of its own [style] goes."""
    copy = folder / f"{book.name}-{style}"
    shutil.copytree(book, copy, ignore=shutil.ignore_patterns("out"))
    settings = copy / "book.toml"
    kept, skip = [], False
    for line in settings.read_text().splitlines():
        if line.startswith("["):
            skip = line.startswith("[style")
        if not skip:
            kept.append(line)
    settings.write_text("\n".join([*kept, "", "[style]", f'name = "{style}"', ""]))
    return copy


def judged(command):
    """Whether all judges pass, and the lines that say why not."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    return done.returncode == 0, [line for line in lines if not line.startswith("PASS")][:8]


def trim(pdf):
    boxes = subprocess.run(["pdfinfo", "-box", pdf], capture_output=True, text=True, check=True).stdout
    left, bottom, right, top = map(float, re.search(r"TrimBox:(.*)", boxes).group(1).split())
    return f"{(right - left) / 72:.4f}x{(top - bottom) / 72:.4f}in"


def row(book, style, options, folder):
    copy = dressed(book, style, folder)
    build = [options.binary, "build", copy, "--to", "pdf,print,epub", "--printer", "kdp", "-q"]
    made = subprocess.run(build, capture_output=True, text=True)
    out = copy / "out"
    printed = next(iter(out.glob("*-print.pdf")), None)
    screen = next((pdf for pdf in out.glob("*.pdf") if pdf != printed), None)
    ebook = next(iter(out.glob("*.epub")), None)
    cells, why = [], []
    if made.returncode != 0:
        why += ["build: " + line for line in made.stderr.splitlines() if line.startswith("error")]
    commands = {
        "screen": screen and [options.checks / "screen-pdf", screen],
        "print": printed and [options.checks / "print-pdf", printed, "--printer", "kdp", "--trim", trim(printed)],
        "epub": ebook and [options.checks / "epub", ebook],
    }
    for judge in options.judges.split(","):
        command = commands[judge]
        passes, said = judged(command) if command else (False, ["not made"])
        cells.append("pass" if passes else "FAIL")
        why += [] if passes else [f"{judge}: {line}" for line in said]
    if options.sheets and screen:
        sheet(screen, options.sheets / f"{style}-{book.name}.png")
    print(f"| {style} | {book.name} | {' | '.join(cells)} |", flush=True)
    for line in why:
        print(f"    {line}", flush=True)
    shutil.rmtree(copy)
    return not why


def sheet(pdf, path):
    """Pages from the front, the first chapter and further on, side by side."""
    from PIL import Image

    count = int(re.search(r"Pages:\s*(\d+)", subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout).group(1))
    chosen = sorted({min(page, count) for page in [2, 4, 6, 8, 9, 10, 11, 12, count // 3, count // 3 + 1, count // 2, count // 2 + 1]})
    with tempfile.TemporaryDirectory() as folder:
        pictures = []
        for page in chosen:
            base = Path(folder) / f"p{page}"
            subprocess.run(["pdftoppm", "-r", "56", "-png", "-singlefile", "-f", str(page), "-l", str(page), pdf, base], check=True)
            pictures.append(Image.open(f"{base}.png").convert("RGB"))
        width, height = max(p.width for p in pictures) + 6, max(p.height for p in pictures) + 6
        across = 6
        canvas = Image.new("RGB", (width * across, height * -(-len(pictures) // across)), (120, 120, 120))
        for index, picture in enumerate(pictures):
            canvas.paste(picture, (index % across * width + 3, index // across * height + 3))
        path.parent.mkdir(parents=True, exist_ok=True)
        canvas.save(path)


def main():
    options = arguments()
    names = options.styles.split(",") if options.styles else styles(options.binary)
    print(f"| style | book | {' | '.join(options.judges.split(','))} |")
    print("|---|---|" + "---|" * len(options.judges.split(",")), flush=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        asked = [(book, style) for style in names for book in options.books]
        passed = list(pool.map(lambda pair: row(*pair, options, Path(folder)), asked))
    print(f"{sum(passed)} of {len(passed)} pass")
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
