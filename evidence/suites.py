#!/usr/bin/env python3
"""Holds our reading of Markdown against the suites of CommonMark, GitHub and Pandoc.

    evidence/suites.py [--into FOLDER] [--from NAME=FOLDER …] [--show N]

It fetches what it needs into FOLDER (a temporary one of that name is kept for the
next run): `commonmark-spec` from npm, cmark-gfm's specification and Pandoc's tests
from GitHub, Pandoc itself from PyPI (`pypandoc_binary`), which turns the suites'
own expectations (HTML, or Pandoc's native form) into one kind of tree. `--from`
takes a suite (`commonmark`, `gfm`, `pandoc`) from a checkout that lies here already.

An example is compared in its words (every letter and sign, quotation marks and dashes
in one form) and in its structure. What differs and is told by a finding is counted as told;
what differs in silence is listed, unless INTENDED below says why it does.
"""

import argparse, glob, hashlib, html.parser, io, json, os, re, shlex, subprocess, sys, tarfile, tempfile, urllib.request, zipfile
from collections import Counter, defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PANDOC = "3.8"
SOURCES = {
    "gfm": "https://codeload.github.com/github/cmark-gfm/tar.gz/refs/tags/0.29.0.gfm.13",
    "pandoc": f"https://codeload.github.com/jgm/pandoc/tar.gz/refs/tags/{PANDOC}",
}
# findings that every text without a title has, or that say nothing of how it was read
BESIDE = {"title-missing", "section-empty", "heading-skipped", "word-doubled"}


def fetched(into, name, given):
    """The folder of a suite, fetched when nobody has it."""
    if name in given:
        return given[name]
    folder = os.path.join(into, name)
    if os.path.isdir(folder):
        return folder
    if name == "commonmark":
        made = subprocess.run(["npm", "pack", "commonmark-spec@0.31.2"], cwd=into, capture_output=True, text=True)
        data = open(os.path.join(into, made.stdout.strip().splitlines()[-1]), "rb").read()
    else:
        data = urllib.request.urlopen(SOURCES[name], timeout=120).read()
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for member in tar.getmembers():
            parts = member.name.split("/")[1:]
            if member.isfile() and (name == "commonmark" or parts[0] == "test") and ".." not in parts:
                path = os.path.join(folder, *parts)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                open(path, "wb").write(tar.extractfile(member).read())
    return folder


def pandoc_program(into):
    found = subprocess.run(["which", "pandoc"], capture_output=True, text=True).stdout.strip()
    venv = os.path.join(into, "venv")
    wanted = glob.glob(venv + "/lib/*/site-packages/pypandoc/files/pandoc")
    if not wanted and not found:
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv + "/bin/pip", "install", "-q", "pypandoc_binary"], check=True)
        wanted = glob.glob(venv + "/lib/*/site-packages/pypandoc/files/pandoc")
    return (wanted or [found])[0]


class Pandoc:
    """Pandoc, asked once for the same thing."""

    def __init__(self, program, into):
        self.program, self.cache = program, os.path.join(into, "cache")
        os.makedirs(self.cache, exist_ok=True)

    def tree(self, arguments, text, cwd):
        key = hashlib.sha256(json.dumps([arguments, text]).encode()).hexdigest()
        path = os.path.join(self.cache, key)
        if not os.path.exists(path):
            made = subprocess.run(
                [self.program, *arguments, "-t", "json"], input=text, capture_output=True, text=True, cwd=cwd
            )
            open(path, "w").write(made.stdout if made.returncode == 0 else "null")
        return json.load(open(path))


# what is read otherwise in silence, and why: in its structure, never in its words;
# docs/measurements.md says the same
INTENDED = {
    "A comment is printed nowhere, wherever it stands and whatever stands in it.": ["commonmark-0177", "gfm-0146"],
    "A picture's title is its caption, and what stands in brackets its description.": ["testsuite-29"],
    "A picture in a cell has a description and no caption.": ["10855-3", "10855-4"],
    "Bare addresses are links where [markdown] autolinks is on, those of ftp are words.": [
        "gfm-0610", "gfm-0614", "gfm-0616", "gfm-0619", "gfm-0620", "gfm-0628",
    ],
    "A grid may be set in; the reader of the example knows no grid, or none that is set in.": [
        "grid-table-indented-1", "grid-table-indented-2",
    ],
    "An item without words does not end a paragraph, as CommonMark has it.": ["11735-1"],
    "A heading that ends in a backslash goes on in the next line.": ["3730-2"],
    "Hyphens above and below a line are a pause and a heading, and no table of one column.": ["5367-1"],
    "Three asterisks are emphasis around strong emphasis, as CommonMark has it; they look the same.": ["5565-1"],
    "A table without any words has a head as well.": ["3526-1"],
}


