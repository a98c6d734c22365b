#!/usr/bin/env python3
"""Brings in texts of word processors, and holds what came of them against Pandoc's reading.

    evidence/word_processors.py [--into FOLDER] [--tool PAMPHLETEER] [--keep]

Twelve texts of our own are written as .docx and .odt by Pandoc, LibreOffice and python-docx, all
of them again with changes that were kept track of, and ten as typists leave them. Of each, every
word, note and remark must come in; accepted and rejected changes must read as Pandoc reads them with
`--track-changes`. It wants `soffice` on the PATH, and `pip install pypandoc_binary python-docx`.
"""

import argparse, collections, glob, os, re, shutil, subprocess, sys, tempfile, zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

FEATURES = {
    "notes": "A claim[^1] and another.[^2]\n\n[^1]: The *first* note, with a [link](https://example.org).\n\n    It has a second paragraph.\n\n[^2]: The second note.",
    "lists": "1. one\n2. two\n\n    more of two\n\n    - inner\n    - deeper\n\n        - deepest\n3. three\n\nBetween.\n\n4. four\n\n- bullet\n- another",
    "tables": "| Tree | Height |\n|:--|--:|\n| Oak | 30 m |\n| Elm | *25* m |\n\nTable: Heights of trees\n\nAfter the table.",
    "styles": "Some *italic*, **bold**, ***both***, ~~struck~~, H~2~O and x^2^ and [Small Caps]{.smallcaps}; a*b*c inside.",
    "quotes": "> A quotation of several words.\n>\n> Its second paragraph.\n\nShe said: “It’s ‘so’.” And went---away...",
    "verse": "| The first line\n|    the second, set in\n| the third\n\nProse again.",
    "code": "Call `f(x)` now:\n\n```\nfn main() {\n    call();\n}\n```\n\nDone.",
    "links": "See [the gate](#gate), <https://example.org/a_b> and [mail](mailto:a@example.org).\n\n## The Gate {#gate}\n\nHere it is.",
    "languages": "An English line with [le mot juste]{lang=fr} and [Wort]{lang=de} in it. Also Привет, γειά, 漢字 and שלום.",
    "signs": "2*3*4 and snake_case_words, #1 of [x], a|b, `tick`, \\$5 \\~ \\^ <tag> & 100 % {braces} 1. no list",
    "terms": "Term\n:   Its meaning.\n\nSecond\n:   Another meaning.\n\n    Two paragraphs.",
    "pictures": "Before.\n\n![A picture’s caption](PICTURE)\n\nAfter.",
}


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def words(text):
    """The words of a text, whatever marks stand between them."""
    return collections.Counter(re.findall(r"[^\W_]+", text.replace("\u00ad", "")))


