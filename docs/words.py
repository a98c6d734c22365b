#!/usr/bin/env python3
"""Holds the words that the tool adds against public translations, and counts.

    docs/words.py SOURCES              # each term of docs/words.md that two sources do not have yet
    docs/words.py SOURCES --all        # every term and what each source has
    docs/words.py SOURCES --again      # which marks of docs/words.md come out again
    docs/words.py SOURCES --write      # puts what is new into the lists of docs/words.md
    docs/words.py --count              # the table of docs/words.md, from its lists

SOURCES is a folder with one folder for each source that is at hand, named as in the table `SOURCES`
below; each holds a bare clone (`git clone --bare … repo`) or files. Nothing of them is written
anywhere: what comes out are our words, the marks of the sources, and on the terminal what they have.
"""
import gettext
import io
import json
import pathlib
import re
import subprocess
import sys
import textwrap
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
# mark, folder, path in it with the language as a group, reader
SOURCES = [
    ("C", "citation-style-language+locales", r"locales-([\w-]+)\.xml", "terms"),
    ("B", "latex3+babel", r"locale/\w+/babel-([\w-]+)\.ini", "captions"),
    ("P", "reutenauer+polyglossia", r"tex/gloss-(\w+)\.ldf", "tex"),
    ("X", "plk+biblatex", r"tex/latex/biblatex/lbx/(\w+)\.lbx", "lbx"),
    ("G", "Sigil-Ebook+Sigil", r"src/Resource_Files/ts/sigil_(\w+)\.ts", "ts"),
    ("D", "docbook+xslt10-stylesheets", r"gentext/locale/(\w+)\.xml", "keyed"),
    ("I", "dita-ot+dita-ot", r"src/main/plugins/org\.dita\.(?:base/xsl/common/strings-|pdf2/cfg/common/vars/)"
                             r"([\w-]+)\.xml", "terms"),
    ("R", "GNOME+orca", r"po/([\w@]+)\.po", "po"),
    ("Y", "GNOME+yelp-xsl", r"po/([\w@]+)\.po", "po"),
    ("A", "asciidoctor+asciidoctor", r"data/locale/attributes-(\w+)\.adoc", "lines"),
    ("o", "pkp+omp", r"locale/(\w+)/[\w.]+\.po", "po"),
    ("o", "pkp+pkp-lib", r"locale/(\w+)/[\w.]+\.po", "po"),
    ("a", "omeka+Omeka", r"application/languages/(\w+)\.po", "po"),
    ("s", "sile-typesetter+sile", r"languages/([\w-]+)/messages\.ftl", "lines"),
    ("g", "doxygen+doxygen", r"src/translator_(\w+)\.h", "doxygen"),
    ("c", "wikimedia+mediawiki-extensions-Collection", r"i18n/([\w-]+)\.json", "json"),
    ("c", "wikimedia+mediawiki-extensions-ProofreadPage", r"i18n/([\w-]+)\.json", "json"),
    ("c", "wikimedia+mediawiki-extensions-BlueSpiceBookshelf", r"i18n/(?:ui/)?([\w-]+)\.json", "json"),
    ("c", "wikimedia+mediawiki-extensions-PDFCreator", r"i18n/([\w-]+)\.json", "json"),
    ("c", "wikimedia+ws-export", r"i18n/([\w-]+)\.json", "json"),
    ("c", "wikimedia+mediawiki", r"languages/i18n/(?:exif/)?([\w-]+)\.json", "json"),
    ("p", "mudrd8mz+moodle-lang", r"(\w+?)_utf8/(?:book|glossary|data|wiki|moodle|enrol|resource|lesson)\.php", "php"),
    ("r", "libreoffice", r"usr/lib/libreoffice/program/resource/(\w+)/LC_MESSAGES/\w+\.mo", "mo"),
    ("n", "GrammaticalFramework+gf-wordnet", r"WordNet(Mlt|Sqi|Est)\.gf", "gf"),
    ("n", "johnjcamilleri+Maltese-GF-Resource-Grammar", r"Dict(Mlt)\.gf", "gf"),
    ("j", "OP-TED+eForms-SDK", r"translations/[\w-]+_(\w+)\.xml", "entries"),
    ("f", "freedict+fd-dictionaries", r"eng-(\w+)/eng-\w+\.tei", "tei"),
]
# What the sources call each term, in English or as a key; "|" parts them. A form like `photographer`
# names who does it, where ours is a verb or a noun: that is "in the word".
TERMS = {
    "contents": "contents|table of contents|toc|tableofcontents|tableofcontents-title|toc-title",
    "notes": "notes|endnotes|end notes",
    "editor-notes": "editor's notes|editorial notes|editor’s notes|editors' notes",
    "cover": "cover|book cover|front cover|cover page|coverpage|cover image",
    "title-page": "title page|titlepage|title-page",
    "half-title": "half title|half-title|halftitle|half title page|bastard title|half-title page",
    "imprint": "imprint|copyright page|copyright-page|legal notice|legalnotice",
    "colophon": "colophon",
    "pages": "pages|page list|pagelist|list of pages",
    "landmarks": "landmarks|landmark",
    "text": "text|body text|body",
    "back-to-text": "back to text|back to the text|return to text|back link|backlink|jump back",
    "back-to-call": "note|footnote|notes",
    "page-of": "page|pages",
    "frontispiece": "frontispiece",
    "dedication": "dedication",
    "epigraph": "epigraph",
    "foreword": "foreword",
    "preface": "preface|prefacename",
    "introduction": "introduction",
    "prologue": "prologue|prolog",
    "volume": "volume|book volume",
    "division": "division|section|book section",
    "part": "part|partname|part-signifier|part-label",
    "chapter": "chapter|chaptername|chapter-signifier|chapter-label",
    "epilogue": "epilogue|epilog",
    "afterword": "afterword|postface|postscript",
    "conclusion": "conclusion|conclusions|closing words",
    "appendix": "appendix|appendixname|appendix-caption",
    "glossary": "glossary|glossaryname",
    "bibliography": "bibliography|bibname|works cited",
    "index": "index|indexname|alphabetical index",
    "acknowledgments": "acknowledgments|acknowledgements|acknowledgment|acknowledgements page|credits|thanks",
    "figure": "figure|figurename|figure-caption|illustration|fig",
    "table": "table|tablename|table-caption",
    "page": "page|pagename",
    "note": "note|footnote",
    "edited-by": "edited by|editor|editors|editorial|byeditor|edit|editing",
    "translated-by": "translated by|translator|translators|translation|bytranslator|translate",
    "illustrated-by": "illustrated by|illustrator|illustrators|illustrations|illustration|illustrate",
    "introduction-by": "introduction|introduction by|author of introduction|with an introduction by|byintroduction",
    "preface-by": "preface|preface by|author of preface",
    "foreword-by": "foreword|foreword by|author of foreword|byforeword",
    "afterword-by": "afterword|afterword by|author of afterword|byafterword|postface|postscript",
    "photographs-by": "photographs|photographer|photographs by|photographers|photos|photography|photograph|photo",
    "maps-by": "maps|cartographer|maps by|cartography|map",
    "cover-by": "cover|cover artist|cover designer|cover design|cover by|front cover|book cover",
    "designed-by": "design|designer|designed by|book designer|graphic design|graphic designer|designing",
    "notes-by": "notes|annotator|annotations|annotated by|annotation|byannotator|commentator|note",
    "adapted-by": "adapted by|adapter|adaptation|adaptor|adapt",
    "abridged-by": "abridged by|abridger|abridgement|abridgment|abridged|abridge|shortened|shorten|abbreviation",
    "compiled-by": "compiled by|compiler|compilation|compilers|bycompiler|compile|collection|collected by",
    "with": "with|contributor|contributors|in collaboration with|participant|collaborator|contribution|collaboration"
            "|cooperation",
    "from": "from",
    "set-in": "set in|typeset in|typeset|typesetting|typesetter|font|typeface",
    "that-is": "that is|namely|i.e.|videlicet|that is to say",
    "admonition-note": "note|note-caption",
    "admonition-tip": "tip|tip-caption|hint|advice",
    "admonition-important": "important|important-caption",
    "admonition-warning": "warning|warning-caption",
    "admonition-caution": "caution|caution-caption|attention|beware|danger",
}
# Of these a word that differs counts as another word for the term; of dictionaries and of whole programs only one
# that agrees does, since there a word has many senses.
BOOKISH = "CBPXGDIRYAo"
# Words of books alone, which have one sense wherever they stand.
CLEAR = set("title-page half-title frontispiece epigraph prologue epilogue foreword preface afterword glossary bibliography"
            " editor-notes foreword-by preface-by afterword-by".split())