# ---- the suites: (name, text, arguments of Pandoc, text that Pandoc is to read)


def commonmark(path, name):
    """Examples in the form of CommonMark's spec.txt."""
    spec = open(path, encoding="utf-8").read().replace("→", "\t")
    fence = "`" * 32
    for number, body in enumerate(re.findall(rf"^{fence} example[^\n]*\n(.*?)^{fence}$", spec, re.S | re.M), 1):
        text, _, page = body.partition("\n.\n") if not body.startswith(".\n") else ("", "", body[2:])
        page = re.sub('<input checked=[^>]*type="checkbox"[^>]*>', "☑", page)
        page = re.sub('<input [^>]*type="checkbox"[^>]*>', "☐", page)
        yield f"{name}-{number:04}", text + "\n", ["-f", "html"], page


# extensions of Pandoc's that give a mark another meaning than it has by default
OTHERWISE = {"hard_line_breaks", "ignore_line_breaks", "tex_math_single_backslash", "tex_math_double_backslash",
             "literate_haskell", "lhs", "rebase_relative_paths", "east_asian_line_breaks", "old_dashes", "four_space_rule",
             "compact_definition_lists", "wikilinks_title_after_pipe", "wikilinks_title_before_pipe", "mmd_title_block"}
READERS = {"markdown", "gfm", "commonmark", "commonmark_x", "markdown_github"}
NO_ATTRIBUTES = {"gfm", "commonmark", "markdown_github"}  # these print the attributes of a picture
PLAIN = {"native", "html", "html5", "html4", "plain", "markdown", "commonmark", "gfm", "latex", "json", "rst", "typst"}


def commands(folder):
    """The examples of Pandoc's test/command that read Markdown."""
    for path in sorted(glob.glob(folder + "/test/command/*.md")):
        text = open(path, encoding="utf-8").read()
        for number, body in enumerate(re.findall(r"^```+\n(% pandoc.*?)^```+$", text, re.S | re.M), 1):
            if body.split("\n")[0].endswith("\\"):
                body = body.replace("\\\n", " ", 1)
            command, _, rest = body.partition("\n")
            given, mark, expected = ("\n" + rest).partition("\n^D\n")
            if not mark:
                continue
            arguments, reader, writer, others = shlex.split(command[2:])[1:], "markdown", "html", []
            while arguments:
                one = arguments.pop(0)
                if one in ("-f", "-r", "--from", "--read") and arguments:
                    reader = arguments.pop(0)
                elif one.startswith("--from="):
                    reader = one[7:]
                elif one in ("-t", "-w", "--to", "--write") and arguments:
                    writer = arguments.pop(0)
                elif one.startswith("--to="):
                    writer = one[5:]
                else:
                    others.append(one)
            bare, *switches = re.split(r"(?=[+-])", reader)
            if bare not in READERS or any(one[0] == "-" or one[1:] in OTHERWISE for one in switches) or any(not one.startswith(("-s", "--wrap", "--standalone", "--columns")) for one in others):
                continue
            if bare in NO_ATTRIBUTES and "attributes" not in reader and re.search(r"\)\{[#.\w]", given):
                continue
            name = f"{os.path.basename(path)[:-3]}-{number}"
            if writer == "native":
                yield name, given[1:] + "\n", ["-f", "native"], expected
            else:
                yield name, given[1:] + "\n", ["-f", reader], given[1:] + "\n"


def files(folder):
    """Pandoc's test documents, whole, with the trees beside them: one example for each heading."""
    for name in ("testsuite", "tables", "pipe-tables", "markdown-reader-more"):
        text = open(f"{folder}/test/{name}.txt", encoding="utf-8").read()
        heading = r"(?=#{1,6} |[^\s\n][^\n]+\n[=-]{3,}\n\n)" if "tables" not in name else r"(?=\w[^\n]*able[^\n]*:\n\n)"
        parts = re.split("^" + heading, text, flags=re.M)
        for number, part in enumerate(part for part in parts if part.strip()):
            yield f"{name}-{number:02}", part, ["-f", "markdown"], part


# ---- Pandoc's tree as an outline

NUMBERS = {"DefaultStyle": "Figures", "Decimal": "Figures", "LowerAlpha": "LowerLetters", "UpperAlpha": "UpperLetters",
           "LowerRoman": "LowerRoman", "UpperRoman": "UpperRoman", "Example": "Figures"}