class Bench:
    def __init__(self, folder, tool):
        self.folder, self.tool = folder, tool
        found = glob.glob(os.path.join(sys.prefix, "lib/*/site-packages/pypandoc/files/pandoc"))
        self.pandoc = found[0] if found else "pandoc"
        self.bad, self.all = [], 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def plain(self, path, *more):
        return run(self.pandoc, path, "-t", "plain", "--wrap=none", *more).stdout

    def office(self, path, ending):
        """The file as LibreOffice writes it anew."""
        out = self.path("office")
        os.makedirs(out, exist_ok=True)
        run("soffice", "--headless", "--convert-to", ending, "--outdir", out, path)
        made = os.path.join(out, os.path.splitext(os.path.basename(path))[0] + "." + ending.split(":")[0])
        kept = self.path("lo-" + os.path.basename(made))
        os.replace(made, kept)
        return kept

    def brought_in(self, path, *more):
        """The words of the book that came of a file, its review file, and what the tool said."""
        into = self.path("book")
        shutil.rmtree(into, ignore_errors=True)
        done = run(self.tool, "import", path, "--into", into, *more)
        if done.returncode != 0:
            return None, "", done.stderr
        toml = open(into + "/book.toml", encoding="utf-8").read()
        said = re.findall(r'^(?:title|subtitle|name) = "(.*)"', toml.split("[matter]")[0], re.M)
        # a book without a title has that of its file
        stem = os.path.splitext(os.path.basename(path))[0].replace("-", " ").lower()
        said = " ".join(words for words in said if words.lower() != stem)
        texts = re.findall(r'"([^"]+\.md)"', toml)
        book = "\n\n".join(open(os.path.join(into, name), encoding="utf-8").read() for name in texts)
        # numbers of notes begin anew in every text
        parts = [re.sub(r"\[\^(\d+)\]", rf"[^{index}-\1]", open(os.path.join(into, name), encoding="utf-8").read()) for index, name in enumerate(texts)]
        markdown = self.path("book.md")
        open(markdown, "w", encoding="utf-8").write("\n\n".join(parts))
        review = open(into + "/review.txt", encoding="utf-8").read() if os.path.exists(into + "/review.txt") else ""
        written = open(markdown, encoding="utf-8").read().replace("<br>", " ")
        written = re.sub(r"<sup>(.*?)</sup>", r"^\1^", written)
        open(markdown, "w", encoding="utf-8").write(written)
        text = run(self.pandoc, "-f", "markdown-smart-citations-tex_math_dollars-example_lists-fancy_lists-implicit_figures-yaml_metadata_block-pandoc_title_block", markdown, "-t", "plain", "--wrap=none").stdout
        return text + "\n" + said, review, book

    def judge(self, name, wanted, path, *more, notes=None, remarks=(), chapters=None, builds=False):
        self.all += 1
        text, review, book = self.brought_in(path, *more)
        if text is None:
            self.bad.append((name, book.strip()))
            return
        lost, added = words(wanted) - words(text), words(text) - words(wanted)
        # Pandoc numbers notes, and says of pictures what they are
        lost = {word: n for word, n in lost.items() if not word.isdigit() and word not in ("image", "by")}
        added = {word: n for word, n in added.items() if not word.isdigit()}
        faults = [f"lost {lost}"] * bool(lost) + [f"too much {added}"] * bool(added)
        count = len(re.findall(r"^\[\^\d+\]: ", book, re.M))
        if notes is not None and count != notes:
            faults.append(f"{count} notes in place of {notes}")
        faults += [f"remark {remark!r} is not in review.txt" for remark in remarks if remark not in review]
        if chapters is not None:
            found = re.findall(r"^# (.*)", book, re.M)
            if found != chapters:
                faults.append(f"chapters {found}")
        if builds:
            done = run(self.tool, "build", self.path("book"), "--to", "epub,pdf,print")
            if done.returncode != 0:
                faults.append(done.stderr[:400])
        if faults:
            self.bad.append((name, "; ".join(faults)))


