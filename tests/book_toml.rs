//! What authors type into book.toml: each line either means what it plainly
//! means, or is told in their own words, at its place, with what to write.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::book::{Meta, Role};
use pamphleteer::diag::{Code, Diagnostic, SourceMap};
use pamphleteer::project::{self, Project};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with a text, and files of the names given.
fn folder(name: &str, files: &[&str]) -> PathBuf {
    let root = std::env::temp_dir().join(format!("pamphleteer-book-toml-{name}-{}", std::process::id()));
    for file in ["01.md"].iter().chain(files) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "# One\n\nWords.\n").unwrap();
    }
    root
}

/// The book whose book.toml is these lines, with what each book needs below them.
fn book(root: &Path, lines: &str) -> (Project, Vec<String>) {
    fs::write(root.join("book.toml"), whole(lines)).unwrap();
    loaded(root)
}

/// Lines of a book.toml, with what each book needs below them.
fn whole(lines: &str) -> String {
    let says = |key: &str| {
        lines.lines().any(|line| line.trim_start_matches(['\u{feff}', ' ', '\u{a0}']).starts_with(key))
    };
    let mut text = format!("{lines}\n");
    if lines.starts_with('{') {
        return text;
    }
    for (key, line) in [("title", "title = \"Book\"\n"), ("lang", "language = \"en\"\n")] {
        if !says(key) && !says("[") {
            text += line;
        }
    }
    if says("[") && !says("title") {
        text = format!("title = \"Book\"\nlanguage = \"en\"\n{lines}\n");
    }
    if !says("[matter]") && !says("[Matter]") && !says("[matter\n") {
        text += "[matter]\nbody = [\"01.md\"]\n";
    }
    text
}

/// The book in a folder, and what is told of it.
fn loaded(root: &Path) -> (Project, Vec<String>) {
    let mut findings = Vec::new();
    let project = project::load(root, &mut findings).unwrap();
    pamphleteer::diag::sort(&mut findings);
    let told = findings.iter().map(|finding| told(finding, &project.sources.map)).collect();
    (project, told)
}

/// `code line:column message | hint`.
fn told(finding: &Diagnostic, map: &SourceMap) -> String {
    let place = finding.span.map_or_else(
        || "-".to_owned(),
        |span| {
            let place = map.file(span.file).place(span.start);
            format!("{}:{}", place.line, place.column)
        },
    );
    let hint = finding.hint.as_ref().map_or_else(String::new, |hint| format!(" | {hint}"));
    format!("{} {place} {}{hint}", finding.code, finding.message)
}

/// What the book is said to be, a fact a line.
fn facts(meta: &Meta) -> String {
    let mut facts = vec![
        format!("title {}", meta.title),
        format!("language {}", meta.language),
        format!("identifier {}", meta.identifier),
    ];
    facts.extend(meta.printed_isbn().map(|isbn| format!("isbn {isbn}")));
    facts.extend(meta.date.map(|date| format!("date {date}")));
    facts.extend(meta.publisher.iter().map(|publisher| format!("publisher {}", publisher.name)));
    facts.extend(meta.subjects.iter().map(|subject| format!("subject {subject}")));
    facts.extend(meta.rights.iter().map(|rights| format!("rights {rights}")));
    facts.extend(
        meta.series
            .iter()
            .map(|(name, number)| format!("series {name} {}", number.as_deref().unwrap_or("-"))),
    );
    for person in &meta.contributors {
        facts.push(format!("{} {} ({})", person.role.code(), person.name, person.sort));
    }
    facts.join("\n")
}

