//! Folders of Markdown that other tools make books of. The Markdown stays as its author
//! typed it; what another tool reads otherwise is rewritten, edit by edit ([`edits`]), and
//! what our own parser would refuse afterwards is kept as plain words ([`plain`]).

mod attribute_lines;
mod attribute_list;
mod braces;
mod callouts;
mod chapter;
mod chunks;
mod definitions;
mod edits;
mod exercises;
mod fenced_boxes;
mod figure_divisions;
mod formats;
mod front_matter;
mod headings;
mod ids;
mod implicit;
mod includes;
mod indented;
mod index_marks;
mod kramdown_tables;
mod labels;
mod linked_notes;
mod links;
mod liquid;
mod lone_marks;
mod mask;
mod nested_fences;
mod numbered;
mod passes;
mod plain;
mod preformatted;
mod proof;
mod shortcodes;
mod single;
mod spans;
mod table_cells;
mod tags;
mod tex_blocks;
mod tex_chapter;
mod tex_signs;
mod tex_tables;
mod tex_words;
mod theorems;
mod wikilinks;

use super::Converted;
use super::layout::{self, Item, Layout, Place, Plan};
use super::prove::Parsed;
use super::report::{self, Report, Row};
use super::scripts;
use super::settings::Value;
use super::style;
use super::tree::{Tree, ends_with};
use crate::diag::{Code, Diagnostic, counted};
use crate::file_names::slug;
use crate::terms::guess;
use chapter::Chapter;
use edits::{Edits, Log};
use links::Places;
use passes::Passes;
use std::collections::{BTreeMap, BTreeSet};

/// Brings in one file that holds the whole book; pictures and included files lie beside it.
pub(super) fn read_file(name: &str, around: &Tree<'_>, findings: &mut Vec<Diagnostic>) -> Option<Converted> {
    let mut plan = Plan::new(Layout::File, super::tree::folder_of(name));
    plan.items.push(Item::chapter(name));
    finished(around, plan, findings)
}

/// Brings in a folder, or says why it holds no book.
pub(super) fn read(tree: &Tree<'_>, findings: &mut Vec<Diagnostic>) -> Option<Converted> {
    let plan = match layout::plan(tree) {
        Ok(plan) => plan,
        Err(why) => {
            let message = format!("{} {why}", tree.name);
            findings.push(Diagnostic::new(Code::ImportKind, None, message));
            return None;
        }
    };
    finished(tree, plan, findings)
}

/// The book of a plan.
fn finished(tree: &Tree<'_>, mut plan: Plan, findings: &mut Vec<Diagnostic>) -> Option<Converted> {
    let mut log = Log::new();
    let not_restored = || {
        let message =
            format!("{} could not be rewritten so that it can be given back; nothing was written", tree.name);
        Diagnostic::new(Code::ImportProof, None, message)
            .hint("this is a fault of the importer; please report it with the source")
    };
    let texts = plan.items.iter().filter_map(|item| match item {
        Item::Chapter { path, .. } => Some(path.clone()),
        Item::Part(_) => None,
    });
    let taken: BTreeSet<String> = texts.collect();
    let parted = parted(tree, &mut plan, &mut log);
    let Some(texts) = parted else {
        findings.push(not_restored());
        return None;
    };
    let read =
        |path: &str| texts.get(path).map(|text| text.clone().into_bytes()).or_else(|| (tree.read)(path));
    let paths = tree.paths.iter().chain(texts.keys()).cloned().collect();
    let taken = taken.into_iter().chain(texts.keys().cloned()).collect();
    let tree = &Tree { name: tree.name.clone(), paths, read: &read };
    let (missing, dropped) = (Vec::new(), Vec::new());
    let of_other_formats = Vec::new();
    let mut work = Work { tree, plan, log, missing, of_other_formats, taken, dropped, used: BTreeMap::new() };
    let named = work.plan.missing.clone();
    (work.of_other_formats, work.missing) = named.into_iter().partition(|path| tree.has(path));
    match work.chapters() {
        Some(chapters) => Some(work.finish(chapters, findings)),
        None => {
            findings.push(not_restored());
            None
        }
    }
}

