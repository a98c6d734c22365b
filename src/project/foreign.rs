//! Files of other programs that a book cannot be made of as they are: what each is, told by its
//! first bytes or by the end of its name, and the way from it to a file that `import` reads.

use super::for_shell;
use crate::file_names::is_text;
use std::ffi::OsStr;
use std::path::Path;

/// How much of a file is looked at.
const LOOKED_AT: usize = 65_536;

/// A program's marks stand among the first lines of its files; further down a text may show them.
const FIRST_LINES: usize = 100;

/// A kind of file that is not read.
pub struct Foreign {
    /// What it is called, with its article.
    pub what: &'static str,
    way: Way,
    /// The ends of its names.
    endings: &'static [&'static str],
    is_such: fn(&Head<'_>) -> bool,
    /// Whether its words are readable as they are, so that somebody may mean them as a transcription.
    is_text: bool,
}

/// The way to a file that is read.
enum Way {
    /// What to do, in words.
    Do(&'static str),
    /// What a program makes of it: its name, its command, with `IN` for the file and `OUT` for what it makes, and the end of
    /// the name of that.
    Run(&'static str, &'static str, &'static str),
}

impl Foreign {
    /// Whether words are written in such files: not pictures, nor archives.
    #[must_use]
    pub fn is_written(&self) -> bool {
        !matches!(self.way, Way::Do(RECOGNISE | UNPACK))
    }

    /// What to do with a file of that name.
    #[must_use]
    pub fn way(&self, name: &str) -> String {
        match self.way {
            Way::Do(words) => words.to_owned(),
            Way::Run(program, command, ending) => {
                let file = Path::new(name);
                let made = Path::new(file.file_stem().unwrap_or_default()).with_added_extension(ending);
                // what lies there is never written over
                let made = if made == file { file.with_added_extension(ending) } else { made };
                // word by word: a name may hold the words that stand for it
                let words = command.split(' ').map(|word| match word {
                    "IN" => for_shell(file),
                    "OUT" => for_shell(&made),
                    word => word.to_owned(),
                });
                let command = words.collect::<Vec<_>>().join(" ");
                format!(
                    "{program} makes one of it that import reads: `{command}`; then import {}",
                    made.display()
                )
            }
        }
    }
}

/// The kind of a file by its bytes or its name; none when it may be a text. What was asked for as a transcription is
/// one, as long as it is words at all.
#[must_use]
pub fn foreign(name: &str, bytes: &[u8], is_transcription: bool) -> Option<&'static Foreign> {
    let head = Head::of(&bytes[..bytes.len().min(LOOKED_AT)]);
    let may_be = |kind: &&Foreign| !(kind.is_text && (is_transcription || is_text(name)));
    let by_bytes = KINDS.iter().filter(may_be).find(|kind| (kind.is_such)(&head));
    // words in a file with the name of another kind are words
    by_bytes.or_else(|| by_name(name).filter(|kind| kind.is_text).filter(may_be))
}

fn ending_of(name: &str) -> String {
    Path::new(name).extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase()
}

/// The kind of a file by its name alone.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Foreign> {
    let ending = ending_of(name);
    KINDS.iter().find(|kind| kind.endings.contains(&ending.as_str()))
}

/// The beginning of a file.
struct Head<'b> {
    bytes: &'b [u8],
    text: String,
}

impl<'b> Head<'b> {
    fn of(bytes: &'b [u8]) -> Head<'b> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).to_owned();
        Head { bytes, text }
    }

    fn starts(&self, with: &[u8]) -> bool {
        self.bytes.starts_with(with)
    }

    /// Whether these bytes stand anywhere in it.
    fn holds(&self, bytes: &[u8]) -> bool {
        self.bytes.windows(bytes.len()).any(|window| window == bytes)
    }

    /// Whether a zip archive packs a file of such a name.
    fn packs(&self, name: &[u8]) -> bool {
        self.starts(b"PK\x03\x04") && self.holds(name)
    }

    fn has_line(&self, test: impl Fn(&str) -> bool) -> bool {
        self.text.lines().take(FIRST_LINES).any(test)
    }

    /// The first element of XML, and what stands in its tag; none where the file begins otherwise.
    fn root(&self) -> Option<(&str, &str)> {
        let mut rest = self.text.as_str();
        loop {
            rest = rest.trim_start();
            let end = match rest {
                _ if rest.starts_with("<?") => "?>",
                _ if rest.starts_with("<!--") => "-->",
                _ if rest.starts_with("<!") => ">",
                _ => break,
            };
            rest = &rest[rest.find(end)? + end.len()..];
        }
        let tag = rest.strip_prefix('<')?;
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let name = name.rsplit(':').next().unwrap_or(name).trim_end_matches('/');
        name.starts_with(char::is_alphabetic).then_some((name, attributes))
    }

    /// Whether it is XML whose first element has one of these names.
    fn has_root(&self, names: &[&str]) -> bool {
        self.root().is_some_and(|(name, _)| names.contains(&name))
    }

    /// Whether it says that it is XML, or names the language of its elements.
    fn is_xml(&self) -> bool {
        self.text.starts_with("<?xml")
            || self.root().is_some_and(|(_, attributes)| attributes.contains("xmlns"))
    }
}

