//! Measures how texts are read, over inputs that others wrote.
//!
//! `cargo run --release --example measure -- suite spec.txt` takes a specification
//! in the form of CommonMark's `spec.txt` (GFM's has the same) and compares the
//! words of every example with those of the HTML beside it.
//!
//! `… -- quotes LANGUAGE FOLDER` takes the texts of a folder, sets their quotation
//! marks and apostrophes straight, lets the tool set them again and compares both.
//!
//! `… -- singles LANGUAGE FOLDER` does so with single marks in place of double ones,
//! as British printers have them.
//!
//! `… -- dressed LANGUAGE FOLDER` does so with the marks of another language.
//!
//! `… -- findings FOLDER` takes a book and counts its words and the findings on
//! what authors type, each kind for itself.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement prints, and stops at once")]

use pamphleteer::book::{Lang, Seen, visit};
use pamphleteer::book::{Matter, Meta};
use pamphleteer::diag::Diagnostic;
use pamphleteer::sources::{Entry, Item, Sources};
use pamphleteer::{lint, manuscript, project};
use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["suite", file] => suite(&fs::read_to_string(file).unwrap()),
        ["quotes", language, folder] => quotes(language, Path::new(folder), true, str::to_owned),
        ["singles", language, folder] => quotes(language, Path::new(folder), true, in_single_marks),
        ["dressed", language, folder] => {
            let marks = marks_of(language);
            quotes(language, Path::new(folder), false, |paragraph| dressed(paragraph, &marks));
        }
        ["findings", folder] => findings(Path::new(folder)),
        _ => println!(
            "suite SPEC | quotes LANGUAGE FOLDER | singles LANGUAGE FOLDER | dressed LANGUAGE FOLDER | findings BOOK"
        ),
    }
}

/// The words of a text, and what is found in it.
fn read(text: &str, language: &str) -> (String, Vec<Diagnostic>) {
    let meta = Meta { language: Lang::parse(language).unwrap(), ..Meta::default() };
    let mut sources = Sources { meta, ..Sources::default() };
    let item = Item::File(sources.map.add("a.md".to_owned(), text.to_owned()));
    sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    let mut findings = Vec::new();
    let book = manuscript::parse(&sources).take(&mut findings);
    findings.extend(lint::check(&book, &sources.map));
    let mut words = String::new();
    let mut see = |seen: Seen<'_>| match seen {
        Seen::Words(text, _) => words.push_str(&text.words),
        Seen::Block(_) => words.push('\n'),
        _ => {}
    };
    book.sections.iter().filter_map(|section| section.body()).for_each(|body| visit(&body.blocks, &mut see));
    book.notes.iter().for_each(|(_, note)| visit(&note.blocks, &mut see));
    (words, findings)
}

/// The letters and figures alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn suite(spec: &str) {
    let fence = "`".repeat(32);
    let (mut same, mut told, mut silent) = (0, 0, Vec::new());
    let begin = format!("{fence} example");
    let examples = spec.split(begin.as_str()).skip(1);
    for (number, example) in (1..).zip(examples) {
        let Some((_, body)) = example.split_once('\n') else { continue };
        let Some((body, _)) = body.split_once(&format!("\n{fence}")) else { continue };
        let (input, html) = body.split_once("\n.\n").or(body.split_once(".\n")).unwrap_or((body, ""));
        let (words, findings) = read(&input.replace('→', "\t"), "en-GB");
        if letters(&words) == letters(&plain(html)) {
            same += 1;
        } else if findings.is_empty() {
            silent.push(number);
        } else {
            told += 1;
        }
    }
    println!(
        "{} examples: {same} with the same words, {told} otherwise and told, {} silently otherwise: {silent:?}",
        same + told + silent.len(),
        silent.len()
    );
}

/// The words of HTML.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.replace('→', "\t").chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .into_iter()
        .fold(out, |out, (from, to)| out.replace(from, to))
}

/// The marks of a language: those of an outer quotation around those of an inner one.
fn marks_of(language: &str) -> Vec<char> {
    let marks = read("\"a 'b'\"", language).0;
    marks.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect()
}

/// A paragraph as a printer in London has it: single marks in place of double
/// ones. Those that have single marks already are passed over.
fn in_single_marks(paragraph: &str) -> String {
    let marks = |c| match c {
        '“' => '‘',
        '”' => '’',
        c => c,
    };
    if paragraph.contains('‘') { String::new() } else { paragraph.chars().map(marks).collect() }
}

