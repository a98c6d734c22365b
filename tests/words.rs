//! The words that the tool adds, in all its languages.
//!
//! `ACCEPT=1 cargo test --test words` accepts what comes out as
//! tests/golden/words.txt, which people who speak the languages can read.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

#[path = "common/golden.rs"]
mod golden;

use golden::Golden;
use pamphleteer::book::{BlockKind, Content, Date, Lang, Matter, Meta, Relator, Role, plain};
use pamphleteer::epub::{self, Edition, Modified, Store};
use pamphleteer::font::{FontInstance, Library, ShaperCache, Variant};
use pamphleteer::manuscript;
use pamphleteer::project::{self, Project};
use pamphleteer::sources::{Entry, Item, Sources};
use pamphleteer::terms::{self, Terms, imprint};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn lang(tag: &str) -> Lang {
    Lang::parse(tag).unwrap()
}

fn meta(tag: &str) -> Meta {
    Meta { language: lang(tag), ..Meta::default() }
}

fn date(tag: &str, date: &str) -> String {
    Terms::of(&meta(tag)).date(&Date::parse(date).unwrap())
}

/// Marks inside marks, as a manuscript has them from the keyboard.
fn quoted(language: Lang) -> String {
    let mut sources = Sources::default();
    sources.meta.language = language;
    let file = sources.map.add("a.md", "\"A 'b' c\"\n".to_owned());
    sources.matter.push(Entry { matter: Matter::Body, item: Item::File(file), span: None });
    let book = manuscript::parse(&sources).value;
    let Content::Text(body) = &book.sections[0].content else { panic!("no text") };
    let BlockKind::Para(words) = &body.blocks[0].kind else { panic!("no paragraph") };
    plain(words)
}

#[test]
fn all_words_are_as_they_were_reviewed() {
    let mut out = String::new();
    for tag in terms::languages() {
        let meta = meta(tag);
        let terms = Terms::of(&meta);
        let words: Vec<_> = terms::keys().filter_map(|key| terms.get(key)).collect();
        assert!(words.iter().all(|word| !word.trim().is_empty() && word.lang.is_none()), "{tag}");
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        let dates = ["2023-01-31", "2023-03-01", "2023-05"].map(|day| date(tag, day));
        let _ = writeln!(out, "== {tag}\n{}\n{}", dates.join(" · "), quoted(lang(tag)));
        let _ = writeln!(out, "{}", words.join(" · "));
    }
    let mut golden = Golden::default();
    golden.compare("tests/golden/words.txt", &out);
    golden.finish();
}

/// docs/words.md counts what its lists hold, and its lists hold each term of each language once.
#[test]
fn the_account_of_the_sources_adds_up() {
    const ROWS: [(&str, &str); 6] = [
        ("Two or more agree", "two sources or more agree"),
        ("Two or more agree in the word", "two or more agree, at least one of them in the word only"),
        (
            "Two or more, other words",
            "two or more have the term, and fewer than two agree: judged, see below",
        ),
        ("One agrees", "a single source, which agrees"),
        ("One, another word", "a single source, which has another word: judged"),
        ("None", "in no source that was searched"),
    ];
    // the rows of what has fewer than two sources, which `check` tells a book that shows it
    const OF_ONE_OR_NONE: usize = 3;
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/words.md")).unwrap();
    let mut counts = [0; 6];
    let mut languages = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let Some((_, tag)) = section.lines().next().unwrap().split_once(" (`") else { continue };
        languages.push(tag.trim_end_matches("`)").to_owned());
        let whole = section.replace("\n  ", " ");
        let (mut seen, mut few): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for line in whole.lines() {
            let Some((head, terms)) = line.strip_prefix("- ").and_then(|line| line.split_once(": ")) else {
                continue;
            };
            let Some(row) = ROWS.iter().position(|(known, _)| *known == head) else { continue };
            let terms: Vec<&str> =
                terms.trim_end_matches('.').split(", ").filter_map(|term| term.split(' ').next()).collect();
            counts[row] += terms.len();
            if row >= OF_ONE_OR_NONE {
                few.extend(terms.iter().map(|term| (*term).to_owned()));
            }
            seen.extend(terms.into_iter().map(str::to_owned));
        }
        seen.sort();
        let mut known: Vec<String> = terms::keys().map(str::to_owned).collect();
        known.sort();
        seen.iter().for_each(|term| assert!(known.contains(term), "{tag}: {term} is no term"));
        let mut few: Vec<&str> = few.iter().map(String::as_str).collect();
        few.sort_unstable();
        assert_eq!(terms::unconfirmed(&lang(languages.last().unwrap())).collect::<Vec<_>>(), few, "{tag}");
        let total = seen.len();
        seen.dedup();
        assert_eq!((seen.len(), total), (61, 61), "{tag}");
    }
    for ((_, row), count) in ROWS.iter().zip(counts) {
        assert!(text.contains(&format!("| {row} | {count} |")), "{row}: {count}");
    }
    languages.sort();
    assert_eq!(languages.len(), terms::languages().filter(|tag| *tag != "en").count(), "{languages:?}");
}

