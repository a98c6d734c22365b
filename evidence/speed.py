#!/usr/bin/env python3
"""Times our builds beside those of other programs, in pairs, on this machine.

    evidence/speed.py [--runs 7] [--words 200000] [--tool target/release/pamphleteer]

Each program is given the same words: the handbook's paragraphs, as often as it takes, in
chapters of one file each. A round runs every program once, one after the other, so that
whatever else the machine does falls on all of them; of the rounds, the shortest wall time
and the least processor time count, with the peak of memory beside them. Typst and Pandoc
come from PyPI (`typst`, `pypandoc_binary`), crowbook is the one on the path
(`cargo install crowbook`); what is not there is said, and left out.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = [ROOT / "manuscript/handbook" / name for name in ("01-the-manuscript.md", "02-the-edition.md")]

TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2])
"""
PANDOC = """
import sys, pypandoc
pypandoc.convert_file(sys.argv[2:], "epub3", outputfile=sys.argv[1], extra_args=["--metadata", "title=Words"])
"""


def chapters(words):
    """Plain paragraphs in chapters, so that no program has more to do than another."""
    plain = []
    for text in TEXTS:
        for block in text.read_text(encoding="utf-8").split("\n\n"):
            # paragraphs only, and of them the words: no mark means something to one program alone
            if re.match(r"[A-Z]", block) and "\n" not in block and not re.search(r"[`|<{\[\\$#@_*]", block):
                plain.append(block)
    made, count = [], 0
    while count < words:
        made.append(plain)
        count += sum(len(paragraph.split()) for paragraph in plain)
    return made, count


def write(folder, made):
    """The same book for every program."""
    names = []
    for number, paragraphs in enumerate(made):
        name = f"{number:04}.md"
        body = "\n\n".join(paragraphs)
        (folder / name).write_text(f"# Chapter {number + 1}\n\n{body}\n", encoding="utf-8")
        names.append(name)
    listed = ", ".join(f'"{name}"' for name in names)
    toml = f'title = "Words"\nlanguage = "en-GB"\n[matter]\nfront = ["contents"]\nbody = [{listed}]\n'
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    typst = '#set page(width: 5.5in, height: 8.5in)\n#set text(11pt, lang: "en", hyphenate: true)\n'
    typst += "#set par(justify: true)\n#outline()\n"
    for number, paragraphs in enumerate(made):
        typst += f"\n#pagebreak()\n= Chapter {number + 1}\n\n" + "\n\n".join(paragraphs) + "\n"
    (folder / "book.typ").write_text(typst, encoding="utf-8")
    crowbook = "title: Words\nlang: en\noutput.epub: crowbook.epub\n" + "".join(f"+ {name}\n" for name in names)
    (folder / "book.crowbook").write_text(crowbook, encoding="utf-8")
    return names


def run(command, folder):
    """Wall seconds, processor seconds and the peak of memory in MiB."""
    begin = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command[0]} failed: {said.decode(errors='replace')[-800:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def programs(tool, names):
    """Each program with its command, by what it makes."""
    ours = lambda *more: [tool, "build", ".", "-q", *more]
    found = {
        "PDF, pamphleteer": ours("--to", "pdf"),
        "PDF, pamphleteer --jobs 1": ours("--to", "pdf", "--jobs", "1"),
        "PDF, Typst": [sys.executable, "-c", TYPST, "book.typ", "typst.pdf"] if has("typst") else None,
        "EPUB, pamphleteer": ours("--to", "epub"),
        "EPUB, Pandoc": [sys.executable, "-c", PANDOC, "pandoc.epub", *names] if has("pypandoc") else None,
        "EPUB, crowbook": ["crowbook", "book.crowbook"] if shutil.which("crowbook") else None,
        "all editions, pamphleteer": ours(),
    }
    for name in [name for name, command in found.items() if command is None]:
        print(f"not here: {name}")
        del found[name]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--tool", default=str(ROOT / "target/release/pamphleteer"))
    wanted = parser.parse_args()
    made, count = chapters(wanted.words)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        found = programs(wanted.tool, write(folder, made))
        times = {name: [] for name in found}
        for _ in range(wanted.runs):
            for name, command in found.items():
                times[name].append(run(command, folder))
    print(f"\n{count:,} words in {len(made)} chapters, {os.cpu_count()} processors, {wanted.runs} rounds\n")
    print("| edition, program | wall s | processor s | peak MiB |\n|---|--:|--:|--:|")
    for name, rounds in times.items():
        wall, processor, memory = (min(one[n] for one in rounds) for n in range(3))
        print(f"| {name} | {wall:.2f} | {processor:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