/// Parts a book that is one file into its chapters, which then stand in the plan; none when that
/// cannot be undone. The texts have paths beside the file, so that what they name is found.
fn parted(tree: &Tree<'_>, plan: &mut Plan, log: &mut Log) -> Option<BTreeMap<String, String>> {
    let [Item::Chapter { path, .. }] = plan.items.as_slice() else { return Some(BTreeMap::new()) };
    let path = path.clone();
    if !matches!(plan.layout, Layout::Plain | Layout::Pandoc | Layout::File) {
        return Some(BTreeMap::new());
    }
    let text = tree.text(&path)?;
    let mut edits = Edits::of(&text);
    let said = front_matter::take(&mut edits);
    let text = edits.finish(log)?;
    if let Some(said) = &said {
        plan.meta.take(said);
        plan.meta.keep_other(said);
    }
    let pieces = single::split(&text, log)?;
    if pieces.texts.len() > 1 {
        plan.meta.title = plan.meta.title.take().or(pieces.title);
        let author = pieces.author.filter(|_| plan.meta.people.is_empty());
        plan.meta.people.extend(author.map(|name| (name, "aut".to_owned())));
    }
    let folder = super::tree::folder_of(&path).to_owned();
    plan.items.clear();
    let mut texts = BTreeMap::new();
    let is_whole = pieces.texts.len() == 1 && plan.layout != Layout::File;
    for (name, text) in pieces.texts {
        let path = if is_whole { path.clone() } else { super::tree::joined(&folder, &name) };
        plan.items.push(Item::chapter(path.clone()));
        texts.insert(path, text);
    }
    Some(texts)
}

struct Work<'t> {
    tree: &'t Tree<'t>,
    plan: Plan,
    log: Log,
    /// Files that are named and not there.
    missing: Vec<String>,
    /// Chapters that are there and are no Markdown.
    of_other_formats: Vec<String>,
    /// Files of the source that came in as texts, or within them.
    taken: BTreeSet<String>,
    /// Words that a rewriting took away and should not have, each with its text.
    dropped: Vec<String>,
    /// Pictures that are used, with their names in the new book.
    used: BTreeMap<String, String>,
}