AROUND = {"DefaultDelim": "Stop", "Period": "Stop", "OneParen": "Parenthesis", "TwoParens": "Parentheses"}
INLINE = {"Emph": "em", "Strong": "strong", "Strikeout": "del", "Superscript": "sup", "Subscript": "sub", "SmallCaps": "sc",
          "Underline": "u"}


class Looseness(html.parser.HTMLParser):
    """Which lists of a piece of HTML have paragraphs right in their items, in order."""

    def __init__(self, text):
        super().__init__()
        self.lists, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in ("ul", "ol"):
            self.open.append((tag, len(self.lists)))
            self.lists.append(False)
        elif tag in ("li", "blockquote"):
            self.open.append((tag, None))
        elif tag == "p" and len(self.open) > 1 and self.open[-1][0] == "li":
            self.lists[self.open[-2][1]] = True

    def handle_endtag(self, tag):
        while tag in ("ul", "ol", "li", "blockquote") and self.open and self.open.pop()[0] != tag:
            pass


def text_of(tree):
    """The words of a piece of Pandoc's tree."""
    if isinstance(tree, list):
        return "".join(text_of(one) for one in tree)
    if isinstance(tree, dict):
        if tree.get("t") in ("Space", "SoftBreak"):
            return " "
        return tree["c"] if tree.get("t") == "Str" else text_of(tree.get("c", []))
    return ""


def descriptions(tree, out):
    """What stands in the brackets of pictures, and their titles."""
    if isinstance(tree, list):
        for one in tree:
            descriptions(one, out)
    elif isinstance(tree, dict):
        if tree.get("t") == "Image":
            out.extend(words for words in (text_of(tree["c"][1]), tree["c"][2][1]) if words)
        descriptions(tree.get("c", []), out)


class Outline:
    def __init__(self, tree, html=None):
        self.lines = []
        self.html = html is not None
        self.loose = Looseness(html).lists if self.html else []
        self.blocks(tree["blocks"])

    def within(self, name, tell):
        self.lines.append("<" + name)
        tell()
        self.lines.append(">" + name.split(" ")[0])

    def words(self, words):
        self.lines.append('"' + words.replace("\n", " "))

    def blocks(self, all):
        for block in all:
            self.block(block["t"], block.get("c"))

    def block(self, kind, c):
        if self.html and kind in ("Para", "Plain") and [inline["t"] for inline in c] == ["Image"]:
            # alone in its paragraph: its title is its caption, or else what stands in the brackets
            image = c[0]["c"]
            alt = text_of(image[1])
            def tell():
                self.words(image[2][1]) if image[2][1] else self.inlines(image[1])
                if image[2][1] and alt != image[2][1]:
                    self.lines.append("~" + alt)
            self.within("figure", tell)
        elif kind in ("Para", "Plain"):
            self.within("p", lambda: self.inlines(c))
        elif kind == "Header":
            self.within(f"h{c[0]}", lambda: self.inlines(c[2]))
        elif kind == "BlockQuote":
            self.within("quote", lambda: self.blocks(c))
        elif kind == "CodeBlock":
            self.within("code", lambda: self.words(c[1]))
        elif kind == "HorizontalRule":
            self.lines.append("-hr")
        elif kind == "LineBlock":
            self.within("lines", lambda: [self.within("line", lambda l=line: self.inlines(l)) for line in c])
        elif kind in ("BulletList", "OrderedList"):
            items = c if kind == "BulletList" else c[1]
            tight = all(block["t"] != "Para" for item in items for block in item)
            if self.html:
                tight = not self.loose.pop(0)
            name = "ul"
            if kind == "OrderedList":
                start, style, around = c[0][0], c[0][1]["t"], c[0][2]["t"]
                around = "Parentheses" if style == "Example" and around == "TwoParens" else AROUND[around]
                name = f"ol {start} {NUMBERS[style]} {around}"
            name += " tight" if tight else ""
            self.within(name, lambda: [self.within("li", lambda i=item: self.blocks(i)) for item in items])
        elif kind == "DefinitionList":
            def one(term, meanings):
                self.within("dt", lambda: self.inlines(term))
                for meaning in meanings:
                    self.within("dd", lambda m=meaning: self.blocks(m))
            self.within("dl", lambda: [one(*pair) for pair in c])
        elif kind == "Table":
            self.table(c)
        elif kind == "Figure":
            alts = []
            descriptions(c[2], alts)
            said = text_of(c[1][1])
            def tell():
                self.flat(c[1][1])
                self.lines.extend("~" + alt for alt in alts if alt != said)
            self.within("figure", tell)
        elif kind == "Div" and "title" in c[0][1]:
            pass  # the name of an alert, which our editions add themselves
        elif kind == "Div":
            self.within("div", lambda: self.blocks(c[1]))
        elif kind == "RawBlock":
            self.words(c[1])

    def flat(self, blocks):
        for block in blocks:
            if block["t"] in ("Para", "Plain"):
                self.inlines(block["c"])
            else:
                self.block(block["t"], block.get("c"))

    def table(self, c):
        attr, caption, columns, head, bodies, foot = c
        align = {"AlignDefault": "d", "AlignLeft": "l", "AlignCenter": "c", "AlignRight": "r"}
        rows = head[1] + [row for body in bodies for row in body[2] + body[3]] + foot[1]
        def row(cells):
            self.within("row", lambda: [self.within("cell", lambda b=cell[4]: self.flat(b)) for cell in cells])
        def all():
            if caption[1]:
                self.within("caption", lambda: self.flat(caption[1]))
            for one in rows:
                row(one[1])
        self.within("table " + "".join(align[column[0]["t"]] for column in columns), all)

    def inlines(self, all):
        for inline in all:
            self.inline(inline["t"], inline.get("c"))

    def inline(self, kind, c):
        if kind == "Str":
            self.words(c)
        elif kind in ("Space", "SoftBreak"):
            self.words(" ")
        elif kind == "LineBreak":
            self.lines.append("-br")
        elif kind in INLINE:
            self.within(INLINE[kind], lambda: self.inlines(c))
        elif kind == "Quoted":
            mark = "'" if c[0]["t"] == "SingleQuote" else '"'
            self.words(mark)
            self.inlines(c[1])
            self.words(mark)
        elif kind == "Code":
            self.within("tt", lambda: self.words(c[1]))
        elif kind == "Link":
            self.within("a", lambda: self.inlines(c[1]))
        elif kind == "Image":
            self.within("image", lambda: self.inlines(c[1]))
        elif kind == "Note":
            self.within("note", lambda: self.blocks(c))
        elif kind == "Span":
            self.within("span", lambda: self.inlines(c[1]))
        elif kind == "Cite":
            self.inlines(c[1])
        elif kind == "Math":
            sign = "$" if c[0]["t"] == "InlineMath" else "$$"
            self.words(sign + c[1] + sign)
        elif kind == "RawInline":
            self.words(c[1])


