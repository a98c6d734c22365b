#!/usr/bin/env python3
"""Brings EPUBs in, builds them again, and holds the words of both against each other.

    evidence/epubs.py FOLDER [--tool PAMPHLETEER] [--judge SCRIPT] [--show N]

Of each EPUB in FOLDER it says: how many words its reading order has, those that the rebuilt edition lacks, the calls
of notes and the pages of a printed edition before and after. Lists of contents, the numbers of notes, of pages and of
chapters are made anew and are left out on both sides, as is what a style sheet hides. A word that is lacking is looked for among those
that the report of the import names as left out, kind by kind, and in what describes pictures; a word in neither is unexplained.
`--judge` runs a script on each rebuilt edition, such as one that calls EPUBCheck.
"""

import argparse, glob, html, html.parser, os, posixpath, re, subprocess, sys, tempfile, unicodedata, urllib.parse, zipfile
import xml.etree.ElementTree as tree
from collections import Counter

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OPF = "{http://www.idpf.org/2007/opf}"


class Text(html.parser.HTMLParser):
    """The words of a page, without those of its lists of contents; the calls of notes, the page marks."""

    def __init__(self, hidden=()):
        super().__init__()
        self.hidden = set(hidden)
        self.words, self.quiet, self.calls, self.pages, self.shown = [], [], 0, 0, []
        self.heading = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.shown.append(" " + (given.get("alt") or ""))
        kind = (given.get("epub:type") or "") + " " + (given.get("role") or "")
        self.calls += "noteref" in kind
        self.pages += "pagebreak" in kind
        classes = set((given.get("class") or "").split())
        if re.fullmatch("h[1-6]", tag):
            self.heading = len(self.words)
        made = "pagebreak" in kind or "noteref" in kind or "backlink" in kind or "number" in classes or "note-label" in classes
        unseen = "hidden" in given or bool(classes & self.hidden)
        if self.quiet or made or unseen or tag in ("script", "style", "head", "nav", "rp", "svg", "math", "annotation"):
            if tag not in ("br", "img", "hr", "meta", "link", "input", "col", "wbr", "source"):
                self.quiet.append(tag)
        if tag not in INLINE:
            self.words.append(" ")

    def handle_startendtag(self, tag, attributes):
        if tag in ("br", "hr", "img"):
            self.words.append(" ")
            self.shown.append(" " + (dict(attributes).get("alt") or ""))
        kind = " ".join(value or "" for name, value in attributes if name in ("epub:type", "role"))
        self.pages += "pagebreak" in kind

    def handle_endtag(self, tag):
        # a title that is a number and no more is the chapter's number, which a style may say in words
        if re.fullmatch("h[1-6]", tag) and self.heading is not None:
            if re.fullmatch(r"\s*([ivxlc]+|\d+)\.?\s*", "".join(self.words[self.heading :]), re.I):
                del self.words[self.heading :]
            self.heading = None
        if tag in self.quiet:
            while self.quiet.pop() != tag:
                pass
        if tag not in INLINE:
            self.words.append(" ")

    def handle_data(self, data):
        if not self.quiet:
            self.words.append(data)