impl Work<'_> {
    /// All texts, rewritten; none when a text cannot be given back.
    fn chapters(&mut self) -> Option<Vec<Chapter>> {
        let mut chapters = Vec::new();
        let mut taken = BTreeSet::new();
        for (number, item) in self.plan.items.clone().into_iter().enumerate() {
            match item {
                Item::Part(title) => {
                    let name = format!("part-{}-{}.md", number + 1, slug(&title));
                    let title_line = format!("# {} {{.part}}\n", title.replace(['{', '}', '<', '>'], ""));
                    chapters.push(Chapter {
                        path: String::new(),
                        name,
                        title: None,
                        depth: 0,
                        place: Place::Body,
                        text: title_line,
                        is_part: true,
                    });
                }
                Item::Chapter { path, title, depth, place } => {
                    let Some(text) = self.tree.text(&path) else { continue };
                    let name = new_name(&path, &self.plan.root, &mut taken);
                    let is_part = self.plan.part_texts.contains(&path);
                    let mut chapter = Chapter { path, name, title, depth, place, text, is_part };
                    self.first_passes(&mut chapter)?;
                    chapters.push(chapter);
                }
            }
        }
        self.last_passes(&mut chapters)?;
        Some(chapters)
    }

    /// What can be done to a text by itself.
    fn first_passes(&mut self, chapter: &mut Chapter) -> Option<()> {
        if layout::is_tex(&chapter.path) {
            self.of_tex(chapter)?;
        }
        let mut edits = Edits::of(&chapter.text);
        let said = front_matter::take(&mut edits);
        chapter.text = edits.finish(&mut self.log)?;
        if let Some(said) = said {
            self.take(chapter, &said);
        }
        if self.plan.layout == Layout::Softcover && !layout::is_tex(&chapter.path) {
            let mut edits = Edits::of(&chapter.text);
            nested_fences::nested_fences(&mut edits);
            chapter.text = edits.finish(&mut self.log)?;
        }
        if matches!(self.plan.layout, Layout::Leanpub | Layout::Softcover) {
            let mut edits = Edits::of(&chapter.text);
            includes::titled_code(&mut edits, self.tree, &chapter.path, &mut self.taken);
            chapter.text = edits.finish(&mut self.log)?;
        }
        if self.plan.layout == Layout::GitBook {
            let mut edits = Edits::of(&chapter.text);
            includes::imported_code(&mut edits, self.tree, &chapter.path, &mut self.taken);
            chapter.text = edits.finish(&mut self.log)?;
        }
        if chapter.text.contains("<pre") {
            let mut edits = Edits::of(&chapter.text);
            preformatted::preformatted(&mut edits);
            chapter.text = edits.finish(&mut self.log)?;
        }
        for _ in 0..6 {
            let mut edits = Edits::of(&chapter.text);
            if matches!(self.plan.layout, Layout::Bookdown | Layout::Quarto) {
                let found = (&mut self.taken, &mut self.missing);
                includes::children(&mut edits, self.tree, &chapter.path, found);
            }
            let found = (&mut self.taken, &mut self.missing);
            includes::includes(&mut edits, self.tree, &chapter.path, found);
            let next = edits.finish(&mut self.log)?;
            if next == chapter.text || next.len() > crate::bounds::TEXT.count() {
                break;
            }
            chapter.text = next;
        }
        Some(())
    }

    /// A chapter in TeX becomes one in Markdown, in which all else that it says is read like that of the others.
    fn of_tex(&mut self, chapter: &mut Chapter) -> Option<()> {
        let mut passes = Passes::of(std::mem::take(&mut chapter.text));
        passes.tex_chapter()?;
        let name = &chapter.name;
        let dropped = proof::dropped(&passes.source, &passes.text, &passes.log);
        self.dropped.extend(dropped.into_iter().map(|word| format!("{name}: {word}")));
        edits::add(&mut self.log, passes.log);
        chapter.text = passes.text;
        Some(())
    }

    /// What a text's front matter says of it, or of the book.
    fn take(&mut self, chapter: &mut Chapter, said: &Value) {
        let is_book = matches!(self.plan.layout, Layout::Pandoc | Layout::Plain)
            && self.plan.meta.title.is_none()
            && self.plan.items.len() <= 1
            || said.text("author").is_some() && self.plan.meta.title.is_none();
        if is_book {
            self.plan.meta.take(said);
        }
        let own = said.text("title").or_else(|| said.text("linkTitle")).map(str::to_owned);
        let is_the_books = own.is_some() && own == self.plan.meta.title && is_book;
        if chapter.title.is_none() && !is_the_books {
            chapter.title = own;
        }
        self.plan.meta.keep_other(said);
    }

    /// What needs to know all texts: first what becomes of their marks, then where everything lies that they name.
    fn last_passes(&mut self, chapters: &mut [Chapter]) -> Option<()> {
        let layout = self.plan.layout;
        let texts: BTreeMap<String, String> =
            chapters.iter().map(|c| (c.path.clone(), c.name.clone())).collect();
        let (tree, root) = (self.tree, self.plan.root.clone());
        let is_vault = chapters.iter().any(|chapter| wikilinks::has_wikilinks(&chapter.text));
        if is_vault {
            name_notes(chapters);
        }
        let names = wikilinks::Names::of(self.tree.paths.iter(), &texts);
        let by_words =
            implicit::Headings::of(chapters.iter().map(|c| (c.name.as_str(), c.text.as_str())), layout);
        let nowhere = BTreeMap::new();
        let places = Places { tree, root: &root, texts: &texts, ids: &nowhere };
        let referred: BTreeSet<String> = chapters.iter().flat_map(|c| ids::referred(&c.text)).collect();
        let words = chapters.iter().map(|chapter| chapter.text.as_str());
        self.plan.meta.language = self.plan.meta.language.take().or_else(|| guess(words).map(str::to_owned));
        let book = self.plan.meta.title.clone();
        let said = liquid::Said::of(tree, &root);
        let mut rewritten = Vec::new();
        for chapter in chapters.iter_mut() {
            let mut passes = Passes::of(std::mem::take(&mut chapter.text));
            if !chapter.path.is_empty() {
                let vault = is_vault.then_some((&places, &names));
                passes.marks(chapter, layout, (&referred, book.as_deref(), &said), vault)?;
            }
            chapter.text.clone_from(&passes.text);
            rewritten.push(passes);
        }
        let places_of = places_of_ids(chapters);
        let places = Places { ids: &places_of, ..places };
        for (chapter, mut passes) in chapters.iter_mut().zip(rewritten) {
            if chapter.path.is_empty() {
                continue;
            }
            let found = (&mut self.used, &mut self.missing);
            passes.places(chapter, &places, &by_words, found)?;
            let name = &chapter.name;
            let dropped = proof::dropped(&passes.source, &passes.text, &passes.log);
            self.dropped.extend(dropped.into_iter().map(|word| format!("{name}: {word}")));
            edits::add(&mut self.log, passes.log);
            chapter.text = passes.text;
        }
        numbered::number(chapters, self.plan.meta.language.as_deref(), &mut self.log)
    }

    /// The files of the book.
    fn finish(mut self, chapters: Vec<Chapter>, findings: &mut Vec<Diagnostic>) -> Converted {
        let mut texts: Vec<(String, String)> =
            chapters.iter().map(|c| (c.name.clone(), c.text.clone())).collect();
        let pictures: Vec<String> = self.used.values().cloned().collect();
        let language = self.plan.meta.language.as_deref();
        findings.extend(plain::keep_words(&mut texts, &pictures, language, &mut self.log));
        let lists = [Place::Front, Place::Body, Place::Back].map(|place| {
            chapters.iter().filter(|c| c.place == place).map(|c| c.name.clone()).collect::<Vec<_>>()
        });
        if let Some(cover) = self.plan.cover.clone().filter(|cover| !ends_with(cover, ".svg")) {
            let inside = cover
                .strip_prefix(&self.plan.root)
                .map_or(cover.as_str(), |rest| rest.trim_start_matches('/'))
                .to_owned();
            self.plan.meta.cover = Some(inside.clone());
            self.used.insert(cover, inside);
        }
        if self.plan.layout == Layout::GitBook && self.plan.meta.title.is_none() {
            self.plan.meta.title =
                chapters.iter().find_map(|chapter| headings::title_of_book(chapter, &self.plan.root));
        }
        let is_file = self.plan.layout == Layout::File;
        let fallback = if is_file { super::tree::stem(&self.tree.name) } else { &self.tree.name };
        let parsed = super::prove::parse(&texts, &pictures, self.plan.meta.language.as_deref());
        let style = if self.plan.layout.makes_manuals() { style::MANUAL } else { style::of(&parsed.book) };
        self.plan.meta.needs_other_faces =
            scripts::needs_other_faces(texts.iter().map(|(_, text)| text.as_str()));
        let toml = self.plan.meta.book_toml([&lists[0], &lists[1], &lists[2]], style, fallback);
        tell_other_formats(&self.of_other_formats, findings);
        tell(&self.missing, findings);
        let (count, kind) = (texts.len(), self.plan.layout.name());
        let (words, unread) = self.read_back(&texts, &parsed);
        tell_unread(&unread, findings);
        let left = self.left_out();
        let report = self.report(&texts, words, &unread, &left);
        let mut files: Vec<(String, Vec<u8>)> =
            texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        files.push(("book.toml".into(), toml.into_bytes()));
        files.push(("import-report.html".into(), report::write(&report).into_bytes()));
        let edits: usize = self.log.values().map(|done| done.count).sum();
        for (from, to) in &self.used {
            files.extend(self.tree.bytes(from).map(|bytes| (to.clone(), bytes)));
        }
        let mut told = format!(
            "brought in {} and {} of {kind}: {} rewritten, all else as its author typed it; {}\n",
            counted(count, "text"),
            counted(self.used.len(), "picture"),
            counted(edits, "passage"),
            if unread.is_empty() {
                format!("all {} read", counted(words, "word"))
            } else {
                format!("{} of {} not read", unread.len(), counted(words, "word"))
            }
        );
        told.push_str(&told_left(&left));
        told.push_str(&style.told());
        Converted { files, told }
    }

    /// The texts in Markdown that lie in the folder and are not in the book, save the lists of its order.
    fn left_out(&self) -> Vec<String> {
        if self.plan.layout == Layout::File {
            return Vec::new();
        }
        let is_list = |path: &str| {
            path.rsplit('/').next().is_some_and(|name| matches!(name, "SUMMARY.md" | "_sidebar.md"))
        };
        let lies = self.tree.paths.iter().filter(|path| layout::is_markdown(path));
        lies.filter(|path| !self.taken.contains(*path) && !is_list(path)).cloned().collect()
    }

    /// Reads the texts with our own parser: how many words they have, and which of them it does not find, or were lost
    /// before it, each with its text.
    fn read_back(&self, texts: &[(String, String)], parsed: &Parsed) -> (usize, Vec<String>) {
        let (mut words, mut unread) = (0, self.dropped.clone());
        for (name, text) in texts {
            let (count, lost) = proof::unread(text, parsed, name);
            words += count;
            unread.extend(lost.into_iter().map(|word| format!("{name}: {word}")));
        }
        (words, unread)
    }

    fn report(&self, texts: &[(String, String)], words: usize, unread: &[String], out: &[String]) -> Report {
        let row = |(what, done): (&&'static str, &edits::Done)| Row {
            what: (*what).to_owned(),
            count: done.count,
            examples: done.examples.clone(),
        };
        let gone = |(what, done): (&&'static str, &edits::Done)| Row {
            what: format!("words that went with {what}"),
            count: done.left_out.len(),
            examples: vec![done.left_out.join(" ")],
        };
        let mut left: Vec<Row> = self.log.iter().map(gone).filter(|row| row.count > 0).collect();
        if !unread.is_empty() {
            left.push(Row {
                what: "words of the source that are lost, or that our parser does not read".into(),
                count: unread.len(),
                examples: unread.to_vec(),
            });
        }
        if !out.is_empty() {
            left.push(Row {
                what: "files of Markdown that are about the folder, or that no list of texts names".into(),
                count: out.len(),
                examples: out.to_vec(),
            });
        }
        if !self.of_other_formats.is_empty() {
            left.push(Row {
                what: "chapters of a format that is not read, whose words are not in the book".into(),
                count: self.of_other_formats.len(),
                examples: self.of_other_formats.clone(),
            });
        }
        if !self.missing.is_empty() {
            left.push(Row {
                what: "files that are named and not there".into(),
                count: self.missing.len(),
                examples: self.missing.clone(),
            });
        }
        Report {
            name: self.tree.name.clone(),
            kind: format!("a book of {}", self.plan.layout.name()),
            summary: format!(
                "Texts: {}. Pictures: {}. Each text is the source, byte for byte, but for the passages below; undoing them gave back the source. Our own parser read the texts back: {}.",
                texts.len(),
                self.used.len(),
                if unread.is_empty() {
                    format!("all {words} words are there")
                } else {
                    "words that it does not read are listed below".to_owned()
                }
            ),
            turned: self.log.iter().map(row).collect(),
            left,
            other: self.plan.meta.other.clone(),
            texts: texts.to_vec(),
        }
    }
}