def texts(bench):
    """Every text by every program, in both formats."""
    for name, body in FEATURES.items():
        source = bench.path(name + ".md")
        body = body.replace("PICTURE", os.path.join(ROOT, "docs/spread.png"))
        open(source, "w", encoding="utf-8").write(f"---\ntitle: A Book of {name}\nauthor: Ann Writer\nlang: en-GB\n---\n\n# First\n\n{body}\n\n# Second\n\nThe end.\n")
        wanted = run(bench.pandoc, source, "-t", "plain", "--wrap=none").stdout + f"\nA Book of {name} Ann Writer"
        notes = body.count("]: ")
        for ending in ["docx", "odt"]:
            made = bench.path(f"{name}.{ending}")
            run(bench.pandoc, source, "-s", "-o", made)
            bench.judge(f"{name}, Pandoc's {ending}", wanted, made, notes=notes)
            other = {"docx": "odt", "odt": "docx"}[ending]
            again = bench.office(made, other)
            bench.judge(f"{name}, LibreOffice's {other} of Pandoc's {ending}", wanted, again, notes=notes)
        page = bench.path(f"{name}.html")
        run(bench.pandoc, source, "-s", "-o", page)
        again = bench.office(page, "odt:writer8")
        wanted_page = bench.plain(again) + f"\nA Book of {name} Ann Writer"
        bench.judge(f"{name}, LibreOffice's odt of a page", wanted_page, again)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def changed(bench):
    """Changes that were kept track of, and remarks, as Pandoc reads them."""
    from docx import Document
    from docx.oxml import parse_xml

    def ins(text, date="2026-01-02T03:04:05Z"):
        return f'<w:ins {W} w:id="1" w:author="Ed" w:date="{date}"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'

    def gone(text):
        return f'<w:del {W} w:id="2" w:author="Ed" w:date="2026-01-02T03:04:05Z"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'

    def run_of(text):
        return f'<w:r {W}><w:t xml:space="preserve">{text}</w:t></w:r>'

    mark = lambda what: f'<w:pPr {W}><w:rPr><w:{what} w:id="9" w:author="Ed" w:date="2026-01-02T03:04:05Z"/></w:rPr></w:pPr>'
    cases = {
        "words": [[run_of("The "), gone("old"), ins("new"), run_of(" gate stood.")]],
        "paragraph inserted": [[mark("ins"), ins("A whole paragraph.")], [run_of("After it.")]],
        "paragraph deleted": [[run_of("Before.")], [mark("del"), gone("Struck out whole.")], [run_of("After.")]],
        "paragraphs joined": [[mark("del"), run_of("First half ")], [run_of("second half.")]],
        "paragraph parted": [[mark("ins"), run_of("First half ")], [run_of("second half.")]],
        "moved": [[f'<w:moveFrom {W} w:id="4" w:author="Ed"><w:r><w:t>moved words</w:t></w:r></w:moveFrom>', run_of(" stay ")], [f'<w:moveTo {W} w:id="5" w:author="Ed"><w:r><w:t>moved words</w:t></w:r></w:moveTo>', run_of(" here.")]],
    }
    for name, paragraphs in cases.items():
        document = Document()
        document.add_heading("One", 1)
        for parts in paragraphs:
            paragraph = document.add_paragraph()._p
            for part in parts:
                paragraph.append(parse_xml(part))
        document.add_paragraph("The last line.")
        path = bench.path(f"changes {name}.docx")
        document.save(path)
        for which in ["accept", "reject"]:
            wanted = bench.plain(path, f"--track-changes={which}")
            bench.judge(f"changes, {name}, {which}", wanted, path, "--changes", which)
        again = bench.office(path, "odt")
        for which in ["accept", "reject"]:
            wanted = bench.plain(path, f"--track-changes={which}")
            bench.judge(f"changes, {name}, LibreOffice's odt, {which}", wanted, again, "--changes", which)
    document = Document()
    document.add_heading("One", 1)
    paragraph = document.add_paragraph("Some ")
    words_ = paragraph.add_run("doubtful words")
    paragraph.add_run(" here.")
    if hasattr(document, "add_comment"):
        document.add_comment(runs=[words_], text="Is this true?", author="Ed")
        document.add_comment(runs=[words_], text="I think so.", author="Ann")
        path = bench.path("remarks.docx")
        document.save(path)
        remarks = ["Is this true?", "I think so.", "doubtful words"]
        bench.judge("remarks, docx", bench.plain(path), path, remarks=remarks)
        bench.judge("remarks, LibreOffice's odt", bench.plain(path), bench.office(path, "odt"), remarks=remarks)


TALE = [
    "It was late when the boat came in, and nobody had lit the lamp.",
    "\"You're early,\" said the boy, \"and it's cold.\"",
    "“No,” she said. “I’m late — very late.”",
    "They walked up the hill in silence, past the church and the forge.",
]