#[test]
fn what_is_plain_is_understood() {
    let root = folder("plain", &["café.md"]);
    let mut faults = Vec::new();
    for (lines, fact) in UNDERSTOOD {
        let (project, told) = book(&root, lines);
        let told: Vec<String> = told.into_iter().filter(|told| !told.contains("café.md")).collect();
        let facts = facts(&project.sources.meta);
        if !told.is_empty() || fact.lines().any(|fact| !facts.lines().any(|other| other == fact)) {
            faults.push(format!("{lines}\n  wanted {fact}\n  got\n{facts}\n{}", told.join("\n")));
        }
    }
    fs::remove_dir_all(root).unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_encoding_that_is_guessed_is_told() {
    let root = folder("encoding", &[]);
    let lines = "title = \"Café\"\nlanguage = \"fr\"\n[matter]\nbody = [\"01.md\"]\n";
    let read = |bytes: &[u8]| {
        fs::write(root.join("book.toml"), bytes).unwrap();
        let mut findings = Vec::new();
        let project = project::load(&root, &mut findings).unwrap();
        let told: Vec<_> = findings.iter().map(|finding| told(finding, &project.sources.map)).collect();
        (project.sources.meta.title.clone(), told.join("\n"))
    };
    let utf_16: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [lines.as_bytes().to_vec(), [&b"\xff\xfe"[..], &utf_16].concat(), utf_16] {
        assert_eq!(read(&bytes), ("Café".to_owned(), String::new()));
    }
    let latin: Vec<u8> = lines.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let told = "file-encoding 1:13 `book.toml` is not UTF-8; it looks like ISO 8859-1 (Latin-1) | open it with that encoding and save it as UTF-8";
    assert_eq!(read(&latin), ("Café".to_owned(), told.to_owned()));
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn an_index_comes_after_the_text() {
    let root = folder("index", &["index.md"]);
    let role = |lines: &str| {
        let (project, told) = book(&root, lines);
        assert_eq!(told, Vec::<String>::new(), "{lines}");
        let book = pamphleteer::manuscript::parse(&project.sources).value;
        book.sections.into_iter().find(|section| section.slug == "index").unwrap().role
    };
    assert_eq!(role("[matter]\nbody = [\"index.md\", \"01.md\"]"), Role::Chapter);
    assert_eq!(role("[matter]\nbody = [\"01.md\", \"index.md\"]"), Role::Index);
    assert_eq!(role("[matter]\nbody = [\"01.md\"]\nback = [\"index.md\"]"), Role::Index);
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn a_bare_value_stands_for_a_table() {
    let root = folder("bare", &[]);
    let read = |lines: &str| {
        let (project, told) = book(&root, lines);
        assert_eq!(told, Vec::<String>::new(), "{lines}");
        (format!("{:?}", project.style), project.formats)
    };
    let (pamphlet, novel) = (read("subtitle = \"A Story\"").0, read("[style]\nname = \"novel\"").0);
    assert_eq!(read("style = \"novel\"").0, novel);
    assert_ne!(novel, pamphlet);
    assert_eq!(
        read("outputs = [\"epub\", \"print\"]").1,
        read("[outputs]\nformats = [\"epub\", \"print\"]").1
    );
    let (_, told) = book(&root, "style = \"novl\"");
    assert_eq!(told.len(), 1, "{told:?}");
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn what_is_not_is_told() {
    let root = folder("told", &[]);
    judge(&root, TOLD);
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn the_reading_order_is_told_of() {
    let files = [
        "02.md",
        "chapter.md",
        "chapters/new.md",
        "notes.txt",
        "NOTES.md",
        "README.md",
        "_old.md",
        "todo.md",
    ];
    let root = folder("order", &files);
    judge(&root, ORDER);
    fs::remove_dir_all(root).unwrap();
}

fn judge(root: &Path, rows: &[(&str, &[&str])]) {
    let mut faults = Vec::new();
    for (lines, right) in rows {
        let (_, told) = book(root, lines);
        if told != *right {
            faults.push(format!(
                "{lines}\n  wanted\n    {}\n  got\n    {}",
                right.join("\n    "),
                told.join("\n    ")
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The file with the first finding's remedy followed to the letter; none where that wants a mind.
fn followed(text: &str, finding: &Diagnostic) -> Option<String> {
    let (hint, span) = (finding.hint.as_deref()?, finding.span?);
    let (start, end) = (span.start as usize, span.end as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let put = |from: usize, to: usize, what: &str| Some(format!("{}{what}{}", &text[..from], &text[to..]));
    let behind = |mark: &str| hint.split_once(mark).map(|(_, rest)| rest);
    let coded = |mark: &str| behind(mark)?.split_once('`').map(|(code, _)| code).filter(|c| !c.contains('…'));
    let line = &text[line_start..line_end];
    if ["in place of", "below", "copy the file", "such as `\"", "key = "]
        .iter()
        .any(|mark| hint.contains(mark))
    {
        return None;
    }
    if finding.code == Code::TomlSyntax && (hint.starts_with("write \"") || hint.starts_with("write '")) {
        // the words in their marks, whole: a list of them, and those of several lines, want a mind
        let at = line.find("= ").filter(|_| !line.contains(['[', '#']) && !hint.contains("\"\"\""))?;
        let close = hint.rfind(hint.chars().nth(6)?)?;
        return put(line_start + at + 2, line_end, &hint[6..=close]);
    }
    if hint.starts_with("write `]`") || hint.starts_with("write `}`") {
        return None;
    }
    if hint.starts_with("delete the line") || hint.ends_with("delete one of the two") {
        return put(line_start, line_end, "");
    }
    if let Some(added) = coded("add a line such as `") {
        // in the table that lacks it: below its name, or at the top
        let at = if line.starts_with('[') { line_end + 1 } else { 0 };
        return if line.contains('{') { None } else { put(at, at, &format!("{added}\n")) };
    }
    if let Some(line) =
        coded("write something such as `").or_else(|| coded("write `").filter(|it| it.contains(" = ")))
    {
        return put(line_start, line_end, line);
    }
    if let Some(value) = behind("works here is ") {
        return put(start, end, value);
    }
    if let Some(value) = behind("write ").filter(|it| it.starts_with('"')) {
        return put(start, end, &format!("\"{}\"", value[1..].split('"').next()?));
    }
    if let Some(word) = behind("did you mean \"").and_then(|rest| rest.split('"').next()) {
        return put(start, end, &format!("\"{word}\""));
    }
    // a key of a style is told of by its last name, and offered with its table
    let key = coded("did you mean `").or_else(|| coded("write `"))?;
    let told = &text[start..end];
    if told.starts_with('"') {
        return put(start, end, &format!("\"{key}\""));
    }
    if told.contains('.') || told.starts_with('[') {
        return put(start, end, key);
    }
    match line[..start - line_start].rsplit_once('.') {
        Some(_) if key.contains('.') => put(line_start, end, key),
        _ => put(start, end, key.rsplit('.').next()?),
    }
}

#[test]
fn remedies_work_when_they_are_followed() {
    let root = folder("remedies", &[]);
    let mut faults = Vec::new();
    let mut tried = 0;
    let lines = TOLD.iter().map(|(lines, _)| *lines).chain(REMEDIES.iter().copied());
    for lines in lines.filter(|lines| !lines.contains('\0')) {
        let load = || {
            let mut findings = Vec::new();
            project::load(&root, &mut findings).unwrap();
            pamphleteer::diag::sort(&mut findings);
            findings
        };
        let text = whole(lines).replace('\u{feff}', "");
        fs::write(root.join("book.toml"), &text).unwrap();
        let before = load();
        for finding in &before {
            let Some(mended) = followed(&text, finding) else { continue };
            tried += 1;
            fs::write(root.join("book.toml"), &mended).unwrap();
            let after = load();
            // a line may be wrong in two ways, and a value that works may still be no good one
            let is_told = |other: &&Diagnostic| other.severity == finding.severity;
            if after.iter().filter(is_told).count() >= before.iter().filter(is_told).count() {
                let after: Vec<&str> = after.iter().map(|finding| finding.message.as_str()).collect();
                faults.push(format!(
                    "{text}\n  {} | {}\n  followed:\n{mended}\n  {}",
                    finding.message,
                    finding.hint.as_deref().unwrap_or(""),
                    after.join("\n  ")
                ));
            }
        }
    }
    fs::remove_dir_all(root).unwrap();
    assert!(faults.is_empty(), "{} of {tried}:\n{}", faults.len(), faults.join("\n\n"));
    assert!(tried > 50, "only {tried} remedies could be followed");
}

/// Further lines with something wrong, whose remedies are followed.
const REMEDIES: &[&str] = &[
    "[style]\ntext.size = \"24pt\"",
    "[style]\ntext.size = 11",
    "[style]\npage.measure = \"1in\"",
    "[style]\npage.measure = \"9in\"",
    "[style]\npage.lines = 60",
    "[style]\npage.top = \"5in\"",
    "[style]\ntext.indent = \"3in\"",
    "[style]\npage.inner = \"1in\"",
    "[style]\ndrop-cap.lines = 3",
    "[style]\nnotes.place = \"end\"",
    "[style]\ntext.algin = \"left\"",
    "[style]\ntext.align = \"justify\"",
    "[style]\nheading.align = \"center\"",
    "[style]\nfolio.place = \"bottom\"",
    "[style]\nname = \"novle\"",
    "[outputs]\nformats = [\"epub3\"]",
    "[outputs]\nprinter = \"amazon\"",
    "[page]\ntrim = \"A5\"",
    "[contributor]\ntrl = \"Bo Hill\"",
    "[author]\nfirst = \"Joan\"\nlast = \"Ferry\"",
];

#[test]
fn no_file_is_too_broken_to_read() {
    let root = folder("broken", &[]);
    let whole = include_str!("../manuscript/handbook/book.toml");
    let mut dice = 88_172_645_463_325_252_u64;
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % sides as u64) as usize
    };
    let signs: Vec<char> = "\"'“”[]{}=#,;\\\n\r\u{a0}\u{feff}-.: a1".chars().collect();
    for _ in 0..400 {
        let mut text: Vec<char> = whole.chars().collect();
        for _ in 0..=roll(6) {
            let at = roll(text.len());
            match roll(3) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, signs[roll(signs.len())]),
                _ => text[at] = signs[roll(signs.len())],
            }
        }
        let text: String = text.into_iter().collect();
        fs::write(root.join("book.toml"), &text).unwrap();
        let mut findings = Vec::new();
        let project = project::load(&root, &mut findings).unwrap();
        for finding in findings {
            let told = told(&finding, &project.sources.map);
            assert!(!told.contains("TOML"), "the parser's talk: {told}");
        }
    }
    fs::remove_dir_all(root).unwrap();
}

/// Lines, and facts about the book that they make.
const UNDERSTOOD: &[(&str, &str)] = &[
    ("title = 1984", "title 1984"),
    ("\u{a0}title = \"Of Spaces\"", "title Of Spaces"),
    ("identifier = \"978-0-306-40615-7\"", "identifier urn:isbn:9780306406157\nisbn 978-0-306-40615-7"),
    ("identifier = \"9780306406157\"", "identifier urn:isbn:9780306406157\nisbn 978-0-306-40615-7"),
    ("identifier = \"978 0 306 40615 7\"", "identifier urn:isbn:9780306406157\nisbn 978-0-306-40615-7"),
    ("identifier = \"978–0–306–40615–7\"", "isbn 978-0-306-40615-7"),
    ("identifier = \"ISBN 978-0-306-40615-7\"", "identifier urn:isbn:9780306406157"),
    ("identifier = \"ISBN-13: 978-0-306-40615-7\"", "identifier urn:isbn:9780306406157"),
    ("identifier = \"isbn:0-306-40615-2\"", "identifier urn:isbn:9780306406157\nisbn 978-0-306-40615-7"),
    ("identifier = \"URN:ISBN:9780306406157\"", "identifier urn:isbn:9780306406157"),
    ("isbn = \"0306406152\"", "identifier urn:isbn:9780306406157"),
    ("isbn = 9780306406157", "identifier urn:isbn:9780306406157"),
    ("isbn = \"080442957x\"", "identifier urn:isbn:9780804429573"),
    ("identifier = \"10.1000/182\"", "identifier https://doi.org/10.1000/182"),
    ("identifier = \"https://example.org/b\"", "identifier https://example.org/b"),
    (
        "identifier = \"123E4567-e89b-12d3-a456-426614174000\"",
        "identifier urn:uuid:123e4567-e89b-12d3-a456-426614174000",
    ),
    ("identifier = \"press-7\"", "identifier press-7"),
    ("language = \"de_DE\"", "language de-DE"),
    ("language = \"EN\"", "language en"),
    ("language = \"zh-cn\"", "language zh-CN"),
    ("lang = \"fr\"", "language fr"),
    ("author = \"Joan Ferry\"", "aut Joan Ferry (Ferry, Joan)"),
    ("authors = [\"Ann Bee\", \"Cy Dee\"]", "aut Ann Bee (Bee, Ann)\naut Cy Dee (Dee, Cy)"),
    ("contributor = [\"Joan Ferry\"]", "aut Joan Ferry (Ferry, Joan)"),
    ("contributor = \"Joan Ferry\"", "aut Joan Ferry (Ferry, Joan)"),
    ("author = { name = \"Joan Ferry\", sort = \"Ferry\" }", "aut Joan Ferry (Ferry)"),
    ("translator = \"Bo Sample\"", "trl Bo Sample (Sample, Bo)"),
    ("cover-artist = \"Bo Sample\"", "cov Bo Sample (Sample, Bo)"),
    ("[contributor]\nname = \"Joan Ferry\"\nrole = \"Foreword by\"", "wfw Joan Ferry (Ferry, Joan)"),
    (
        "[[contributor]]\nname = \"Joan\"\nrole = [\"author\", \"Illustrator\"]",
        "aut Joan (Joan)\nill Joan (Joan)",
    ),
    (
        "[contributor]\nname = \"Joan\"\n[contributor]\nname = \"Bo\"\nrole = \"pht\"",
        "aut Joan (Joan)\npht Bo (Bo)",
    ),
    ("[[author]]\nname = \"Joan\"", "aut Joan (Joan)"),
    ("publisher = \"Example Press\"", "publisher Example Press"),
    ("[[publisher]]\nname = \"Example Press\"", "publisher Example Press"),
    ("date = \"31 January 2023\"", "date 2023-01-31"),
    ("date = \"January 31st, 2023\"", "date 2023-01-31"),
    ("date = \"Jan 2023\"", "date 2023-01"),
    ("date = \"2023-1-5\"", "date 2023-01-05"),
    ("date = \"31.12.2023\"", "date 2023-12-31"),
    ("date = 2023-01-31T10:00:00Z", "date 2023-01-31"),
    ("date = 1848", "date 1848"),
    ("series = { name = \"Small\", number = 2.5 }", "series Small 2.5"),
    ("series = { name = \"Small\", number = \"2a\" }", "series Small 2a"),
    ("series = \"Small\"", "series Small -"),
    ("subjects = \"History\"", "subject History"),
    ("rights = 2023", "rights 2023"),
    ("subtitle = \"\"", "title Book"),
    ("[matter]\nbody = \"01.md\"", "title Book"),
    ("[matter]\nbody = [\"./01.md\", \"cafe\u{301}.md\"]", "title Book"),
    ("[matter]\nbody = [\"01.md\"]\n[outputs]\nformats = [\"PDF\", \".epub\"]", "title Book"),
];

/// Lines about the reading order, and all that is told.
const ORDER: &[(&str, &[&str])] = &[
    (
        "[matter]\nbody = [\"01\", \"02\"]",
        &[
            "value-invalid 4:9 `01` is neither a page that we make nor a file ending in .md | did you mean \"01.md\"?",
            "value-invalid 4:15 `02` is neither a page that we make nor a file ending in .md | did you mean \"02.md\"?",
            "file-unused - `chapter.md` is in no list of [matter]: it will not be in the book | add it to a list of [matter], or move it out of the folder",
        ],
    ),
    (
        "[matter]\nbody = []",
        &[
            "value-invalid 4:8 `body` names no text: the book is empty | write `body = [\"01-first.md\"]`, with the names of your texts in order",
            "file-unused - `01.md`, `02.md`, `chapter.md` are in no list of [matter]: they will not be in the book | add them to the lists of [matter], or move them out of the folder",
        ],
    ),
    (
        "[matter]\nfront = [\"toc\", \"copyright\", \"Half Title\", \"titlepage\"]\nbody = [\"01.md\", \"02.md\", \"chapter.md\"]",
        &[
            "value-invalid 4:10 `toc` is neither a page that we make nor a file ending in .md | did you mean \"contents\"?",
            "value-invalid 4:17 `copyright` is neither a page that we make nor a file ending in .md | did you mean \"imprint\"?",
            "value-invalid 4:30 `Half Title` is neither a page that we make nor a file ending in .md | did you mean \"half-title\"?",
            "value-invalid 4:44 `titlepage` is neither a page that we make nor a file ending in .md | did you mean \"title-page\"?",
        ],
    ),
    (
        "[matter]\nbody = [\"Chapter.md\", \"01.md\", \"./01.md\", \"02.MD\"]",
        &[
            "file-missing 4:9 there is no file `Chapter.md` | did you mean \"chapter.md\"?",
            "file-repeated 4:32 `./01.md` stands twice in [matter] | delete one of the two",
            "file-missing 4:43 there is no file `02.MD` | did you mean \"02.md\"?",
        ],
    ),
    (
        "[matter]\nbody = [\"01.md\", \"02.md\", \"chapter.md\", \"chapters\\new.md\", \"chapters\", \"notes.txt\", \"\"]",
        &[
            "toml-syntax 4:50 a backslash stands between folders | write \"chapters/new.md\"",
            "value-invalid 4:60 `chapters` is neither a page that we make nor a file ending in .md | it is a folder: name its files one by one, such as \"chapters/new.md\"",
            "value-invalid 4:72 the name of `notes.txt` does not end in .md | give the file a name that does",
            "value-invalid 4:85 an empty name stands in [matter] | delete it",
        ],
    ),
    (
        "[matter]\nbody = ['chapters\\new.md', \"01.md\", \"02.md\", \"chapter.md\"]",
        &[
            "value-invalid 4:9 a backslash stands between the folders of `chapters\\new.md` | write \"chapters/new.md\"",
        ],
    ),
    (
        "[matter]\nchapters = [\"01.md\"]\n",
        &[
            "key-unknown 4:1 `chapters` is not a key of [matter] | write `body`",
            "file-unused - `02.md`, `chapter.md` are in no list of [matter]: they will not be in the book | add them to the lists of [matter], or move them out of the folder",
        ],
    ),
    (
        "[Matter]\nbody = [\"01.md\", \"02.md\", \"chapter.md\"]",
        &["key-unknown 3:2 `Matter` is not a key of book.toml | write `matter`"],
    ),
    (
        "[matter]\nbody = [\"01.md\", \"02.md\", \"chapter.md\"]\n[outputs]\nformats = [\"ebook\", \"prnit\", \"docx\"]\nstore = \"kdp\"",
        &[
            "value-invalid 6:12 `ebook` is not a format that we make | did you mean \"epub\"?",
            "value-invalid 6:21 `prnit` is not a format that we make | did you mean \"print\"?",
            "value-invalid 6:30 `docx` is not a format that we make | formats: epub, pdf, print, cover, booklet, home, png",
            "key-unknown 7:1 `store` is not a key of [outputs] | name the shop on the command line: `--store kdp`",
        ],
    ),
];

/// Lines, and all that is told of them.
const TOLD: &[(&str, &[&str])] = &[
    (
        "{ \"title\": \"A Book\", \"language\": \"en\", \"matter\": { \"body\": [\"01.md\"] } }",
        &[
            "toml-syntax 1:1 book.toml is written as JSON | write each key on a line of its own without braces and commas, such as `title = \"My Book\"`, and at the end `[matter]` and below it `body = [\"01.md\"]`",
        ],
    ),
    (
        "{",
        &[
            "toml-syntax 1:1 book.toml is written as JSON | write each key on a line of its own without braces and commas, such as `title = \"My Book\"`, and at the end `[matter]` and below it `body = [\"01.md\"]`",
        ],
    ),
    (
        "{ \"title\": \"A Book\", }",
        &[
            "toml-syntax 1:1 book.toml is written as JSON | write each key on a line of its own without braces and commas, such as `title = \"My Book\"`, and at the end `[matter]` and below it `body = [\"01.md\"]`",
        ],
    ),
    (
        "title = \"A Book\"\ntitle_alt = \"Another\"",
        &[
            "key-unknown 2:1 `title_alt` is not a key of book.toml | did you mean `subtitle` or `short-title`?",
        ],
    ),
    (
        "auther = \"Joan Ferry\"",
        &["key-unknown 1:1 `auther` is not a key of book.toml | did you mean `author`?"],
    ),
    ("by = \"Joan Ferry\"", &["key-unknown 1:1 `by` is not a key of book.toml | write `author`"]),
    ("keyword = [\"x\"]", &["key-unknown 1:1 `keyword` is not a key of book.toml | write `subjects`"]),
    (
        "coverImage = \"a.png\"",
        &["key-unknown 1:1 `coverImage` is not a key of book.toml | write `cover.front` below [style]"],
    ),
    (
        "[print]\nbleed = true",
        &[
            "key-unknown 3:2 `print` is not a key of book.toml | write `page.trim = \"6in x 9in\"` and the like below a line `[style]`, and `printer = \"kdp\"` below a line `[outputs]`",
        ],
    ),
    (
        "[page]\ntrim = \"A5\"",
        &["key-unknown 3:2 `page` is not a key of book.toml | write `page.trim = …` below a line `[style]`"],
    ),
    (
        "[contributor]\ntrl = \"Bo Hill\"",
        &[
            "key-unknown 4:1 `trl` is not a key of [contributor] | write `name = \"Bo Hill\"` and `role = \"trl\"`",
        ],
    ),
    (
        "[author]\nfirst = \"Joan\"\nlast = \"Ferry\"",
        &[
            "key-unknown 4:1 a name in parts: `author` has it whole, as it stands on the title page | write `name = \"Joan Ferry\"` in place of its parts",
        ],
    ),
    (
        "isbn = \"9783161484100 (paperback)\"",
        &[
            "isbn-invalid 1:8 `9783161484100 (paperback)` is not an ISBN: `(` is no digit | write \"9783161484100\"",
        ],
    ),
    (
        "language = \"en, fr\"",
        &[
            "language-unknown 1:12 `en, fr` is not a language tag | write the language of most of the book, \"en\"; words in another are marked: `[words]{lang=fr}`",
        ],
    ),
    (
        "author = \"Joan Ferry and Bo Hill\"",
        &[
            "name-form 1:10 `Joan Ferry and Bo Hill` is set and filed as the name of one person | name each alone: `author = [\"Joan Ferry\", \"Bo Hill\"]`",
        ],
    ),
    (
        "[[contributor]]\nname = \"Joan Ferry & Bo Hill\"",
        &[
            "name-form 4:8 `Joan Ferry & Bo Hill` is set and filed as the name of one person | give each a [[contributor]] of their own",
        ],
    ),
    (
        "author = \"Ferry, Joan\"",
        &[
            "name-form 1:10 `Ferry, Joan` has the family name first, as lists do | write \"Joan Ferry\", as on the title page; `sort` says how it is filed",
        ],
    ),
    (
        "[[contributor]]\nname = \"Bo\"\nrole = \"\"",
        &[
            "value-invalid 5:8 `role` is empty | write what they did, such as \"editor\", or leave the line out",
        ],
    ),
    (
        "[[contributor]]\nname = \"Bo\"\nrole = \"aut, ill\"",
        &[
            "value-invalid 5:8 `aut, ill` is not what somebody does for a book | write `role = [\"aut\", \"ill\"]`",
        ],
    ),
    (
        "series = { title = \"Shorts\", volume = 2 }",
        &[
            "key-unknown 1:12 `title` is not a key of [series] | write `name`",
            "key-unknown 1:30 `volume` is not a key of [series] | write `number`",
        ],
    ),
    (
        "publisher = [\"Example Press\"]",
        &[
            "value-invalid 1:13 `publisher` wants words in quotation marks | write `publisher = \"Example Press\"`",
        ],
    ),
    (
        "price = 9.99",
        &["key-unknown 1:1 `price` is not a key of book.toml | leave it out: the shop asks for it"],
    ),
    (
        "[style]\npage.trim = \"148 x 210\"",
        &["value-invalid 4:13 `page.trim`: `148 x 210` has no unit; write `148 x 210 mm`"],
    ),
    (
        "[style]\ntext.leading = 1.5",
        &["value-invalid 4:16 `text.leading`: 1.5 has no unit; write \"1.5em\", \"1.5in\" or the like"],
    ),
    (
        "description = \"One line\nand another\"",
        &[
            "toml-syntax 1:15 the words run over several lines | put three quotation marks before the first word and three behind the last",
        ],
    ),
    ("// so far", &["toml-syntax 1:1 a remark begins with another sign in book.toml | begin it with `#`"]),
    ("title ＝ \"A\"", &["toml-syntax 1:7 the equals sign is a wide one | write `title = …`"]),
    (
        "[matter]\nbody = [\"01.md\", \"a.md\", \"b.md\", \"c.md\", \"d.md\", \"e.md\"]",
        &[
            "file-missing 4:18 there is no file `a.md`; nor `b.md`, `c.md`, `d.md`, `e.md` | write the path as seen from the folder of book.toml",
        ],
    ),
    (
        "[matter]\nchapters = [\"01.md\"]",
        &["key-unknown 4:1 `chapters` is not a key of [matter] | write `body`"],
    ),
    (
        "[matter]\nbody = [\"/home/me/01.md\", \"01.md\"]",
        &[
            "file-outside 4:9 `/home/me/01.md` leads out of the book's folder | copy the file into the book's folder, and write \"01.md\"",
        ],
    ),
    ("title := \"A\"", &["toml-syntax 1:7 `:=` stands behind `title` | write `title = …`"]),
    ("title == \"A\"", &["toml-syntax 1:7 `==` stands behind `title` | write `title = …`"]),
    (
        "title = \"A\" // so far",
        &["toml-syntax 1:13 `// so far` stands behind the value | delete it, or put `#` before it"],
    ),
    (
        "authors = ['Joan O'Neil', 'Bo']",
        &["toml-syntax 1:19 the apostrophe ends the words here | write \"Joan O'Neil\""],
    ),
    (
        "date = 31/01/2023",
        &["toml-syntax 1:8 `31/01/2023` is not how a date is written here | write 2023-01-31"],
    ),
    (
        "titel = \"A\"\ntitle = \"B\"",
        &[
            "key-unknown 1:1 `titel` is not a key of book.toml | `title` stands here already: delete one of the two",
        ],
    ),
    ("title: \"My Book\"", &["toml-syntax 1:6 a colon stands behind `title` | write `title = …`"]),
    (
        "title = \"A\"\ntitle = \"B\"",
        &[
            "toml-syntax 2:1 `title` stands twice; the first is in line 1 | keep one of the two; the first counts here",
        ],
    ),
    (
        "\u{feff}title = “A”",
        &[
            "toml-syntax 1:9 `“` is a curly quotation mark: book.toml wants straight quotation marks around words | write \"A\"",
        ],
    ),
    (
        "title = “A”\r\nhyphenate = no\r",
        &[
            "toml-syntax 1:9 `“` is a curly quotation mark: book.toml wants straight quotation marks around words | write \"A\"",
            "key-unknown 2:1 `hyphenate` is not a key of book.toml | it belongs below a line `[style]`",
            "toml-syntax 2:13 `no` is neither `true` nor `false` | write `hyphenate = false`",
        ],
    ),
    ("date = 2023-1-5", &["toml-syntax 1:8 `2023-1-5` is not how a date is written here | write 2023-01-05"]),
    (
        "date = 2023-01",
        &[
            "toml-syntax 1:8 `2023-01` wants quotation marks, since a date without a day is words | write \"2023-01\"",
        ],
    ),
    (
        "date = 2023-02-30",
        &["value-invalid 1:8 February 2023 has 28 days | write a date: 2023, \"2023-01\" or 2023-01-31"],
    ),
    (
        "date = 2999",
        &[
            "value-invalid 1:8 2999 is not a year in which this edition may come out | write a date: 2023, \"2023-01\" or 2023-01-31",
        ],
    ),
    (
        "language = \"xx\"",
        &[
            "language-unknown 1:12 `xx` is not a language tag | write a BCP 47 tag, such as \"en-GB\", \"fr\" or \"ru\"",
        ],
    ),
    (
        "isbn = \"tba\"",
        &["isbn-invalid 1:8 `tba` is not an ISBN | leave the line out until the agency has given a number"],
    ),
    (
        "isbn = \"9780306406157\"\nidentifier = \"https://example.org\"",
        &[
            "value-invalid 1:8 `identifier` and `isbn` both say what identifies the book | keep one of the two lines",
        ],
    ),
    (
        "blurb = \"\"\"One\nand two",
        &[
            "toml-syntax 1:9 the text that begins here with three quotation marks never ends | write \"\"\" behind its last word",
        ],
    ),
    (
        "page.trim = \"A5\"",
        &["key-unknown 1:1 `page` is not a key of book.toml | write `page.trim = …` below a line `[style]`"],
    ),
    (
        "cover = \"front.png\"",
        &["key-unknown 1:1 `cover` is not a key of book.toml | write `cover.front` below [style]"],
    ),
    (
        "[publisher]\nname = \"X\"\ntitle = \"A\"\nlanguage = \"en\"",
        &[
            "key-unknown 3:1 `title` stands under [publisher] | move the line up, above the first line in brackets",
            "key-unknown 4:1 `language` stands under [publisher] | move the line up, above the first line in brackets",
        ],
    ),
    (
        "[publisher]\nname = \"X\"\nurl = \"www.example.org\"",
        &["value-invalid 5:7 `www.example.org` is not a whole address | write \"https://www.example.org\""],
    ),
    (
        "[publisher\nname = \"X\"",
        &["toml-syntax 3:1 `[publisher` is not closed as it was opened | write `[publisher]`"],
    ),
    (
        "[[contributor]\nname = \"A\"",
        &["toml-syntax 3:1 `[[contributor]` is not closed as it was opened | write `[[contributor]]`"],
    ),
    (
        "[publisher] name = \"X\"",
        &[
            "toml-syntax 3:13 something stands behind `[publisher]`, which wants a line of its own | begin a new line after the bracket",
        ],
    ),
    (
        "title = “My Book”",
        &[
            "toml-syntax 1:9 `“` is a curly quotation mark: book.toml wants straight quotation marks around words | write \"My Book\"",
        ],
    ),
    (
        "title = \"My Book”",
        &[
            "toml-syntax 1:17 `”` is a curly quotation mark: book.toml wants straight quotation marks around words | write \"My Book\"",
        ],
    ),
    (
        "title = 'Joan's Book'",
        &["toml-syntax 1:14 the apostrophe ends the words here | write \"Joan's Book\""],
    ),
    (
        "title = \"The \"Best\" Book\"",
        &[
            "toml-syntax 1:14 the quotation mark inside ends the words here | write 'The \"Best\" Book', or curly marks inside the words",
        ],
    ),
    ("title = \"My Book", &["toml-syntax 1:9 the quotation mark here is never closed | write \"My Book\""]),
    ("title = My Book", &["toml-syntax 1:9 `My Book` stands without quotation marks | write \"My Book\""]),
    ("title \"My Book\"", &["toml-syntax 1:7 `=` is missing behind `title` | write `title = …`"]),
    ("title = ", &["toml-syntax 1:9 `title` has no value | write one, or leave the whole line out"]),
    (
        "title = \"\"",
        &[
            "value-invalid 1:9 `title` is empty | write something such as `title = \"On the Question of Margins\"`",
        ],
    ),
    (
        "title = true",
        &["value-invalid 1:9 `title` wants words in quotation marks | write `title = \"true\"`"],
    ),
    (
        "title = [\"a\", \"or b\"]",
        &["value-invalid 1:9 `title` wants words in quotation marks | write `title = \"a, or b\"`"],
    ),
    (
        "title = [\"a\"]",
        &["value-invalid 1:9 `title` wants words in quotation marks | write `title = \"a\"`"],
    ),
    (
        "title = „Buch“ # x",
        &[
            "toml-syntax 1:9 `„` is a curly quotation mark: book.toml wants straight quotation marks around words | write \"Buch\"",
        ],
    ),
    (
        "title = `x`",
        &[
            "toml-syntax 1:9 an accent is no quotation mark: book.toml wants straight quotation marks around words | write \"x\"",
        ],
    ),
    (
        "title = ''",
        &[
            "value-invalid 1:9 `title` is empty | write something such as `title = \"On the Question of Margins\"`",
        ],
    ),
    ("title = \"A\", ", &["toml-syntax 1:12 `,` at the end of a line is one too many | delete it"]),
    (
        "title = \"A\" subtitle = \"B\"",
        &["toml-syntax 1:13 two keys stand on one line | begin a new line for each key"],
    ),
    (
        "Title = \"X\"",
        &[
            "key-unknown 1:1 `Title` is not a key of book.toml | `title` stands here already: delete one of the two",
        ],
    ),
    (
        "identifier = \"978-3-16-148410-9\"",
        &[
            "isbn-invalid 1:14 `978-3-16-148410-9` is not an ISBN: its check digit, the 13th, is 9 where 0 would fit | compare it with the number that the agency gave: one digit is mistyped, or two are exchanged",
        ],
    ),
    (
        "identifier = \"urn:isbn:978 0 306 40615 8\"",
        &[
            "isbn-invalid 1:14 `978 0 306 40615 8` is not an ISBN: its check digit, the 13th, is 8 where 7 would fit | compare it with the number that the agency gave: one digit is mistyped, or two are exchanged",
        ],
    ),
    (
        "isbn = \"978030640615\"",
        &[
            "isbn-invalid 1:8 `978030640615` is not an ISBN: it has 12 digits | an ISBN has 13 digits, or 10 in older books",
        ],
    ),
    (
        "isbn = \"978O306406157\"",
        &[
            "isbn-invalid 1:8 `978O306406157` is not an ISBN: `O` is no digit | compare it with the number that the agency gave",
        ],
    ),
    (
        "identifier = \"urn:uuid:not-a-uuid\"",
        &[
            "value-invalid 1:14 `urn:uuid:not-a-uuid` is not a UUID | leave the line out: a UUID that stays the same is then made for the book",
        ],
    ),
    (
        "identifier = \"9770306406157\"",
        &[
            "isbn-invalid 1:14 `9770306406157` is not an ISBN: it begins with neither 978 nor 979 | compare it with the number that the agency gave",
        ],
    ),
    (
        "language = \"English\"",
        &["language-unknown 1:12 `English` is not a language tag | write \"en\", or \"en-GB\" or \"en-US\""],
    ),
    ("language = \"en-UK\"", &["language-unknown 1:12 `en-UK` is not a language tag | write \"en-GB\""]),
    ("language = \"ger\"", &["language-unknown 1:12 `ger` is not a language tag | write \"de\""]),
    (
        "language = \"Klingon\"",
        &[
            "language-unknown 1:12 `Klingon` is not a language tag | write a BCP 47 tag, such as \"en-GB\", \"fr\" or \"ru\"",
        ],
    ),
    (
        "language = \"Engish\"",
        &["language-unknown 1:12 `Engish` is not a language tag | write \"en\", or \"en-GB\" or \"en-US\""],
    ),
    (
        "language = \"\"",
        &["value-invalid 1:12 `language` is empty | write something such as `language = \"en-GB\"`"],
    ),
    ("author = \"\"", &["value-invalid 1:10 `author` is empty | write a name, or leave the line out"]),
    (
        "author = 5",
        &["value-invalid 1:10 `author` wants a name in quotation marks | write `author = \"Joan Ferry\"`"],
    ),
    (
        "contributor = [{ name = \"A\", role = \"ilustrator\" }]",
        &[
            "value-invalid 1:37 `ilustrator` is not what somebody does for a book | did you mean \"illustrator\" (`ill`)?",
        ],
    ),
    (
        "contributor = [{ name = \"A\", role = \"xyz\" }]",
        &[
            "value-invalid 1:37 `xyz` is not what somebody does for a book | write \"author\", \"editor\", \"translator\", \"illustrator\", \"foreword\" or the like, or a MARC code such as \"aut\"",
        ],
    ),
    (
        "contributor = [{ nme = \"A\" }]",
        &[
            "key-missing 1:16 `name` is missing | add a line such as `name = \"Ada Example\"`",
            "key-unknown 1:18 `nme` is not a key of [contributor] | did you mean `name`?",
        ],
    ),
    (
        "name = \"x\"",
        &[
            "key-unknown 1:1 `name` is not a key of book.toml | `title` stands here already: delete one of the two",
        ],
    ),
    (
        "date = \"2023-02-30\"",
        &["value-invalid 1:8 February 2023 has 28 days | write a date: 2023, \"2023-01\" or 2023-01-31"],
    ),
    (
        "date = \"05/06/2023\"",
        &["value-invalid 1:8 `05/06/2023` may be either of two days | write 2023-06-05 or 2023-05-06"],
    ),
    (
        "date = \"soon\"",
        &["value-invalid 1:8 `soon` is not a date | write a date: 2023, \"2023-01\" or 2023-01-31"],
    ),
    (
        "date = 20236",
        &["value-invalid 1:8 `20236` is not a date | write a date: 2023, \"2023-01\" or 2023-01-31"],
    ),
    (
        "date = \"31 janvier 2023\"",
        &[
            "value-invalid 1:8 `31 janvier 2023` is not a date | write a date: 2023, \"2023-01\" or 2023-01-31",
        ],
    ),
    (
        "series = 3",
        &["value-invalid 1:10 `series` wants the name of a series, or { name = \"…\", number = 2 }"],
    ),
    ("series = { title = \"S\" }", &["key-unknown 1:12 `title` is not a key of [series] | write `name`"]),
    (
        "subjects = [“a”, “b”]",
        &[
            "toml-syntax 1:13 `“` is a curly quotation mark: book.toml wants straight quotation marks around words | write \"a\"",
        ],
    ),
    (
        "subjects = [\"a\" \"b\"]",
        &["toml-syntax 1:16 a comma is missing here | write a comma between the two"],
    ),
    ("subjects = [\"a, \"b\"]", &["toml-syntax 1:13 the quotation mark here is never closed | write \"a\""]),
    (
        "subjects = [\"a\", \"b\"",
        &["toml-syntax 1:12 `[` begins here, and is never closed | write `]` at its end"],
    ),
    (
        "subjects = [a, b]",
        &[
            "toml-syntax 1:13 `a` stands without quotation marks | write \"a\"",
            "toml-syntax 1:16 `b` stands without quotation marks | write \"b\"",
        ],
    ),
    (
        "rights = 1.5",
        &["value-invalid 1:10 `rights` wants words in quotation marks | write `rights = \"1.5\"`"],
    ),
    (
        "description = [\"a\"]",
        &["value-invalid 1:15 `description` wants words in quotation marks | write `description = \"a\"`"],
    ),
    (
        "language = [\"en\", \"fr\"]",
        &["value-invalid 1:12 `language` wants words in quotation marks | write `language = \"en\"`"],
    ),
    ("isbn.epub = \"978-0-00-000000-2\"", &["key-unknown 1:6 `epub` is not a key of [isbn] | write `ebook`"]),
    (
        "hyphenate = no",
        &[
            "key-unknown 1:1 `hyphenate` is not a key of book.toml | it belongs below a line `[style]`",
            "toml-syntax 1:13 `no` is neither `true` nor `false` | write `hyphenate = false`",
        ],
    ),
    ("keywords = [\"x\"]", &["key-unknown 1:1 `keywords` is not a key of book.toml | write `subjects`"]),
    (
        "front = [\"toc\"]",
        &["key-unknown 1:1 `front` is not a key of book.toml | it belongs below a line `[matter]`"],
    ),
    (
        "printer = \"kdp\"",
        &["key-unknown 1:1 `printer` is not a key of book.toml | it belongs below a line `[outputs]`"],
    ),
    (
        "slug = \"My Book\"",
        &["value-invalid 1:8 `slug` wants small letters, digits and hyphens, such as \"my-book\""],
    ),
    (
        "store = \"kdp\"",
        &[
            "key-unknown 1:1 `store` is not a key of book.toml | name the shop on the command line: `--store kdp`",
        ],
    ),
    (
        "this is not a line",
        &[
            "toml-syntax 1:1 this is neither a key with its value nor a remark | write `key = \"words\"`; a remark begins with `#`",
        ],
    ),
    (
        "description = \"50\\% off\"",
        &[
            "toml-syntax 1:18 `\\%` means nothing between double quotation marks | write two backslashes for one, or none",
        ],
    ),
    (
        "certified by = \"x\"",
        &["toml-syntax 1:1 `certified by` is not a key: keys are one word | write `certified-by`"],
    ),
    (
        "subjects = [\n\"a\",\n\"b\"\n",
        &["toml-syntax 1:12 `[` begins here, and is never closed | write `]` at its end"],
    ),
    ("subjects = [\"a\";\"b\"]", &["toml-syntax 1:16 a semicolon stands in a list | write a comma"]),
    ("title = None", &["toml-syntax 1:9 `None` is no value | write one, or leave the whole line out"]),
];

/// Each key of words, with nothing between its marks or nothing that is seen: it is as if the line
/// were not there, or told as empty. No finding speaks of a name that nobody wrote.
#[test]
fn empty_values_are_none_or_told_as_empty() {
    let root = folder("empty", &[]);
    let of_book = project::BOOK_KEYS.iter().map(|key| (key.table.to_owned(), key.name));
    let of_style = pamphleteer::style::KEYS.iter().map(|key| (format!("style.{}", key.table), key.name));
    for (table, key) in of_book.chain(of_style) {
        for nothing in ["", " ", "\\n", "\u{a0}", "\u{200b}\u{feff}"] {
            let line = format!("{key} = \"{nothing}\"");
            let lines = match table.as_str() {
                "" => line.clone(),
                "contributor" => format!("[[contributor]]\n{line}"),
                table => format!("[{table}]\n{line}"),
            };
            let told = book(&root, &lines).1;
            assert!(told.iter().all(|told| !told.contains("``")), "{table}.{key}, {nothing:?}: {told:#?}");
        }
    }
    fs::remove_dir_all(&root).unwrap();
}

/// Names and numbers of the trade in letters and digits of another width, in capitals, and with signs
/// that nobody sees.
#[test]
fn values_mean_the_same_in_any_width() {
    let root = folder("width", &[]);
    let isbn = |lines: &str| {
        let (project, told) = book(&root, lines);
        assert_eq!(told, [""; 0], "{lines}");
        project.sources.meta.identifier.clone()
    };
    for isbn_line in [
        "isbn = \"\u{ff19}\u{ff17}\u{ff18}\u{ff0d}0-306-40615-7\"",
        "isbn = \"978.0.306.40615.7\"",
        "isbn = \"\u{200e}978-0-306-40615-7\u{200b}\"",
        "identifier = \"\u{ff19}\u{ff17}\u{ff18}0306406157\"",
    ] {
        assert_eq!(isbn(isbn_line), "urn:isbn:9780306406157", "{isbn_line}");
    }
    for lines in [
        "language = \"\u{ff45}\u{ff4e}\"",
        "date = \"\u{ff12}\u{ff10}\u{ff12}\u{ff13}\"",
        "[publisher]\nname = \"P\"\nurl = \"HTTPS://example.org\"",
        "[outputs]\nformats = [\"\u{ff45}\u{ff50}\u{ff55}\u{ff42}\"]",
        "[text]\nline-ends = \"Keep\"\ndouble-hyphen = \"EN\"",
        "[style]\ntext.size = \"\u{ff11}\u{ff11}pt\"\nnotes.place = \"Foot\"",
        "[markdown]\ncaptions = \"no\"",
    ] {
        assert_eq!(book(&root, lines).1, [""; 0], "{lines}");
    }
    fs::remove_dir_all(&root).unwrap();
}

#[test]
fn near_words_of_choices_and_addresses_are_offered() {
    let root = folder("near", &[]);
    for (lines, hint) in [
        ("[text]\nline-ends = \"hard\"", "write `line-ends = \"keep\"`"),
        ("[text]\nline-ends = \"joyn\"", "write `line-ends = \"join\"`"),
        ("[text]\ndouble-hyphen = \"—\"", "write `double-hyphen = \"em\"`"),
        ("[outputs]\nformats = \"epub, pdf\"", "write a list: formats = [\"epub\", \"pdf\"]"),
        ("[publisher]\nname = \"P\"\nurl = \"https//example.org\"", "write \"https://example.org\""),
        ("[publisher]\nname = \"P\"\nurl = \"http:/example.org\"", "write \"http://example.org\""),
        ("[publisher]\nname = \"P\"\nurl = \"press@example.org\"", "one of mail may stand in the text"),
        ("[style]\ntext.size = \"\"", "leave the line out: the style decides"),
    ] {
        let told = book(&root, lines).1;
        assert!(told.len() == 1 && told[0].contains(hint), "{lines}: {told:#?}");
    }
    fs::remove_dir_all(&root).unwrap();
}