/// The new name of the text in which each id stands.
fn places_of_ids(chapters: &[Chapter]) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    for chapter in chapters {
        for id in ids::ids(&chapter.text) {
            places.entry(id).or_insert_with(|| chapter.name.clone());
        }
    }
    places
}

/// Gives the notes of a vault their names as titles, where nothing else says one.
fn name_notes(chapters: &mut [Chapter]) {
    for chapter in chapters.iter_mut().filter(|chapter| chapter.title.is_none()) {
        chapter.title = Some(super::tree::stem(&chapter.path).to_owned()).filter(|title| !title.is_empty());
    }
}

/// Says which files of Markdown were left out: the first of them, and how many more.
fn told_left(left: &[String]) -> String {
    const NAMED: usize = 5;
    if left.is_empty() {
        return String::new();
    }
    let named = left.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = left.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more, which the report names") } else { String::new() };
    format!("  left out: {named}{more}\n")
}

fn tell_unread(unread: &[String], findings: &mut Vec<Diagnostic>) {
    let Some(first) = unread.first() else { return };
    let message = format!(
        "{} words of the source are lost, or stand in the texts and are not read; the first is `{first}`",
        unread.len()
    );
    findings.push(
        Diagnostic::new(Code::ImportUnread, None, message)
            .hint("the report lists them: look at their places in the texts"),
    );
}