/// A paragraph with the marks of another language: the opening double one, and the
/// closing one. Those with single marks or words without their beginning are passed over.
fn dressed(paragraph: &str, marks: &[char]) -> String {
    let begins = |pair: &[char]| pair[1] == '’' && !pair[0].is_alphanumeric();
    let all: Vec<char> = paragraph.chars().collect();
    if paragraph.contains('‘') || paragraph.starts_with('’') || all.windows(2).any(begins) {
        return String::new();
    }
    let (open, close) = (marks[0], marks[marks.len() - 1]);
    let marks = |c| match c {
        '“' => open,
        '”' => close,
        c => c,
    };
    all.into_iter().map(marks).collect()
}

/// Quotation marks and apostrophes as a keyboard has them; a low single mark is
/// one where the language has it.
fn straight(c: char, language: &str) -> char {
    match c {
        '‚' if language.starts_with("en") => c,
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‹' | '›' => '\'',
        c => c,
    }
}

/// A text with the language's own double marks in place of those that its printer had outside, »so« or “so”. A paragraph
/// that has two kinds of them has those of a quotation within one, which nobody types with the same sign: it is passed
/// over.
fn in_house_marks(text: &str, own: &[char]) -> String {
    const PAIRS: [(char, char); 5] = [('„', '”'), ('„', '“'), ('“', '”'), ('«', '»'), ('»', '«')];
    let begins = |sign: char| {
        let all: Vec<char> = text.chars().collect();
        all.windows(3).filter(|w| w[1] == sign && !w[0].is_alphanumeric() && w[2].is_alphabetic()).count()
    };
    let ends = |sign: char| text.matches(sign).count();
    let found = PAIRS.into_iter().max_by_key(|(open, close)| begins(*open).min(ends(*close)));
    let Some((open, close)) = found.filter(|(open, _)| begins(*open) > 0) else { return text.to_owned() };
    let pair = (own[0], own[own.len() - 1]);
    let is_double = |c: char| matches!(c, '„' | '“' | '”' | '«' | '»' | '"');
    let house = |paragraph: &str| {
        if paragraph.contains(|c: char| is_double(c) && c != open && c != close) {
            return String::new();
        }
        // the inner marks of that house are pointed as its outer ones are
        let (inner_open, inner_close) = if open == '»' { ('›', '‹') } else { ('‹', '›') };
        let has_inner = matches!(open, '»' | '«') && own.len() == 4;
        let mark = |c: char| match c {
            c if c == open => pair.0,
            c if c == close => pair.1,
            c if has_inner && c == inner_open => own[1],
            c if has_inner && c == inner_close => own[2],
            c => c,
        };
        paragraph.chars().map(mark).collect()
    };
    text.split("\n\n").map(house).collect::<Vec<_>>().join("\n\n")
}

/// Whether a double mark of a paragraph stands the wrong way round, `”Dobra nasza!`, `majd„ ő`, or, but in French, with
/// spaces on both sides: nobody could have typed it so.
fn is_turned(paragraph: &str, own: &[char], language: &str) -> bool {
    let [open, .., close] = own else { return false };
    if open == close {
        return false;
    }
    let all: Vec<char> = paragraph.chars().filter(|c| !matches!(c, '*' | '_')).collect();
    // the thin spaces between two marks are no mistake
    let blank = |c: char| matches!(c, ' ' | '\n' | '\u{a0}');
    let is_french = language.starts_with("fr");
    let first = usize::from(goes_on(paragraph, language));
    (first..all.len()).any(|at| {
        let before = at.checked_sub(1).map(|at| all[at]);
        let after = all.get(at + 1).copied();
        let behind_blank = before.is_some_and(blank) && !is_french
            || before.is_none_or(blank) && after.is_some_and(char::is_alphanumeric);
        let before_blank =
            after.is_some_and(blank) && !is_french || after.is_some_and(|c| matches!(c, '.' | ',' | ';'));
        all[at] == *open && before_blank || all[at] == *close && behind_blank
    })
}

/// Whether a paragraph goes on with a quotation, as Spanish and Catalan have it: with the closing mark.
fn goes_on(paragraph: &str, language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or("");
    matches!(primary, "es" | "ca" | "gl" | "ast") && paragraph.starts_with('»')
}

