#!/usr/bin/env python3
"""Times our builds beside those of other programs, in pairs, on this machine.

    evidence/speed.py [--runs 7] [--words 200000] [--notes 0] [--only PDF] [--tool target/release/pamphleteer]
    evidence/speed.py --book manuscript/pamphlet

Each program is given the same words: the handbook's paragraphs, as often as it takes, in
chapters of one file each, with so many notes; or the texts of a book, which Pandoc
translates for Typst. A round runs every program once, one after the other, so that
whatever else the machine does falls on all of them; of the rounds, the shortest wall time
and the least processor time count, with the peak of memory beside them. Of Typst the
compiling alone counts, without the start of the Python around it; ours and the others
count from the start of the process to its end.

Typst and Pandoc come from PyPI (`typst`, `pypandoc_binary`), crowbook is the one on the
path (`cargo install crowbook`); what is not there is said, and left out.
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
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = [ROOT / "manuscript/handbook" / name for name in ("01-the-manuscript.md", "02-the-edition.md")]

# what it says is its own wall and processor time, without the start of Python
TYPST = """
import sys, time, typst
begin = time.monotonic(), time.process_time()
typst.compile(sys.argv[1], output=sys.argv[2])
print(time.monotonic() - begin[0], time.process_time() - begin[1])
"""
TYPST_PAGE = '#set page(width: 5.5in, height: 8.5in)\n#set text(11pt, lang: "en", hyphenate: true)\n#set par(justify: true)\n'
# the marks of our manuscripts that other programs print as words or do not know
OURS_ALONE = re.compile(r"<!--.*?-->|\{[.#][^}\n]*\}|^:::.*$", re.DOTALL | re.MULTILINE)


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


def noted(made, notes):
    """The same with so many notes, evenly spread: Markdown, and Typst's way of writing it."""
    every = max(1, sum(len(paragraphs) for paragraphs in made) // notes) if notes else 0
    place = 0
    for paragraphs in made:
        markdown, typst, said = [], [], []
        for paragraph in paragraphs:
            place += 1
            call = note = ""
            if every and place % every == 0 and place // every <= notes:
                note = paragraphs[0].split(". ")[0] + "."
                said.append(f"[^{place}]: {note}")
                call, note = f"[^{place}]", f"#footnote[{note}]"
            markdown.append(paragraph + call)
            typst.append(paragraph + note)
        yield markdown + said, typst


def write(folder, made, notes=0):
    """The same book for every program."""
    names, typst = [], TYPST_PAGE + "#outline()\n"
    for number, (markdown, of_typst) in enumerate(noted(made, notes)):
        name = f"{number:04}.md"
        body = "\n\n".join(markdown)
        (folder / name).write_text(f"# Chapter {number + 1}\n\n{body}\n", encoding="utf-8")
        names.append(name)
        typst += f"\n#pagebreak()\n= Chapter {number + 1}\n\n" + "\n\n".join(of_typst) + "\n"
    listed = ", ".join(f'"{name}"' for name in names)
    toml = f'title = "Words"\nlanguage = "en-GB"\n[matter]\nfront = ["contents"]\nbody = [{listed}]\n'
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    (folder / "book.typ").write_text(typst, encoding="utf-8")
    write_crowbook(folder, names)
    return names


def write_crowbook(folder, names):
    crowbook = "title: Words\nlang: en\noutput.epub: crowbook.epub\n" + "".join(f"+ {name}\n" for name in names)
    (folder / "book.crowbook").write_text(crowbook, encoding="utf-8")


def copy(book, folder):
    """A book for every program: ours as it is, for the others its texts without our marks."""
    shutil.copytree(book, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("out"))
    matter = tomllib.loads((folder / "book.toml").read_text(encoding="utf-8"))["matter"]
    texts = [text for part in ("front", "body", "back") for text in matter.get(part, []) if str(text).endswith(".md")]
    names, words = [], 0
    for text in texts:
        plain = OURS_ALONE.sub("", (folder / text).read_text(encoding="utf-8"))
        words += len(plain.split())
        names.append(f"plain-{len(names):04}.md")
        (folder / names[-1]).write_text(plain, encoding="utf-8")
    write_crowbook(folder, names)
    typst = [pandoc(), "--from", "markdown-citations", "--to", "typst", "--file-scope", *names] if pandoc() else None
    if typst:
        body = subprocess.run(typst, cwd=folder, check=True, capture_output=True, text=True).stdout
        rule = "#let horizontalrule = line()\n"
        (folder / "book.typ").write_text(TYPST_PAGE + rule + "#outline()\n" + body, encoding="utf-8")
    return names, words


def pandoc():
    """Where Pandoc lies."""
    if not has("pypandoc"):
        return None
    import pypandoc  # pylint: disable=import-outside-toplevel

    return pypandoc.get_pandoc_path()


def run(command, folder):
    """Wall seconds, processor seconds and the peak of memory in MiB."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        said.seek(0)
        words = said.read().decode(errors="replace")
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command[0]} failed: {words[-800:]}")
    spent = usage.ru_utime + usage.ru_stime
    if TYPST in command:
        wall, spent = (float(number) for number in words.split()[-2:])
    return wall, spent, usage.ru_maxrss / 1024


def has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def programs(tool, names, only):
    """Each program with its command, by what it makes."""
    ours = lambda *more: [tool, "build", ".", "-q", *more]
    to_epub = [pandoc(), "--file-scope", "--metadata", "title=Words", "--output", "pandoc.epub", *names]
    found = {
        "PDF, pamphleteer": ours("--to", "pdf"),
        "PDF, pamphleteer --jobs 1": ours("--to", "pdf", "--jobs", "1"),
        "PDF, Typst": [sys.executable, "-c", TYPST, "book.typ", "typst.pdf"] if has("typst") else None,
        "EPUB, pamphleteer": ours("--to", "epub"),
        "EPUB, Pandoc": to_epub if pandoc() else None,
        "EPUB, crowbook": ["crowbook", "book.crowbook"] if shutil.which("crowbook") else None,
        "all editions, pamphleteer": ours("--to", "epub,pdf,print,cover,booklet"),
        "all editions, pamphleteer --jobs 1": ours("--to", "epub,pdf,print,cover,booklet", "--jobs", "1"),
    }
    found = {name: command for name, command in found.items() if name.startswith(only)}
    for name in [name for name, command in found.items() if command is None]:
        print(f"not here: {name}")
        del found[name]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--notes", type=int, default=0)
    parser.add_argument("--book", type=pathlib.Path)
    parser.add_argument("--only", default="", help="what a row begins with, as PDF")
    parser.add_argument("--tool", default=str(ROOT / "target/release/pamphleteer"))
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if wanted.book:
            names, count = copy(wanted.book, folder)
        else:
            made, count = chapters(wanted.words)
            names = write(folder, made, wanted.notes)
        found = programs(wanted.tool, names, wanted.only)
        times = {name: [] for name in found}
        for _ in range(wanted.runs):
            for name, command in found.items():
                times[name].append(run(command, folder))
    load = os.getloadavg()[0]
    print(f"\n{count:,} words in {len(names)} texts, {os.cpu_count()} processors, {wanted.runs} rounds, load {load:.1f}\n")
    print("| edition, program | wall s | processor s | peak MiB |\n|---|--:|--:|--:|")
    for name, rounds in times.items():
        wall, processor, memory = (min(one[n] for one in rounds) for n in range(3))
        print(f"| {name} | {wall:.3f} | {processor:.3f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