def typists(bench):
    """Ten files as typists leave them."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
    from docx.shared import Inches, Pt

    def centred(document, text, bold=False, size=None):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        part = paragraph.add_run(text)
        part.bold = bold
        if size:
            part.font.size = Pt(size)
        return paragraph

    def body(document, tab="", breaks="* * *", gap=False):
        for index, line in enumerate(TALE * 3):
            document.add_paragraph(tab + line)
            if gap:
                document.add_paragraph("")
            if index == 5 and breaks is not None:
                centred(document, breaks) if breaks else document.add_paragraph("")

    def page(document):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def book(title, **more):
        def make(document):
            for index in range(3):
                if index:
                    page(document)
                title(document, index)
                body(document, **more)
        return make

    number = ["One", "Two", "Three"]
    roman = ["I", "II", "III"]
    names = ["The Boat", "The Hill", "The Forge"]

    def two_lines(document, index):
        centred(document, f"CHAPTER {number[index].upper()}", True)
        centred(document, names[index], True)

    def spaced(document, index):
        for _ in range(8):
            document.add_paragraph("")
        document.add_paragraph(f"Chapter {index + 1}")
        document.add_paragraph("")

    def tabbed(document, index):
        document.add_paragraph(f"\t\t\t\tChapter {number[index]}")

    def large(document, index):
        part = document.add_paragraph().add_run(names[index])
        part.bold, part.font.size = True, Pt(20)

    cases = {
        "centred bold": (book(lambda d, i: centred(d, f"Chapter {number[i]}", True), tab="\t"), [f"Chapter {n}" for n in number]),
        "two lines": (book(two_lines), [f"CHAPTER {n.upper()}<br>{t}" for n, t in zip(number, names)]),
        "empty lines": (book(spaced, breaks="#"), [f"Chapter {i}" for i in (1, 2, 3)]),
        "tabs": (book(tabbed, tab="\t", breaks="***"), [f"Chapter {n}" for n in number]),
        "large titles": (book(large, breaks="~"), names),
        "numbers": (book(lambda d, i: centred(d, roman[i])), roman),
        "gaps": (book(lambda d, i: centred(d, f"Chapter {i + 1}: {names[i]}", True), gap=True, breaks="* * *"), [f"Chapter {i + 1}: {n}" for i, n in enumerate(names)]),
        "pause by a gap": (book(lambda d, i: d.add_paragraph(f"CHAPTER {i + 1}"), tab="     ", breaks=""), [f"CHAPTER {i}" for i in (1, 2, 3)]),
        "no breaks": (None, [f"Chapter {n}" for n in number]),
        "heads and remarks": (None, ["The Boat", "The Hill", "The Forge"]),
    }
    for name, (make, chapters) in cases.items():
        document = Document()
        if name == "no breaks":
            for index in range(3):
                document.add_paragraph(f"Chapter {number[index]}").runs[0].bold = True
                body(document)
        elif name == "heads and remarks":
            section = document.sections[0]
            section.header.paragraphs[0].text = "MY NOVEL / Ann Writer / 123"
            section.footer.paragraphs[0].text = "Draft seven"
            centred(document, "MY NOVEL", True, 24)
            centred(document, "by Ann Writer")
            page(document)
            for index in range(3):
                document.add_heading(names[index], 1)
                body(document)
                page(document)
            if hasattr(document, "add_comment"):
                document.add_comment(runs=document.paragraphs[6].runs, text="Cut this?", author="Ed")
        else:
            make(document)
        path = bench.path(f"typist {name}.docx")
        document.save(path)
        remarks = ["Cut this?"] * (name == "heads and remarks")
        for ending in ["docx", "odt"]:
            made = bench.office(path, ending)
            wanted = re.sub(r"^[ *#~]+$", "", bench.plain(path), flags=re.M)
            bench.judge(f"typist, {name}, {ending}", wanted, made, remarks=remarks, chapters=chapters, builds=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into")
    parser.add_argument("--tool", default=os.path.join(ROOT, "target/release/pamphleteer"))
    parser.add_argument("--only", choices=["texts", "changes", "typists"])
    arguments = parser.parse_args()
    folder = arguments.into or tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    bench = Bench(folder, arguments.tool)
    for name, part in [("texts", texts), ("changes", changed), ("typists", typists)]:
        if arguments.only in (None, name):
            part(bench)
    for name, fault in bench.bad:
        print(f"{name}: {fault}")
    print(f"{bench.all} files, {len(bench.bad)} with a fault")
    sys.exit(bool(bench.bad))


if __name__ == "__main__":
    main()