LOOSE = {"from", "set-in", "with", "that-is", "text", "landmarks", "pages", "page-of"}
HEADS = ["Two or more agree", "Two or more agree in the word", "Two or more, other words", "One agrees",
         "One, another word", "None"]
NAMES = {  # how some sources write a language, and ours
    "macedonian": "mk", "MK": "mk", "mkd": "mk", "latin": "la", "belarusian": "be", "bosnian": "bs", "albanian": "sq",
    "irish": "ga", "bengali": "bn", "estonian": "et", "welsh": "cy", "mlt": "mt", "sqi": "sq", "est": "et",
    "lat": "la", "nob": "nb", "no": "nb", "se": "sv", "gr": "el", "si": "sl", "jp": "ja", "kr": "ko", "ua": "uk",
    "cz": "cs", "dk": "da", "za": "af", "cn": "zh", "tw": "zh-Hant", "zh-tw": "zh-Hant", "zh-hant": "zh-Hant",
    "zh-cn": "zh", "zh-hans": "zh", "sr": "sr-Cyrl", "sr-ec": "sr-Cyrl", "sr-el": "sr-Latn", "sr@latin": "sr-Latn",
    "sr-latn": "sr-Latn", "bs-latn": "bs", "german": "de", "french": "fr", "italian": "it", "spanish": "es",
    "polish": "pl", "czech": "cs", "danish": "da", "dutch": "nl", "finnish": "fi", "swedish": "sv", "turkish": "tr",
    "greek": "el", "hungarian": "hu", "croatian": "hr", "russian": "ru", "ukrainian": "uk", "romanian": "ro",
    "slovak": "sk", "slovene": "sl", "slovenian": "sl", "bulgarian": "bg", "catalan": "ca", "basque": "eu",
    "galician": "gl", "icelandic": "is", "latvian": "lv", "lithuanian": "lt", "norsk": "nb", "nynorsk": "nn",
    "norwegian": "nb", "portuguese": "pt", "serbian": "sr-Cyrl", "esperanto": "eo", "welsh": "cy", "thai": "th",
    "vietnamese": "vi", "korean": "ko", "hindi": "hi", "hebrew": "he", "persian": "fa", "arabic": "ar",
    "afrikaans": "af", "indonesian": "id", "malay": "ms", "japanese": "ja",
}