/// Tells of chapters that lie in the source and are no Markdown.
fn tell_other_formats(chapters: &[String], findings: &mut Vec<Diagnostic>) {
    let Some(first) = chapters.first() else { return };
    let message = match chapters.len() - 1 {
        0 => format!("`{first}` is of a format that is not read: its words are not in the book"),
        more => format!(
            "`{first}` and {more} more are of a format that is not read: their words are not in the book"
        ),
    };
    let stem = first.rsplit_once('.').map_or(first.as_str(), |(stem, _)| stem);
    let hint = format!(
        "make Markdown of it (`pandoc {first} -o {stem}.md`), name that in the list of chapters, and import again"
    );
    findings.push(Diagnostic::new(Code::ImportMissing, None, message).hint(hint));
}

fn tell(missing: &[String], findings: &mut Vec<Diagnostic>) {
    let Some(first) = missing.first() else { return };
    let more = missing.len() - 1;
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let message = format!("the source names a file that is not in it: `{first}`{more}");
    findings.push(
        Diagnostic::new(Code::ImportMissing, None, message)
            .hint("the report lists them; their words stay in the text"),
    );
}

/// The name of a text in the new book: where it lay, with the ending of Markdown.
fn new_name(path: &str, root: &str, taken: &mut BTreeSet<String>) -> String {
    let inside = path.strip_prefix(root).map_or(path, |rest| rest.trim_start_matches('/'));
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let (folder, own) = stem.rsplit_once('/').map_or(("", stem), |(folder, own)| (folder, own));
    let own = match own.to_lowercase().as_str() {
        // the first page of a site is no index of a book
        "index" => "start".to_owned(),
        // these names are those of pages that a book makes, or of ranks
        "contents" | "cover" | "title-page" | "half-title" | "imprint" | "blank" | "notes" | "part"
        | "volume" => {
            format!("{own}-text")
        }
        _ => own.to_owned(),
    };
    let stem = &super::tree::joined(folder, &own);
    let mut name = format!("{stem}.md");
    let mut times = 1;
    while !taken.insert(name.to_lowercase()) {
        times += 1;
        name = format!("{stem}-{times}.md");
    }
    name
}
