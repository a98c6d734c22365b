#!/usr/bin/env python3
"""Sets books, reads their PDF back in each way that editors do, and counts what is whole.

    docs/there-and-back.py [--ocr] target/release/pamphleteer BOOK [BOOK …]

Each book is built as EPUB, screen PDF and print PDF. The screen PDF is imported by its tags, the print PDF by positions, and
the screen PDF's text as `pdftotext`, `pdftotext -layout`, `mutool` and, where it is installed, pymupdf4llm write it; with
`--ocr` the pages of the screen PDF are rendered too (200 dpi) and read by Tesseract, a second a page. Compared with the EPUB are the letters and
figures of whole paragraphs, headings and notes, and the numbers of the pages that were found.
"""
import pathlib, re, subprocess, sys, tempfile, unicodedata, zipfile
import xml.etree.ElementTree as tree

HEADINGS = {f"h{n}" for n in range(1, 7)}


def key(text):
    """Letters and figures alone."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).lower()


def words(element):
    """The words of an element, without the calls of notes."""
    kind = " ".join(v for k, v in element.attrib.items() if k.endswith("type") or k == "role")
    if "noteref" in kind or "backlink" in kind or "pagebreak" in kind:
        return element.tail or ""
    return (element.text or "") + "".join(words(c) for c in element) + (element.tail or "")


def of_epub(path):
    """Paragraphs, headings and notes of the texts of an EPUB."""
    found = {"paragraphs": [], "headings": [], "notes": []}
    with zipfile.ZipFile(path) as book:
        for name in sorted(n for n in book.namelist() if n.endswith(".xhtml")):
            root = tree.fromstring(book.read(name))
            body = root.find("{*}body")
            made = {"nav", "cover", "title-page", "titlepage", "half-title", "imprint", "contents", "colophon"}
            if body is None or pathlib.Path(name).stem in made:
                continue
            notes = {p for e in root.iter() if "footnote" in " ".join(e.attrib.values()) for p in e.iter()}
            for element in root.iter():
                tag = element.tag.split("}")[-1] if isinstance(element.tag, str) else ""
                text = key(words(element)[: -len(element.tail or "") or None])
                if tag in HEADINGS and text and pathlib.Path(name).stem != "notes":
                    found["headings"].append(text)
                elif tag == "p" and text:
                    found["notes" if element in notes else "paragraphs"].append(text)
    return found


def of_folder(folder):
    """Passages of a recovered folder, by key, and the pages in order."""
    passages, pages = set(), []
    for file in sorted(folder.glob("*.md")):
        text = file.read_text()
        pages += re.findall(r"<!-- page (\S+) -->", text)
        text = re.sub(r"(`+)([^`\n].*?)\1(?!`)", lambda code: key(code[2]), text)
        text = re.sub(r"<!--.*?-->|\^\d+\^", "", text, flags=re.S)
        text = re.sub(r"^:::.*$|^> ?", "", text, flags=re.M)
        # items of a list are passages of their own, without their numbers
        for part in re.split(r"\n\s*\n|\n(?=\s*(?:\d+[.)]|[-*+•]) )", text):
            note = re.sub(r"^\s*(?:\[\^[^\]]*\]:|\d+[.)] |[-*+•>] )", "", part)
            plain = re.sub(r"\[\^[^\]]*\]|\]\([^)]*\)|\{[^}]*\}", "", note)
            passages.add(key(plain))
    return passages, pages


def markdown(pdf, into):
    """What pymupdf4llm writes, with page breaks; `None` where it is not installed."""
    try:
        import pymupdf4llm
    except ImportError:
        return None
    pages = pymupdf4llm.to_markdown(str(pdf), page_chunks=True, show_progress=False)
    into.write_text("\n\f".join(page["text"] for page in pages))
    return into


def hocr(pdf, folder):
    """The pages rendered and read by Tesseract."""
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", pdf, folder / "page"], check=True)
    (folder / "pages").write_text("\n".join(map(str, sorted(folder.glob("page-*.png")))))
    subprocess.run(["tesseract", folder / "pages", folder / "read", "hocr"], check=True, capture_output=True)
    return folder / "read.hocr"


def main():
    given = [argument for argument in sys.argv[1:] if argument != "--ocr"]
    tool, books = pathlib.Path(given[0]).resolve(), given[1:]
    print("| book | read by | paragraphs whole | headings | notes | pages |\n|---|---|--:|--:|--:|--:|")
    for book in map(pathlib.Path, books):
        with tempfile.TemporaryDirectory() as temporary:
            temporary = pathlib.Path(temporary)
            built = ["build", str(book), "--to", "epub,pdf,print", "--out", str(temporary / "out")]
            subprocess.run([tool, *built], check=True, capture_output=True)
            pdfs = sorted((temporary / "out").glob("*.pdf"), key=lambda p: len(p.name))
            screen, printed = pdfs[0], next(p for p in pdfs if p.name.endswith("-print.pdf"))
            wanted = of_epub(next((temporary / "out").glob("*.epub")))
            count = subprocess.run(["pdfinfo", screen], capture_output=True, text=True).stdout
            count = int(re.search(r"Pages:\s+(\d+)", count)[1])
            texts = {
                "`pdftotext`": ["pdftotext", screen, "-"],
                "`pdftotext -layout`": ["pdftotext", "-layout", screen, "-"],
                "`mutool draw -F txt`": ["mutool", "draw", "-q", "-F", "txt", screen],
            }
            ways = {"its tags": screen, "positions": printed}
            for name, command in texts.items():
                ways[name] = temporary / f"{len(ways)}.txt"
                ways[name].write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
            ways["pymupdf4llm"] = markdown(screen, temporary / "pymupdf.md")
            if "--ocr" in sys.argv:
                ways["hOCR of rendered pages"] = hocr(screen, temporary)
            for name, source in ((name, source) for name, source in ways.items() if source):
                into = temporary / f"into-{list(ways).index(name)}"
                ran = subprocess.run([tool, "import", str(source), "--into", str(into)], capture_output=True, text=True)
                if ran.returncode != 0:
                    print(f"| {book.name} | {name} | refused |")
                    continue
                passages, pages = of_folder(into)
                whole = {kind: sum(k in passages for k in keys) for kind, keys in wanted.items()}
                share = 100 * whole["paragraphs"] / max(1, len(wanted["paragraphs"]))
                rest = " | ".join(f"{whole[k]} of {len(wanted[k])}" for k in ("headings", "notes"))
                print(f"| {book.name} | {name} | {share:.1f} % of {len(wanted['paragraphs'])} | {rest} | {len(pages)} of {count} |", flush=True)


if __name__ == "__main__":
    main()