TRANSPARENT = ("span", "div", "u")


def canonical(lines):
    """One form of what both sides write differently, and words merged."""
    out = []
    for line in lines:
        if line[1:].split(" ")[0] in TRANSPARENT and line[0] in "<>":
            continue
        if line == "-page" or line[0] == "~":
            continue
        line = line.replace("☒", "☑")
        if line[0] == '"':
            text = line[1:]
            text = re.sub("[“”„«»″]", '"', text)
            text = re.sub("[‘’‚‹›′]", "'", text)
            text = re.sub("[–—−]|-+", "-", text).replace("-+", "-")
            text = re.sub("-+", "-", text).replace("…", "...")
            text = re.sub(r"[\s\u00a0\u200a\u202f\u00ad\u2060\u200b]+", "", text)
            if not text:
                continue
            if out and out[-1][0] == '"':
                out[-1] = re.sub("-+", "-", out[-1] + text)
                continue
            line = '"' + text
        out.append(line)
    # an image alone in its paragraph is a figure here; a description is no word of the text
    out = re.sub(r'<image\n(?:"[^\n]*\n)?(?:[^\n]*\n)*?>image', "-image", "\n".join(out)).split("\n")
    joined = "\n".join(out)
    joined = re.sub(r"<p\n-image\n>p", "<figure\n>figure", joined)
    joined = re.sub(r"<(\w+)\n>\1(?=\n|$)", lambda m: m.group(0) if m.group(1) in ("figure", "li", "cell", "dd", "row", "quote") else "", joined)
    # a table without a head has an empty one, and the box of a task stands before its words
    joined = re.sub(r"(<table[^\n]*\n(?:<caption\n(?:[^\n]*\n)*?>caption\n)?)<row\n(?:<cell\n>cell\n)+>row\n(?=<row)", r"\1", joined)
    joined = re.sub(r'"([☐☑])\n<p\n"?', r'<p\n"\1', joined)
    joined = re.sub(r'<li\n<p\n"([☐☑])\n>p', r'<li\n"\1', joined)
    return [line for line in joined.split("\n") if line]