/// Bytes that nothing but such a file begins with.
const fn binary(
    what: &'static str,
    way: Way,
    endings: &'static [&'static str],
    is_such: fn(&Head<'_>) -> bool,
) -> Foreign {
    Foreign { what, way, endings, is_such, is_text: false }
}

/// Words with the marks of another program.
const fn marked(
    what: &'static str,
    way: Way,
    endings: &'static [&'static str],
    is_such: fn(&Head<'_>) -> bool,
) -> Foreign {
    Foreign { what, way, endings, is_such, is_text: true }
}

const AS_WORD: &str = "open it in a word processor, save it as a Word file (.docx), and import that";
const RECOGNISE: &str =
    "read its words with a program for text recognition (OCR), and import the text that it writes";
const SCREENPLAY: &str =
    "save it as a web page or as a Word file (.docx) in a program for screenplays, and import that";
const BY_CALIBRE: Way = Way::Run("Calibre", "ebook-convert IN OUT", "epub");

/// What Pandoc makes of a file, in the words of its own command.
const fn by_pandoc(command: &'static str) -> Way {
    Way::Run("Pandoc", command, "md")
}

/// The kinds, the more special first.
const KINDS: &[Foreign] = &[
    binary("a rich text file (RTF)", Way::Do(AS_WORD), &["rtf"], |head| head.starts(b"{\\rtf")),
    binary(
        "a Word file of the old kind (.doc)",
        Way::Do("save it as .docx (File > Save As > Word Document), and import that"),
        &["doc", "wps", "wpd"],
        |head| head.starts(b"\xd0\xcf\x11\xe0") || head.starts(b"\xffWPC"),
    ),
    binary("a DjVu file", Way::Run("DjVuLibre", "djvutxt IN OUT", "txt"), &["djvu", "djv"], |head| {
        head.starts(b"AT&TFORM")
    }),
    binary("a picture", Way::Do(RECOGNISE), &[], |head| {
        [&b"\x89PNG"[..], b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8"].iter().any(|start| head.starts(start))
    }),
    binary("an ebook for Kindle", BY_CALIBRE, &["mobi", "azw", "azw3", "prc", "kfx"], |head| {
        head.bytes.get(60..68).is_some_and(|kind| kind == b"BOOKMOBI")
    }),
    binary("an ebook of Microsoft Reader", BY_CALIBRE, &["lit"], |head| head.starts(b"ITOLITLS")),
    binary("a PostScript file", Way::Run("Ghostscript", "ps2pdf IN OUT", "pdf"), &["ps"], |head| {
        head.starts(b"%!PS")
    }),
    binary(
        "an InDesign file",
        Way::Do("save it as EPUB in InDesign (File > Export > EPUB), and import that"),
        &["indd", "idml"],
        |head| head.starts(b"\x06\x06\xed\xf5") || head.packs(b"indesign-idml"),
    ),
    binary(
        "a Pages document",
        Way::Do("save it as a Word file in Pages (File > Export To > Word), and import that"),
        &["pages"],
        |head| head.packs(b".iwa"),
    ),
    binary(
        "an OpenDocument file that is no text",
        Way::Do("import reads texts (.odt): open it in the program that made it, and save its words as one"),
        &[],
        |head| head.packs(b"application/vnd.oasis.opendocument"),
    ),
    binary(
        "a spreadsheet or a presentation",
        Way::Do("copy its words into a text (.docx, .odt or Markdown), and import that"),
        &["xls", "xlsx", "ppt", "pptx"],
        |head| head.packs(b"xl/workbook") || head.packs(b"ppt/presentation"),
    ),
    binary("a zip archive", Way::Do(UNPACK), &["zip"], |head| head.starts(b"PK\x03\x04")),
    binary("a packed archive", Way::Do(UNPACK), &["7z", "rar", "gz", "bz2", "xz", "tar"], |head| {
        [&b"7z\xbc\xaf"[..], b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"].iter().any(|start| head.starts(start))
    }),
    binary("an ebook in FictionBook (FB2)", BY_CALIBRE, &["fb2"], |head| head.has_root(&["FictionBook"])),
    binary(
        "a text in TEI",
        Way::Do(
            "turn it into a Word file or a web page (TEIGarage and the stylesheets of the TEI do so), and import that",
        ),
        &["tei"],
        |head| head.has_root(&["TEI", "TEI.2", "teiCorpus"]),
    ),
    binary(
        "a text in DocBook",
        by_pandoc("pandoc --wrap=none -f docbook IN -o OUT"),
        &["dbk", "docbook"],
        |head| head.has_root(&["book", "article", "part", "chapter"]) && head.holds(b"docbook"),
    ),
    binary("an article in JATS", by_pandoc("pandoc --wrap=none -f jats IN -o OUT"), &["jats"], |head| {
        head.has_root(&["article"]) && (head.holds(b"JATS") || head.holds(b"NLM"))
    }),
    binary("an outline (OPML)", by_pandoc("pandoc --wrap=none -f opml IN -o OUT"), &["opml"], |head| {
        head.has_root(&["opml"])
    }),
    binary("a screenplay of Final Draft", Way::Do(SCREENPLAY), &["fdx"], |head| {
        head.has_root(&["FinalDraft"])
    }),
    binary(
        "the list of a Scrivener project",
        Way::Do("in Scrivener, choose File > Compile and a Word file (.docx), and import that"),
        &["scrivx", "scriv"],
        |head| head.has_root(&["ScrivenerProject"]),
    ),
    binary(
        "an XML file of a kind that is not read",
        Way::Do("turn it into a web page, a Word file or plain text, and import that"),
        &[],
        |head| head.is_xml(),
    ),
    marked(
        "a document in LaTeX",
        by_pandoc("pandoc --wrap=none -f latex IN -o OUT"),
        &["tex", "latex", "ltx"],
        |head| {
            head.has_line(|line| {
                ["\\documentclass", "\\documentstyle", "\\begin{document}"]
                    .iter()
                    .any(|word| line.starts_with(word))
            })
        },
    ),
    marked(
        "a document in Texinfo",
        Way::Run("texi2any", "texi2any --html --no-split IN -o OUT", "html"),
        &["texi", "texinfo"],
        |head| head.text.starts_with("\\input texinfo"),
    ),
    marked(
        "a manual page or another text in troff",
        by_pandoc("pandoc --wrap=none -f man IN -o OUT"),
        &["roff", "man"],
        |head| [".TH ", ".\\\"", "'\\\"", ".Dd "].iter().any(|start| head.text.starts_with(start)),
    ),
    marked(
        "a text in AsciiDoc",
        Way::Run("Asciidoctor", "asciidoctor IN -o OUT", "html"),
        &["adoc", "asciidoc"],
        is_asciidoc,
    ),
    marked(
        "a text in reStructuredText",
        by_pandoc("pandoc --wrap=none -f rst IN -o OUT"),
        &["rst"],
        |head| head.has_line(is_directive),
    ),
    marked("a text in Org", by_pandoc("pandoc --wrap=none -f org IN -o OUT"), &["org"], |head| {
        head.has_line(|line| {
            let line = line.to_ascii_lowercase();
            ["#+title:", "#+author:", "#+begin_"].iter().any(|word| line.starts_with(word))
        })
    }),
    marked("a document in Typst", by_pandoc("pandoc --wrap=none -f typst IN -o OUT"), &["typ"], |head| {
        ["#import \"", "#set page(", "#set text(", "#set document(", "#show:"]
            .iter()
            .any(|start| head.has_line(|line| line.starts_with(start)))
    }),
    marked(
        "a notebook of Jupyter",
        Way::Run("Jupyter", "jupyter nbconvert --to markdown IN", "md"),
        &["ipynb"],
        |head| head.text.starts_with('{') && head.holds(b"\"cell_type\""),
    ),
    marked("a screenplay in Fountain", Way::Do(SCREENPLAY), &["fountain"], |_| false),
];

const UNPACK: &str = "unpack it, and import the text or the folder that is in it";

/// A title between `= ` and the first empty line, with an attribute below it.
fn is_asciidoc(head: &Head<'_>) -> bool {
    let mut lines = head.text.lines().take_while(|line| !line.trim().is_empty());
    let is_attribute = |line: &str| {
        line.strip_prefix(':').and_then(|line| line.split_once(':')).is_some_and(|(name, _)| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '!'))
        })
    };
    lines.next().is_some_and(|line| line.starts_with("= ")) && lines.any(is_attribute)
}