#[test]
fn there_are_words_in_at_least_forty_languages() {
    let union = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv";
    let others = "nb nn no is ca eu gl cy tr uk be sr sr-Latn bs mk sq id ms vi ko hi fa ar he ja zh zh-TW";
    for tag in union.split(' ').chain(others.split(' ')) {
        assert!(terms::knows(&lang(tag)), "{tag}");
    }
    assert!(terms::languages().count() >= 40);
    assert!(terms::languages().is_sorted(), "they are looked up by halves");
}

#[test]
fn names_follow_the_words_of_a_credit_as_the_language_writes_them() {
    let credited = |tag: &str, names: &[&str]| {
        Terms::of(&meta(tag)).credited(Relator::find("wpr").unwrap(), names).words()
    };
    let lines = [
        ("fr", &["Anne Roux"][..], "Préface d’Anne Roux"),
        ("fr", &["Émile Roux", "Jean Petit"], "Préface d’Émile Roux, Jean Petit"),
        ("fr", &["Yves Petit"], "Préface d’Yves Petit"),
        ("fr", &["Yann Petit"], "Préface de Yann Petit"),
        ("fr", &["Jean Petit"], "Préface de Jean Petit"),
        ("fr", &["Victor Hugo"], "Préface de Victor Hugo"),
        ("ca", &["Anna Puig"], "Prefaci d’Anna Puig"),
        ("ca", &["Helena Puig"], "Prefaci d’Helena Puig"),
        ("es", &["Ana Gil"], "Prefacio de Ana Gil"),
        ("ru", &["Анна Орлова"], "Предисловие: Анна Орлова"),
        ("el", &["Άννα Παππά"], "Πρόλογος: Άννα Παππά"),
        ("ja", &["林文", "森一"], "まえがき 林文、森一"),
        ("ar", &["سارة نور", "علي نور"], "تمهيد سارة نور، علي نور"),
    ];
    for (tag, names, line) in lines {
        assert_eq!(credited(tag, names), line, "{tag}");
    }
}

#[test]
fn patterns_say_where_the_number_goes() {
    for tag in terms::languages() {
        let meta = meta(tag);
        for key in terms::keys() {
            let words = Terms::of(&meta).get(key).unwrap();
            for part in terms::placeholders(key) {
                assert!(words.contains(part), "{tag}: {key} has no {part}");
            }
        }
    }
    assert_eq!(Terms::of(&meta("hu")).figure("3"), "3. ábra");
    assert_eq!(Terms::of(&meta("en")).back_to_call("7"), "Back to the call of note 7");
}