INLINE = {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "i", "ins", "kbd", "mark", "q", "ruby",
          "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "del", "font", "tt", "wbr", "time"}


def words_of(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\u2060", ""))


def read(path):
    """The words of the reading order, those that describe pictures, the calls of notes, the pages."""
    book = zipfile.ZipFile(path)
    container = tree.fromstring(book.read("META-INF/container.xml"))
    package = next(e.get("full-path") for e in container.iter() if e.tag.endswith("rootfile"))
    opf = tree.fromstring(book.read(package))
    items = {e.get("id"): e for e in opf.iter(OPF + "item")}
    guide = {e.get("href", "").split("#")[0] for e in opf.iter(OPF + "reference") if e.get("type") == "toc"}
    words, shown, calls, pages = Counter(), Counter(), 0, 0
    sheets = " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist() if name.endswith(".css"))
    hidden = re.findall(r"\.([\w-]+)\s*\{[^}]*display:\s*none", sheets)
    for itemref in opf.iter(OPF + "itemref"):
        item = items.get(itemref.get("idref"))
        if item is None or "html" not in (item.get("media-type") or ""):
            continue
        if "nav" in (item.get("properties") or "").split() or item.get("href") in guide:
            continue
        name = posixpath.normpath(posixpath.join(posixpath.dirname(package), urllib.parse.unquote(item.get("href"))))
        if name not in book.namelist():
            continue
        page = Text(hidden)
        page.feed(book.read(name).decode("utf-8", "replace"))
        words.update(words_of("".join(page.words)))
        shown.update(words_of("".join(page.shown)))
        calls, pages = calls + page.calls, pages + page.pages
    return words, shown, calls, pages


def left_out(book):
    """The words that the report of an import names as left out, by the reason that it gives."""
    page = open(os.path.join(book, "import-report.html"), encoding="utf-8").read()
    table = re.search(r"<h2>What was left out.*?</table>", page, re.S)
    reasons = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table.group(0) if table else "", re.S):
        why = re.search(r"</td><td>(.*?)<br>", row, re.S).group(1)
        codes = row.split("<details>", 1)[-1]
        said = " ".join(html.unescape(words) for words in re.findall(r"<code>(.*?)</code>", codes, re.S))
        reasons[html.unescape(why)] = Counter(words_of(said))
    return reasons


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("folder")
    reader.add_argument("--tool", default=os.path.join(ROOT, "target/release/pamphleteer"))
    reader.add_argument("--judge")
    reader.add_argument("--show", type=int, default=8)
    given = reader.parse_args()
    whole = 0
    paths = sorted(glob.glob(os.path.join(given.folder, "*.epub")))
    for path in paths:
        name = os.path.splitext(os.path.basename(path))[0]
        with tempfile.TemporaryDirectory() as folder:
            into = os.path.join(folder, "book")
            brought = subprocess.run([given.tool, "import", path, "--into", into], capture_output=True, text=True)
            if brought.returncode:
                said = re.findall(r"^error.*", brought.stderr, re.M)
                print(f"{name}: not brought in: {said[:2]}")
                continue
            built = subprocess.run([given.tool, "build", into, "--to", "epub"], capture_output=True, text=True)
            made = glob.glob(os.path.join(into, "out", "*.epub"))
            if built.returncode or not made:
                print(f"{name}: not built: {re.findall(r'^error.*', built.stderr, re.M)[:3]}")
                continue
            before, _, calls, pages = read(path)
            after, described, calls_after, pages_after = read(made[0])
            # a description that was hidden in the page is the picture's now
            lost = before - after
            count, lost = sum(lost.values()), lost - described
            described = count - sum(lost.values())
            named = []
            for why, words in left_out(into).items():
                known = lost & words
                if known:
                    lost -= known
                    named.append(f"{sum(known.values())} {why}")
            verdict = ""
            if given.judge:
                judged = subprocess.run([given.judge, made[0]], capture_output=True, text=True)
                verdict = ", judged well" if judged.returncode == 0 else ", JUDGED ILL: " + " | ".join(
                    line for line in judged.stdout.splitlines() if not line.startswith("PASS"))[:300]
            whole += not lost
            count = sum(lost.values())
            print(f"{name}: {sum(before.values())} words, {count} unexplained, {described} in descriptions; "
                  f"calls {calls} → {calls_after}, pages {pages} → {pages_after}{verdict}", flush=True)
            if named:
                print("    left out: " + "; ".join(named))
            if lost:
                print("    " + ", ".join(f"{word} × {n}" for word, n in lost.most_common(given.show)))
    print(f"{len(paths)} EPUBs, {whole} with every word")
    sys.exit(whole < len(paths))


if __name__ == "__main__":
    main()