/// `.. note::`
fn is_directive(line: &str) -> bool {
    line.strip_prefix(".. ").and_then(|line| line.split_once("::")).is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | ':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        let what = |bytes: &[u8]| foreign("book", bytes, false).map(|kind| kind.what);
        for (bytes, wanted) in [
            (
                &b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet"[..],
                "an OpenDocument file that is no text",
            ),
            (b"PK\x03\x04....Index/Document.iwa", "a Pages document"),
            (b"PK\x03\x04....pages.txt", "a zip archive"),
            (b"{\\rtf1", "a rich text file (RTF)"),
            (b"<?xml version='1.0'?>\n<!-- a --><TEI xmlns='x'>", "a text in TEI"),
            (b"<!DOCTYPE TEI.2 SYSTEM 'a'>\n<TEI.2>", "a text in TEI"),
            (b"<book xmlns=\"http://docbook.org/ns/docbook\">", "a text in DocBook"),
            (b"<?xml version='1.0'?><records>", "an XML file of a kind that is not read"),
            (b"% a thesis\n\\documentclass[12pt]{book}\n", "a document in LaTeX"),
            (b".TH PRINTF 3\n.SH NAME\n", "a manual page or another text in troff"),
            (b"= A Book\nJoan Ferry\n:toc:\n\nWords.\n", "a text in AsciiDoc"),
            (b"Words\n=====\n\n.. note:: This.\n", "a text in reStructuredText"),
            (b"#+TITLE: A Book\n* One\n", "a text in Org"),
            (b"#set page(width: 5in)\n= One\n", "a document in Typst"),
            (b"{\"cells\": [{\"cell_type\": \"code\"}]}", "a notebook of Jupyter"),
        ] {
            assert_eq!(what(bytes), Some(wanted));
        }
        for text in [
            "",
            "Page 1\n\n:::\n",
            "<i>One</i> word",
            "= 3 =\n\n: a",
            ".. and so on",
            "#1 of three\n",
            "<tb>\n\nWords",
        ] {
            assert_eq!(what(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_was_asked_for_as_a_transcription_is_one() {
        let tex = b"\\documentclass{book}\n";
        assert!(foreign("book.tex", tex, true).is_none() && foreign("book.tex", tex, false).is_some());
        assert!(foreign("book.rtf", b"{\\rtf1", true).is_some());
    }

    #[test]
    fn the_way_names_the_file() {
        let way = |name: &str| by_name(name).map(|kind| kind.way(name));
        assert_eq!(
            way("my thesis.tex").as_deref(),
            Some(
                "Pandoc makes one of it that import reads: `pandoc --wrap=none -f latex 'my thesis.tex' -o 'my thesis.md'`; then import my thesis.md"
            )
        );
        let said = |name: &str| way(name).unwrap_or_default();
        assert!(said("MAIN.tex").contains("-f latex MAIN.tex -o MAIN.md`"), "a name that holds IN");
        assert!(said("OUT.rst").contains("-f rst OUT.rst -o OUT.md`"), "a name that holds OUT");
        let outline = foreign("old.md", b"<opml version='2.0'>", false).map(|kind| kind.way("old.md"));
        assert!(
            outline.is_some_and(|way| way.contains("-f opml old.md -o old.md.md`")),
            "nothing is written over"
        );
        assert_eq!(way("a.txt"), None);
    }
}