#[test]
fn a_language_is_found_by_its_other_names() {
    let same = [
        ("no", "nb"),
        ("mo", "ro"),
        ("iw", "he"),
        ("in", "id"),
        ("sr", "sr-Cyrl"),
        ("sr-RS", "sr-Cyrl"),
        ("sr-ME", "sr-Latn"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("cnr", "sr-Latn"),
        ("bs-Cyrl", "sr-Cyrl"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("zh-Hans-TW", "zh"),
        ("yue", "zh-Hant"),
        ("cmn", "zh"),
        ("sv-FI", "sv"),
        ("pt-BR", "pt"),
        ("de-1996", "de"),
    ];
    for (tag, known) in same {
        let (meta, as_known) = (meta(tag), meta(known));
        assert_eq!(Terms::of(&meta).contents().words(), Terms::of(&as_known).contents().words(), "{tag}");
        assert!(terms::knows(&meta.language), "{tag}");
    }
}

#[test]
fn dates_are_written_as_the_language_writes_them() {
    for (tag, day, words) in [
        ("en-GB", "2023-01-31", "31\u{a0}January 2023"),
        ("de", "2023-01-31", "31.\u{a0}Januar 2023"),
        ("fr", "2023-01-01", "1er\u{a0}janvier 2023"),
        ("fr", "1848-02", "février 1848"),
        ("it", "2023-06-01", "1º\u{a0}giugno 2023"),
        ("es", "2023-01-31", "31\u{a0}de enero de 2023"),
        ("sv", "2023-01-31", "31\u{a0}januari 2023"),
        ("hu", "2023-01-31", "2023. január\u{a0}31."),
        ("pl", "2023-01", "styczeń 2023"),
        ("pl", "2023-01-31", "31\u{a0}stycznia 2023"),
        ("cs", "2023-01", "leden 2023"),
        ("lt", "2023-01-31", "2023\u{a0}m. sausio\u{a0}31\u{a0}d."),
        ("lv", "2023-01-31", "2023. gada 31.\u{a0}janvāris"),
        ("eu", "2023-01-31", "2023(e)ko urtarrilaren 31(a)"),
        ("ca", "2023-04-03", "3\u{a0}d’abril del 2023"),
        ("ko", "2023-01-31", "2023년 1월\u{a0}31일"),
        ("ja", "2020-01-03", "2020年1月3日"),
        ("zh-TW", "2020-01", "2020年1月"),
        ("he", "2020-01-03", "3\u{a0}בינואר 2020"),
        ("uk", "2023-01-31", "31\u{a0}січня 2023\u{a0}р."),
        ("tlh", "1848", "1848"),
    ] {
        assert_eq!(date(tag, day), words, "{tag}");
    }
}

#[test]
fn quotation_marks_are_those_of_the_language() {
    for (tag, words) in [
        ("sv", "”A ’b’ c”"),
        ("hu", "„A »b« c”"),
        ("sr", "„A ’b’ c”"),
        ("sr-Latn", "„A ’b’ c”"),
        ("bs", "„A ‘b’ c”"),
        ("hr", "„A ‚b‘ c“"),
        ("pl", "„A «b» c”"),
        ("ro", "„A «b» c”"),
        ("fr", "«\u{202f}A “b” c\u{202f}»"),
        ("fr-CH", "«A ‹b› c»"),
        ("de-CH", "«A ‹b› c»"),
        ("it-CH", "«A “b” c»"),
        ("da", "»A ›b‹ c«"),
        ("nb", "«A ‘b’ c»"),
        ("fi", "”A ’b’ c”"),
        ("tr", "“A ‘b’ c”"),
        ("ga", "“A ‘b’ c”"),
        ("ko", "“A ‘b’ c”"),
        ("hi", "“A ‘b’ c”"),
        ("fa", "«A ‹b› c»"),
        ("lt", "„A ‚b‘ c“"),
        ("lv", "«A „b“ c»"),
        ("ky", "«A „b“ c»"),
    ] {
        assert_eq!(quoted(lang(tag)), words, "{tag}");
    }
}

#[test]
fn the_author_has_the_last_word() {
    let mut meta = meta("sv");
    meta.words = BTreeMap::from([("contents".to_owned(), "I boken".to_owned())]);
    let terms = Terms::of(&meta);
    assert_eq!((&*terms.contents(), &*terms.notes()), ("I boken", "Noter"));
    meta.language = lang("tlh");
    let terms = Terms::of(&meta);
    assert_eq!((terms.contents().lang, terms.notes().lang), (None, Some("en")));
}

#[test]
fn who_did_what_has_words_and_nobody_is_left_out() {
    let swedish = meta("sv");
    let terms = Terms::of(&swedish);
    for relator in
        ["edt", "trl", "ill", "aui", "win", "wpr", "wfw", "aft", "pht", "cov", "ann", "adp", "com", "ctb"]
    {
        assert!(terms.credit(relator).is_some(), "{relator}");
    }
    let credited = |code: &str| terms.credited(Relator::find(code).unwrap(), &["Bo Prov"]).words();
    assert_eq!(credited("trl"), "Översatt av Bo Prov");
    assert_eq!(credited("mus"), "Bo Prov (musician)");
    assert_eq!(terms.role(Role::Dedication).map(|word| word.to_string()).as_deref(), Some("Dedikation"));
}

#[test]
fn the_imprint_says_what_is_english_in_a_language_without_words() {
    let mut klingon = meta("tlh");
    klingon.date = Date::parse("2023-01-31");
    let lines = imprint(&klingon, "Source Serif");
    assert_eq!(lines[0][0].runs, [("31\u{a0}January 2023".to_owned(), Some("en"))]);
    let font = [("Set in".to_owned(), Some("en")), (" Source Serif".to_owned(), None)];
    assert_eq!(lines.last().unwrap()[0].runs, font);
}

/// A book in a folder of its own.
fn load(name: &str, book: &str) -> (Project, Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("words").join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("book.toml"), book).unwrap();
    fs::write(folder.join("1.md"), "# One\n\nWords.[^1]\n\n[^1]: A note.\n").unwrap();
    let mut findings = Vec::new();
    let project = project::load(&folder, &mut findings).unwrap();
    let mut lines = Vec::new();
    for finding in findings {
        let hint = finding.hint.unwrap_or_default();
        lines.push(format!("{}[{}] {} ({hint})", finding.severity, finding.code, finding.message));
    }
    (project, lines)
}

const MATTER: &str =
    "[matter]\nfront = [\"title-page\", \"contents\"]\nbody = [\"1.md\"]\nback = [\"notes\"]\n";

#[test]
fn words_of_the_author_are_read_and_judged() {
    let words = "[words]\ncontents = \"I boken\"\nfigure = \"Bild\"\ncontens = \"x\"\nnotes = \"\"\n";
    let (project, findings) = load("own", &format!("title = \"T\"\nlanguage = \"sv\"\n{MATTER}{words}"));
    assert_eq!(project.sources.meta.words, BTreeMap::from([("contents".to_owned(), "I boken".to_owned())]));
    assert_eq!(findings.len(), 3, "{findings:#?}");
    assert!(findings[0].contains("`notes` wants words"), "{findings:#?}");
    assert!(findings[1].contains("`figure` wants words with {} in them"), "{findings:#?}");
    assert!(
        findings[2].contains(
            "`contens` is not a key of [words] (`contents` stands here already: delete one of the two)"
        ),
        "{findings:#?}"
    );
}

#[test]
fn a_language_without_words_is_told_once() {
    let book = |words: &str| {
        let translator = "[[contributor]]\nname = \"Ada Example\"\nrole = \"trl\"\n";
        format!("title = \"T\"\nlanguage = \"tlh\"\n{translator}{MATTER}{words}")
    };
    let (_, findings) = load("none", &book(""));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert!(
        findings[0].starts_with("warning[words-missing] there are no words in `tlh` for `contents`, `notes`")
    );
    let own = "[words]\ncontents = \"a\"\nnotes = \"b\"\ntitle-page = \"c\"\npages = \"d\"\nlandmarks = \"e\"\n\
               text = \"f\"\ntranslated-by = \"g\"\n";
    assert_eq!(load("enough", &book(own)).1, [""; 0]);
}

#[test]
fn words_with_hardly_a_source_are_told_until_they_are_confirmed() {
    let book = |words: &str| format!("title = \"T\"\nlanguage = \"mt\"\n{MATTER}{words}");
    let (_, findings) = load("unsure", &book(""));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert!(
        findings[0].starts_with(
            "note[words-unconfirmed] fewer than two sources confirm these words of the tool in `mt`: “Noti” (`notes`), \
             “Paġna tat-titlu” (`title-page`), “Test” (`text`)"
        ) && findings[0].contains("[words] and below it notes = \"Noti\""),
        "{findings:#?}"
    );
    let confirmed = "[words]\nnotes = \"Noti\"\ntitle-page = \"Paġna tat-titlu\"\ntext = \"Test\"\n";
    assert_eq!(load("sure", &book(confirmed)).1, [""; 0]);
    assert_eq!(load("well-known", &book("").replace("\"mt\"", "\"de\"")).1, [""; 0]);
}

/// The EPUB's text files, without a cover: its template has no letters for all
/// languages.
fn ebook(name: &str, book: &str) -> BTreeMap<String, String> {
    let (project, _) = load(name, book);
    let book = manuscript::parse(&project.sources).value;
    let edition = Edition {
        book: &book,
        style: &project.style,
        fonts: &project.fonts,
        cover: None,
        pages: &[],
        store: &Store::named("generic").unwrap(),
        css: None,
        modified: Modified { date: (2024, 1, 1), time: (0, 0, 0) },
    };
    let files = epub::files(&edition).value.into_iter();
    let text = |file: epub::File| {
        let name = file.path.rsplit('/').next().unwrap_or_default().to_owned();
        Some((name, String::from_utf8(file.bytes).ok()?))
    };
    files.filter_map(text).collect()
}

#[test]
fn an_ebook_speaks_the_language_of_its_book() {
    for (tag, contents, notes, translated) in [
        ("ko", "차례", "주", "옮긴이 Ada"),
        ("hi", "विषय-सूची", "टिप्पणियाँ", "अनुवाद: Ada"),
        ("fa", "فهرست مطالب", "یادداشت‌ها", "ترجمه: Ada"),
        ("sr", "Садржај", "Белешке", "Превод: Ada"),
        ("uk", "Зміст", "Примітки", "Переклад: Ada"),
        ("no", "Innhold", "Noter", "Oversatt av Ada"),
    ] {
        let translator = "[[contributor]]\nname = \"Ada\"\nrole = \"trl\"\n";
        let files = ebook(tag, &format!("title = \"T\"\nlanguage = \"{tag}\"\n{translator}{MATTER}"));
        let nav = &files["nav.xhtml"];
        assert!(nav.contains(&format!(">{contents}</h1>")) && nav.contains(notes), "{tag}: {nav}");
        assert!(!nav.contains("lang=\"en\""), "{tag}: {nav}");
        assert!(files["title-page.xhtml"].contains(translated), "{tag}: {}", files["title-page.xhtml"]);
    }
}

#[test]
fn a_trade_without_words_is_told_and_may_be_given_some() {
    let book = |words: &str| {
        let musician = "[[contributor]]\nname = \"Ada\"\nrole = \"mus\"\n";
        format!("title = \"T\"\nlanguage = \"sv\"\n{musician}{MATTER}{words}")
    };
    let (_, findings) = load("musician", &book(""));
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert!(findings[0].contains("no words in `sv` for `mus` (musician)"), "{findings:#?}");
    let files = ebook("musician", &book(""));
    assert!(files["title-page.xhtml"].contains("Ada (<span lang=\"en\" xml:lang=\"en\">musician</span>)"));
    let own = book("[words]\nmus = \"Musik av\"\n");
    assert_eq!(load("musician", &own).1, [""; 0]);
    assert!(ebook("musician", &own)["title-page.xhtml"].contains(">Musik av Ada<"));
}

#[test]
fn english_words_in_another_language_say_that_they_are_english() {
    let files = ebook("marked", &format!("title = \"T\"\nlanguage = \"tlh\"\n{MATTER}"));
    let marked = |words: &str| format!("<span lang=\"en\" xml:lang=\"en\">{words}</span>");
    let has = |name: &str, words: &str| assert!(files[name].contains(words), "{}", files[name]);
    has("nav.xhtml", &marked("Contents"));
    has("nav.xhtml", &marked("Title page"));
    has("contents.xhtml", &marked("Contents"));
    has("contents.xhtml", "<title lang=\"en\" xml:lang=\"en\">Contents</title>");
    has("notes.xhtml", &marked("Notes"));
    has("notes.xhtml", "title=\"Back to the text\" lang=\"en\"");
}

/// Libertinus has none in the tables of some languages, such as the Swedish one.
#[test]
fn small_capitals_are_there_in_every_language() {
    let library = Library::built_in();
    let face = library.find("Libertinus Serif", Variant::default()).unwrap();
    let mut cache = ShaperCache::new(&library, Vec::new());
    let mut glyphs = |tag: &str, small_caps: bool| {
        let cut =
            cache.instance(&FontInstance { small_caps, lang: tag.to_owned(), ..FontInstance::of(face) });
        let word = cache.word(cut, "ann");
        cache.glyphs(word).iter().map(|glyph| glyph.id).collect::<Vec<_>>()
    };
    let small = glyphs("en", true);
    for tag in terms::languages() {
        assert_eq!(glyphs(tag, true), small, "{tag}");
        assert_ne!(glyphs(tag, false), small, "{tag}");
    }
}