/// Compares the marks of a folder's texts with ours. With `houses` the marks of other printers are taken for the
/// language's own; what is dressed has English ones.
fn quotes(language: &str, folder: &Path, houses: bool, dress: impl Fn(&str) -> String) {
    let own = marks_of(language);
    let foreign = |c: char| straight(c, language) == '"' && c != '"' && !own.contains(&c);
    let (mut marks, mut wrong) = (0usize, BTreeMap::<String, usize>::new());
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "md" || e == "txt")) {
        let text = fs::read_to_string(path).unwrap();
        let text = text.replace('\r', "");
        let text = if houses { in_house_marks(&text, &own) } else { text };
        // what goes on over paragraphs is read together; a speech that goes on into one that is passed over is passed over
        let mut runs: Vec<Vec<String>> = vec![Vec::new()];
        // how many paragraphs at the end of the run have a speech that goes on
        let mut going_on = 0;
        // nor do headings and descriptions of pictures, which are attributes
        let heads = |paragraph: &&str| !paragraph.starts_with(['#', '>', '|', ' ', ':', '!']);
        for paragraph in text.split("\n\n").map(str::trim_end) {
            // code and what is set in as code say nothing
            let is_code = paragraph.contains(['`', '\t']) || paragraph.contains("\n    ");
            // nobody types the spaces that stand inside of guillemets
            let plain = paragraph
                .replace("« ", "«")
                .replace(" »", "»")
                .replace("«\u{a0}", "«")
                .replace("\u{a0}»", "»");
            let dressed = if is_code || !heads(&paragraph) { String::new() } else { dress(&plain) };
            // nor do marks of another language, nor those that nobody could have typed so
            // nor what a transcription has left straight, but for an apostrophe behind its letter
            let all: Vec<char> = dressed.chars().collect();
            let is_left = |pair: &[char]| pair[1] == '"' || pair[1] == '\'' && !pair[0].is_alphanumeric();
            let is_mixed =
                dressed.contains(['„', '“', '”', '‘', '‚', '«', '»']) && all.windows(2).any(is_left);
            let passed_over = dressed.contains(foreign)
                || is_mixed
                || is_turned(if houses { paragraph } else { &dressed }, &own, language);
            let dressed = if passed_over { String::new() } else { dressed };
            let Some(run) = runs.last_mut() else { continue };
            if !dressed.is_empty() {
                run.push(dressed);
                let first = usize::from(goes_on(&plain, language));
                let opens = plain.matches(['“', '„', '«']).count() + 2 * first;
                let is_open = opens > plain.matches(['”', '»']).count();
                going_on = if is_open { going_on + 1 } else { 0 };
                continue;
            }
            run.truncate(run.len() - going_on);
            if going_on == 0 && paragraph.starts_with(char::is_alphabetic) {
                // what stands below says that no speech goes on
                run.push("Below".to_owned());
            }
            runs.push(Vec::new());
            going_on = 0;
        }
        for paragraph in runs.into_iter().filter(|run| !run.is_empty()).map(|run| run.join("\n\n")) {
            let (human, _) = read(&paragraph, language);
            // nor does anybody type the hair space that parts two marks
            let typed = paragraph.chars().filter(|c| *c != '\u{200a}');
            let typed: String = typed.map(|c| straight(c, language)).collect();
            let (ours, _) = read(&typed, language);
            for (human, ours) in human.lines().zip(ours.lines()) {
                compare(human, ours, language, &mut marks, &mut wrong);
            }
        }
    }
    let count: usize = wrong.values().sum();
    println!("{marks} marks, {count} otherwise: {:.3} %", 100.0 - count as f64 * 100.0 / marks.max(1) as f64);
    wrong.iter().take(60).for_each(|(what, count)| println!("{count:5} {what}"));
}

/// Counts the marks of a paragraph, and those that are ours and not the human's.
fn compare(human: &str, ours: &str, language: &str, marks: &mut usize, wrong: &mut BTreeMap<String, usize>) {
    let strip = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let (human, ours) = (strip(human), strip(ours));
    if human.len() != ours.len() {
        return;
    }
    let pairs = human.iter().zip(&ours).enumerate();
    for (at, (theirs, mine)) in pairs.filter(|(_, (c, _))| straight(**c, language) != **c) {
        *marks += 1;
        if theirs != mine {
            let around: String = human[at.saturating_sub(12)..(at + 12).min(human.len())].iter().collect();
            *wrong.entry(format!("{theirs} became {mine}: {around}")).or_default() += 1;
        }
    }
}

fn findings(root: &Path) {
    let mut all = Vec::new();
    let project = project::load(root, &mut Vec::new()).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut all);
    all.extend(lint::check(&book, &project.sources.map));
    let mut words = 0;
    let mut see = |seen: Seen<'_>| {
        if let Seen::Words(text, _) = seen {
            words += text.words.split_whitespace().count();
        }
    };
    book.sections.iter().filter_map(|section| section.body()).for_each(|body| visit(&body.blocks, &mut see));
    let kinds = [
        "list-accident",
        "lines-joined",
        "mark-left",
        "mark-foreign",
        "mark-accident",
        "emphasis-literal",
        "remark-private",
        "code-unclosed",
    ];
    for kind in kinds {
        let count = all.iter().filter(|finding| finding.code.name() == kind).count();
        println!("{kind}: {count}");
    }
    println!("{words} words");
}