def ours():
    """Our words: language, term, word."""
    words = {}
    for file in sorted((ROOT / "crates/core/src/terms/languages").glob("*.rs")):
        tag = {"zh_hant": "zh-Hant", "sr_cyrl": "sr-Cyrl", "sr_latn": "sr-Latn"}.get(file.stem, file.stem)
        found = re.findall(r"^    (\w+): \"(.*)\",$", file.read_text("utf-8"), re.M)
        words[tag] = {key.replace("_", "-"): word for key, word in found}
    words.pop("mod", None)
    return words


def plain(word):
    """A word without capitals, marks, numbers and signs of a pattern."""
    word = re.sub(r"\{[^}]*\}|%\w|\$\{?\w+\}?|&\w*;?|\$\d|<[^>]*>", " ", word)
    word = unicodedata.normalize("NFC", word).replace("’", "'").casefold()
    letters = (sign if sign in "' -" or unicodedata.category(sign)[0] in "LMN" else " " for sign in word)
    return " ".join("".join(letters).split()).strip("'- ")


def like(one, other):
    """Whether two words are forms of one: the first four letters and most of the rest."""
    if one == other:
        return True
    same = next((at for at, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    shorter, longer = sorted((len(one), len(other)))
    if ord(max(one[0], other[0])) > 0x2E80:
        return one in other or other in one
    return same >= min(4, shorter) and same * 2 >= longer and shorter >= 3


SMALL = set("the of a an for to from by in tal il in li ta' a’ de di des du le la el og av von der das na za od s w z".split())


def agrees(term, word, theirs):
    """`exact`, `word` or None: how a word of a source is ours."""
    mine, other = plain(word), plain(theirs)
    if not mine or not other:
        return None
    if mine == other:
        return "exact"
    bearing = [part for part in mine.split() if part not in SMALL] or mine.split()
    parts = other.split()
    if term == "back-to-call":  # of the whole line, sources have the note
        return "word" if len(parts) == 1 and any(like(part, other) for part in bearing) else None
    return "word" if all(any(like(part, their) for their in parts) for part in bearing) else None


class Place:
    """The files of a source: a bare clone or a folder."""

    def __init__(self, folder):
        self.git = folder / "repo" if (folder / "repo").is_dir() else None
        self.folder = folder

    def names(self):
        if self.git is None:
            return [str(file.relative_to(self.folder)) for file in self.folder.rglob("*") if file.is_file()]
        return self.run("-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "HEAD").decode().splitlines()

    def read(self, name):
        return (self.folder / name).read_bytes() if self.git is None else self.run("show", f"HEAD:{name}")

    def run(self, *args):
        return subprocess.run(["git", f"--git-dir={self.git}", *args], capture_output=True, check=False).stdout


def po(text, english):
    pairs = []
    for block in re.split(r"\n\s*\n", text):
        if re.search(r"^#,.*fuzzy", block, re.M):
            continue
        parts = {"msgid": "", "msgstr": ""}
        key = None
        for line in block.splitlines():
            found = re.match(r'(msgid|msgstr)(?:\[0\])? "(.*)"$', line)
            if found:
                key = found.group(1)
                parts[key] = found.group(2)
            elif key and line.startswith('"'):
                parts[key] += line[1:-1]
            elif line.startswith("msg"):
                key = None
        if parts["msgid"] and parts["msgstr"]:
            pairs.append((english.get(parts["msgid"], parts["msgid"]), parts["msgstr"]))
    return pairs


def read(kind, data, english):
    """Pairs of what a source calls it and its translation."""
    text = data.decode("utf-8", "replace") if kind != "mo" else ""
    find = lambda pattern, flags=0: re.findall(pattern, text, flags)
    if kind == "po":
        return po(text, english)
    if kind == "mo":
        catalogue = gettext.GNUTranslations(io.BytesIO(data))._catalog
        return [(key.split("\x04")[-1], value) for key, value in catalogue.items() if isinstance(key, str) and key]
    if kind == "json":
        try:
            values = json.loads(text)
        except ValueError:
            return []
        return [(english.get(key, key), value) for key, value in values.items() if isinstance(value, str)]
    if kind == "entries":
        return [(english.get(key, key), value) for key, value in find(r'<entry key="([^"]*)">([^<]*)<')]
    if kind == "php":
        pairs = find(r"^\$string\['([\w-]+)'\]\s*=\s*'(.*)';", re.M)
        return [(english.get(key, key), value) for key, value in pairs]
    if kind == "captions":
        text = text.partition("\n[captions")[2].partition("\n[")[0]
        return [(key.strip(), value.strip()) for key, value in re.findall(r"^([\w.-]+?)\s*=\s*(\S.*)$", text, re.M)]
    if kind == "lines":
        return [(key.strip(), value.strip()) for key, value in find(r"^:?([\w. -]+?)\s*[=:]\s*(\S.*)$", re.M)]
    if kind == "tex":
        return find(r"\\def\\(\w+)\{([^{}]*)\}")
    if kind == "lbx":
        return find(r"(\w+)\s*=\s*\{\{([^{}\\]*)\}") + find(r"(\w+)\s*=\s*\{\{[^{}]*\}\{([^{}\\]*)\}\}")
    if kind == "ts":
        return find(r"<source>(.*?)</source>\s*(?:<\w*comment>.*?</\w*comment>\s*)?<translation>(.*?)</translation>", re.S)
    if kind == "keyed":
        return find(r'key="([^"]*)" text="([^"]*)"') + find(r'name="([^"]*)" text="([^"]*)"')
    if kind == "terms":
        pairs = find(r'<(?:term|str|variable)[^>]*(?:name|id)="([^"]*)"[^>]*>\s*([^<\s][^<]*)<')
        return pairs + find(r'<term[^>]*name="([^"]*)"[^>]*>\s*<single>([^<]*)<')
    if kind == "doxygen":
        return [(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).removeprefix("tr "), value) for key, value in
                find(r"QCString tr(\w+)\([^)]*\)[^{]*\{[^}\"]*\"([^\"]*)\"", re.S)]
    if kind == "gf":
        pairs = find(r"^lin (\w+?)(?:_\d+)?_(?:N|N2|V|V2|Prep|Adv|A) = \w+ \(?\w* ?\"([^\"]*)\".*$", re.M)
        return [(key.replace("_", " ").removesuffix("Masc").removesuffix("Fem"), value) for key, value in pairs]
    return [(orth, quote) for entry in find(r"<entry.*?</entry>", re.S)
            for orth in re.findall(r"<orth>([^<]*)<", entry) for quote in re.findall(r"<quote>([^<]*)<", entry)]


def gathered(folder):
    """What each source has: language, English, (mark, words)."""
    found = {}
    for mark, name, path, kind in SOURCES:
        place = Place(folder / name)
        if not place.folder.is_dir():
            print(f"{mark} {name}: not at hand", file=sys.stderr)
            continue
        files = [(file, re.fullmatch(path, file)) for file in place.names()]
        english = {}
        for file, match in files:
            if match and match.group(1) in ("en", "en_US") and kind in ("json", "po", "php", "entries"):
                english.update({key: value for key, value in read(kind, place.read(file), {})})
        for file, match in files:
            if not match:
                continue
            tag = match.group(1)
            lower = tag.replace("_", "-").lower()
            tag = NAMES.get(tag) or NAMES.get(lower) or NAMES.get(lower.split("-")[0]) or lower.split("-")[0]
            for source, words in read(kind, place.read(file), english):
                key = plain(source) if "-" not in source else source.lower()
                found.setdefault(tag, {}).setdefault(key, set()).add((mark, words))
    return found


def verdict(term, marks, rows):
    """The head under which a term stands, and its marks, when rows of sources are added to what it had."""
    head, old = marks
    exact, word, other = set(), set(), set()
    for (mark, _), how in rows.items():
        (exact if how == "exact" else word if how else other).add(mark)
    other = (other if term in CLEAR else other & set(BOOKISH)) - exact - word
    if head == "One, another word":
        other |= set(old) - exact - word
    else:
        word |= set(old) - exact
    word -= exact
    here = "".join(sorted(exact | word | other, key=lambda mark: (mark.islower(), mark)))
    if len(exact) >= 2:
        return "Two or more agree", here
    if len(exact | word) >= 2:
        return "Two or more agree in the word", here
    if len(here) >= 2:
        return "Two or more, other words", here
    return ("One agrees" if exact | word else "One, another word" if here else "None"), here


def write(held):
    """The lists of docs/words.md as they are now."""
    path = ROOT / "docs/words.md"
    sections = path.read_text("utf-8").split("\n## ")
    for at, section in enumerate(sections):
        tag = re.search(r"\(`(.*?)`\)", section.splitlines()[0])
        if not at or not tag:
            continue
        months = re.search(r"^- Months: .*$", section, re.M).group(0)
        lines = [section.splitlines()[0], ""]
        for head in HEADS:
            terms = [f"{term} {marks}".strip() for term in TERMS for had, marks in [held[tag.group(1)][term]] if had == head]
            if terms:
                lines += textwrap.wrap(f"- {head}: {', '.join(terms)}", 116, subsequent_indent="  ",
                                       break_long_words=False, break_on_hyphens=False)
        tail = section.partition(months)[2]
        sections[at] = "\n".join(lines) + "\n" + months + tail
    path.write_text("\n## ".join(sections), "utf-8")


def lists():
    """The lists of docs/words.md: language, term, (head, marks)."""
    text = (ROOT / "docs/words.md").read_text("utf-8").replace("\n  ", " ")
    held = {}
    for section in text.split("\n## ")[1:]:
        tag = re.search(r"\(`(.*?)`\)", section.splitlines()[0])
        for head, terms in re.findall(r"^- ([^:]*): (.*)$", section, re.M) if tag else []:
            for term in terms.rstrip(".").split(", ") if head != "Months" else []:
                name, _, marks = term.partition(" ")
                held.setdefault(tag.group(1), {})[name] = (head, marks)
    return held


def main():
    folder = [arg for arg in sys.argv[1:] if not arg.startswith("--")]
    held, words = lists(), ours()
    if "--count" in sys.argv:
        heads = [head for terms in held.values() for head, _ in terms.values()]
        for head in HEADS:
            print(f"{heads.count(head):5} {head}")
        return
    found = gathered(pathlib.Path(folder[0]))
    again = [0, 0]
    for tag, terms in held.items():
        for term, (head, marks) in terms.items():
            word = words[tag][term]
            rows = {}
            for phrase in TERMS[term].split("|"):
                for mark, theirs in found.get(tag, {}).get(plain(phrase) if "-" not in phrase else phrase, ()):
                    rows.setdefault((mark, plain(theirs)), agrees(term, word, theirs))
            known = {mark for mark, _, _, _ in SOURCES} & set(marks)
            again[0] += len(known)
            again[1] += len(known & {mark for mark, _ in rows})
            few = head.startswith(("One", "None"))
            if few:
                new = {row: how for row, how in rows.items() if how or term not in LOOSE}
                terms[term] = verdict(term, (head, marks), new)
            if "--again" not in sys.argv and rows and (few or "--all" in sys.argv):
                shown = "; ".join(f"{mark} {how or '–'} {theirs}" for (mark, theirs), how in sorted(rows.items()))
                print(f"{tag} {term} [{head} {marks}] {word!r}: {shown}")
    if "--write" in sys.argv:
        write(held)
    if "--again" in sys.argv:
        print(f"of {again[0]} marks of sources that are at hand, {again[1]} come out again")


if __name__ == "__main__":
    main()