def words_of(lines):
    """The letters and figures: of the text, of the numbers of lists, and of what is said of pictures.

    A description stands in the EPUB and in the tagged PDF whether it is printed or not, and a
    number is a word whether it is one of a list or of the text. They are counted in the order of
    their letters, as a description stands in another place than a caption.
    """
    text = "".join(c for line in lines if line[0] in '"~' for c in line[1:] if c.isalnum())
    return sorted(text + "".join(line.split(" ")[1] for line in lines if line.startswith("<ol ")))


LINK_FINDINGS = {"link-target-unknown", "link-scheme", "address-invalid", "link-title"}


def without_links(lines):
    """The outline where a link that leads nowhere is its words."""
    return canonical([line for line in lines if line not in ("<a", ">a")])


def pictures(tree, out):
    if isinstance(tree, dict):
        if tree.get("t") == "Image":
            out.add(urllib.request.unquote(tree["c"][2][0]))
            out.add(tree["c"][2][0])
        for value in tree.values():
            pictures(value, out)
    elif isinstance(tree, list):
        for value in tree:
            pictures(value, out)
    return out


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("--into", default=os.path.join(tempfile.gettempdir(), "pamphleteer-suites"))
    reader.add_argument("--from", dest="given", action="append", default=[])
    reader.add_argument("--show", type=int, default=0)
    reader.add_argument("--told", action="store_true")
    reader.add_argument("--only", default="")
    options = reader.parse_args()
    os.makedirs(options.into, exist_ok=True)
    given = dict(one.split("=", 1) for one in options.given)
    pandoc = Pandoc(pandoc_program(options.into), options.into)
    suites = {
        "CommonMark": list(commonmark(fetched(options.into, "commonmark", given) + "/spec.txt", "commonmark")),
        "GFM": list(commonmark(fetched(options.into, "gfm", given) + "/test/spec.txt", "gfm")),
        "Pandoc, test/command": list(commands(fetched(options.into, "pandoc", given))),
        "Pandoc, test documents": list(files(fetched(options.into, "pandoc", given))),
    }
    cwd = fetched(options.into, "pandoc", given) + "/test"
    for suite, examples in suites.items():
        compare(suite, examples, pandoc, cwd, options)


def compare(suite, examples, pandoc, cwd, options):
    expected, texts = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name, text, arguments, source in examples:
            tree = pandoc.tree(arguments, source, cwd)
            if tree is None or options.only and options.only not in name:
                continue
            expected[name] = Outline(tree, source if arguments == ["-f", "html"] else None)
            texts[name] = text
            open(f"{folder}/{name}.md", "w", encoding="utf-8").write(text)
            if suite != "GFM" and "gfm" not in " ".join(arguments):
                open(f"{folder}/{name}.bare", "w").close()  # as [markdown] autolinks = false
            open(f"{folder}/{name}.pictures", "w", encoding="utf-8").write("\n".join(sorted(pictures(tree, set()))))
        if not expected:
            return
        program = os.environ.get("OUTLINE")
        command = [program] if program else ["cargo", "run", "-q", "--release", "--example", "outline", "--"]
        made = subprocess.run([*command, folder], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ours, findings, name = defaultdict(list), defaultdict(list), None
    for line in made.split("\n"):
        if line.startswith("= "):
            name = line[2:]
        elif line.startswith("! "):
            findings[name].append(line[2:])
        elif line:
            ours[name].append(line)
    counts, listed = Counter(), []
    for name, outline in expected.items():
        theirs, mine = canonical(outline.lines), canonical(ours[name])
        if outline.html:
            mine = [line.replace("Parenthesis", "Stop") for line in mine]
        told = [one for one in findings[name] if one.split(":")[0] not in BESIDE]
        codes = {one.split(":")[0] for one in told}
        if theirs == mine:
            what = "same"
        elif codes and codes <= LINK_FINDINGS and without_links(theirs) == without_links(mine):
            what = "same but for links that lead nowhere, told"
        else:
            kind = "words" if words_of(outline.lines) != words_of(ours[name]) else "structure"
            how = "told" if told else "intended" if any(name in names for names in INTENDED.values()) else "silent"
            what = f"{kind}, {how}"
        counts[what] += 1
        if what.endswith("silent") or options.only or options.told and what != "same":
            listed.append((name, what, theirs, mine, told))
    print(f"{suite}: {sum(counts.values())} examples; " + "; ".join(f"{what}: {count}" for what, count in sorted(counts.items())))
    for name, what, theirs, mine, told in listed[: options.show or len(listed)]:
        print(f"---- {name}: {what}  {told}")
        if options.show:
            print(texts[name])
            print("theirs:", " ".join(theirs))
            print("ours:  ", " ".join(mine))


if __name__ == "__main__":
    main()
