//! Recovers a manuscript from a page-by-page transcription of an old edition.
//!
//! A list of small rules ([`rules`]) reads a line model; what they claim is
//! laid down as blocks, notes and gaps; then cut paragraphs are rejoined, block
//! quotes restored, notes matched with their calls, and the pages of the old
//! edition mapped. Every decision has evidence and a confidence, and the editor
//! may overrule it. On every run the written files are set again at the
//! recovered breaks and compared with the transcription, token by token
//! ([`proof`]): if that fails nothing is returned.

mod author_names;
mod bold_lines;
mod change;
mod chapter_numbers;
mod claim;
mod closers;
mod contents;
mod context;
mod corrections;
mod decisions;
mod decisions_file;
mod dialect;
mod document;
mod emit;
mod first_lines;
mod folded;
mod formulas;
mod front;
mod furniture;
mod heading;
mod hyphen;
mod inline;
mod join;
mod line;
mod mark;
mod marker_links;
mod model;
mod no_title;
mod notes;
mod numbered_paragraphs;
mod page_end;
mod page_fit;
mod page_row;
mod pages;
mod part_name;
mod picture;
mod plus_bold;
mod positions;
mod proof;
mod quote;
mod raised;
mod ranks;
mod report;
mod rules;
mod sidenote;
mod signs;
mod smart_quotes;
mod spaced_title;
mod spacing;
mod speaker;
mod suggestions;
mod survey;
mod tex_lines;
mod title_page;
mod tool_labels;
mod translate;
mod verse;
mod walk;
mod whitespace_table;
mod wikitext;

use crate::diag::{Checked, Code, Diagnostic, FileId, Span};
use crate::jobs;
use crate::spelling::Dictionary;
use decisions::Decisions;
pub use dialect::Dialect;
use front::{Front, Text};
pub use model::Number as PageNumber;
use model::{Draft, Join, Kind, Strange};
use pages::PageMap;
pub use positions::{Positions, Unreadable, has_positions, text_of as text_of_positions};
pub use signs::is_transcription;
use translate::Translation;

/// What to recover, and what the editor has said already.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The file name of the transcription.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its number, for findings.
    pub file: FileId,
    /// The `decisions.toml` of an earlier run, with the editor's words.
    pub decisions: Option<&'a str>,
    /// The `corrections.toml` of an earlier run, with the editor's approvals.
    pub corrections: Option<&'a str>,
    /// The editor's `book.toml`; it is never overwritten.
    pub book_toml: Option<&'a str>,
    /// Who wrote the transcription, when the editor says so.
    pub dialect: Option<Dialect>,
    /// The words of its language, when the editor names a dictionary.
    pub dictionary: Option<&'a Dictionary>,
}

/// A recovered manuscript: files to write, and what they hold.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// Paths within the book's folder, with their contents.
    pub files: Vec<(String, String)>,
    /// Counts for the closing table.
    pub summary: Summary,
    /// The dialect that the transcription was read in, and what speaks for it.
    pub dialect: String,
}

/// What was recovered, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Texts, each in its own file.
    pub texts: usize,
    /// Paragraphs of the texts, without quotes, list items and headings.
    pub paragraphs: usize,
    /// Paragraphs of block quotes.
    pub quotes: usize,
    /// Lists.
    pub lists: usize,
    /// Items of all lists.
    pub items: usize,
    /// Notes.
    pub notes: usize,
    /// Calls that lead to a note.
    pub calls: usize,
    /// Paragraphs set together again across the end of a page.
    pub rejoins: usize,
    /// Rejoins that drop a hyphen.
    pub dropped_hyphens: usize,
    /// Page ends that the transcription shows.
    pub certain_ends: usize,
    /// Page ends that are estimated.
    pub estimated_ends: usize,
    /// The first and the last page of the body, when any is known.
    pub pages: Option<(PageNumber, PageNumber)>,
    /// Tokens that the proof compared.
    pub tokens: usize,
    /// Lines left out as running heads and page numbers.
    pub furniture: usize,
    /// Decisions taken.
    pub decisions: usize,
    /// Decisions that an editor should look at.
    pub doubtful: usize,
    /// Corrections proposed.
    pub proposals: usize,
    /// Corrections approved and applied.
    pub corrected: usize,
}

/// The share of control characters above which a file is no text, in per cent.
const BINARY: usize = 2;

/// Recovers a manuscript. The value is `None` when there is no text or the
/// proof failed; the findings say why.
pub fn recover(request: &Request<'_>) -> Checked<Option<Recovered>> {
    let mut findings = Vec::new();
    let value = run(request, &mut findings);
    Checked { value, findings }
}

/// A transcription understood, before it is written.
struct Reading {
    draft: Draft,
    texts: Vec<Text>,
    front: Front,
    map: Option<PageMap>,
    decisions: Decisions,
    proposals: Vec<suggestions::Proposal>,
    editor: Vec<corrections::Correction>,
    corrected: usize,
    plans: Vec<emit::Plan>,
}

/// Translates the transcription from its dialect, recovers the manuscript, and puts the places of findings back.
fn run(request: &Request<'_>, findings: &mut Vec<Diagnostic>) -> Option<Recovered> {
    let whole = dialect::whole_marks(request.text);
    let choice = dialect_of(&line::lines(&whole), request.dialect);
    let translation = Translation::of(&whole, choice.dialect);
    if translation.restored() != whole {
        let message =
            format!("{} cannot be given back from its translation; nothing was written", request.name);
        findings.push(Diagnostic::new(Code::ImportProof, Span::new(request.file, 0, 0), message));
        return None;
    }
    let mut found = Vec::new();
    let inner = Request { text: &translation.text, ..*request };
    let recovered = recover_text(&inner, &choice, translation.changes(), &mut found);
    findings.extend(found.into_iter().map(|mut finding| {
        if let Some(span) = &mut finding.span {
            let at = |byte: u32| translation.source(byte as usize);
            *span = Span::new(span.file, at(span.start), at(span.end));
        }
        finding
    }));
    recovered
}

fn recover_text(
    request: &Request<'_>,
    choice: &dialect::Choice,
    changes: usize,
    findings: &mut Vec<Diagnostic>,
) -> Option<Recovered> {
    let mut reading = understand(request, choice, findings)?;
    if changes > 0 {
        reading.draft.parameters.push(("signs put into our notation", changes.to_string()));
    }
    let Reading { draft, texts, map, decisions, proposals, plans, .. } = &reading;
    let (sheets, ledger) = emit::write(draft, plans, map.as_ref());
    let markdown: Vec<String> = sheets.iter().map(|s| s.text.clone()).collect();
    let tokens = match proof::prove(request.text, &markdown, &ledger) {
        Ok(tokens) => tokens,
        Err(fault) => {
            findings.push(fault_finding(&fault, request.file));
            return None;
        }
    };
    report_shapes(draft, request.file, findings);
    report_map(map.as_ref(), texts, request, findings);
    decisions_file::report_orphans(decisions, findings);
    let counted = summary(draft, texts, map.as_ref(), tokens, decisions);
    let summary = Summary { proposals: proposals.len(), corrected: reading.corrected, ..counted };
    let import = report::Import {
        name: request.name,
        source: request.text,
        draft,
        map: map.as_ref(),
        decisions,
        proposals,
        summary: &summary,
    };
    let (shown, kept) = jobs::both(
        || report::write(&import),
        || {
            let decided = decisions_file::write(decisions, request.text, map.as_ref(), draft);
            (decided, corrections::write(proposals, &reading.editor))
        },
    );
    let mut files: Vec<(String, String)> = sheets.into_iter().map(|s| (s.name, s.text)).collect();
    files.push(("decisions.toml".into(), kept.0));
    files.push(("corrections.toml".into(), kept.1));
    files.push(("import-report.html".into(), shown));
    if request.book_toml.is_none() {
        files.push(("book.toml".into(), book_toml(&reading.front, plans, request.name)));
    }
    Some(Recovered { files, summary, dialect: choice.told() })
}

/// Reads the transcription and takes all decisions.
fn understand(
    request: &Request<'_>,
    choice: &dialect::Choice,
    findings: &mut Vec<Diagnostic>,
) -> Option<Reading> {
    let text = request.text;
    let empty = |message: String| {
        let first = text.chars().next().map_or(0, char::len_utf8);
        Diagnostic::new(Code::ImportEmpty, Span::new(request.file, 0, first), message)
    };
    if is_binary(text) {
        findings.push(empty(format!("{} is no text: it is full of control characters", request.name)));
        return None;
    }
    let lines = mark::fold(text, &line::lines(text));
    let mut decisions = Decisions::new(decisions_file::read(request.decisions, findings));
    let words = hyphen::Words::count(text);
    let mut draft = walk::walk(text, &lines, &words, choice, &mut decisions);
    if draft.blocks.is_empty() {
        findings.push(empty(format!("{} holds no running text", request.name)));
        return None;
    }
    ranks::unite(&mut draft);
    ranks::even(&mut draft);
    let mut texts = front::texts(&draft);
    let front = front::read(&mut draft, text, &mut texts);
    join::join(&mut draft, &words, &mut decisions);
    quote::restore(&mut draft, &mut decisions);
    notes::match_calls(&mut draft, request.file, findings);
    let extents: Vec<_> = texts.iter().map(Text::extent).collect();
    let map = pages::map(&mut draft, &extents, &mut decisions);
    smart_quotes::set(&mut draft, front.language);
    let ranges: Vec<(usize, usize)> = texts.iter().map(|t| (t.from, t.to)).collect();
    let proposals = suggestions::all(&draft, &ranges, request.dictionary);
    let editor = corrections::read(request.corrections, findings);
    let corrected = corrections::apply(&mut draft, &editor, findings);
    let plans = plans(&draft, &texts);
    notes::label(&mut draft, &file_of(&plans));
    Some(Reading { draft, texts, front, map, decisions, proposals, editor, corrected, plans })
}

/// The dialect that the editor names, or else the one that the text speaks.
fn dialect_of(lines: &[line::Line<'_>], named: Option<Dialect>) -> dialect::Choice {
    let chosen = dialect::choose(lines, survey::is_markdown(lines));
    match named {
        Some(dialect) => dialect::Choice { dialect, evidence: "the editor says so".into(), ..chosen },
        None => chosen,
    }
}

fn is_binary(text: &str) -> bool {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let strange = text.chars().filter(|c| control(*c) || *c == '\u{fffd}').count();
    strange * 100 > text.len() * BINARY && strange > 8
}

fn fault_finding(fault: &proof::Fault, file: FileId) -> Diagnostic {
    let show = |t: &str| if t.is_empty() { "the end".to_owned() } else { format!("“{t}”") };
    let (wanted, found) = (show(&fault.wanted), show(&fault.found));
    let message =
        format!("the transcription has {wanted} here, the recovered manuscript {found}; nothing was written");
    let span = Span::new(file, fault.at, fault.at + fault.wanted.len());
    Diagnostic::new(Code::ImportProof, span, message)
        .hint("this is a fault of the importer; please report it with the transcription")
}

/// The files: one for the front matter that a made page can't hold, one for each text.
fn plans(draft: &Draft, texts: &[Text]) -> Vec<emit::Plan> {
    let mut plans = Vec::new();
    let first = texts.first().map_or(draft.blocks.len(), |t| t.from);
    plans.extend(front_plans(draft, first));
    let width = texts.len().to_string().len().max(2);
    for (index, text) in texts.iter().enumerate() {
        let slug = front::slug(&text.title);
        let slug = if slug.is_empty() { "text".to_owned() } else { slug };
        plans.push(emit::Plan {
            name: format!("{:0width$}-{slug}.md", index + 1),
            from: text.from,
            to: text.to,
            front: false,
        });
    }
    plans
}

/// The files of the matter before the first text: of a typed one its dedication and its epigraph are files of their own, when
/// each is one passage; all else is the imprint.
fn front_plans(draft: &Draft, first: usize) -> Vec<emit::Plan> {
    let plan =
        |name: &str, from: usize, to: usize| emit::Plan { name: format!("{name}.md"), from, to, front: true };
    let kind = |at: usize| title_page::kind(&draft.blocks[at].plain()).unwrap_or("imprint");
    let mut runs: Vec<emit::Plan> = Vec::new();
    for at in 0..first {
        match runs.last_mut().filter(|run| run.name == format!("{}.md", kind(at))) {
            Some(run) => run.to = at + 1,
            None => runs.push(plan(kind(at), at, at + 1)),
        }
    }
    let mut names: Vec<&str> = runs.iter().map(|run| run.name.as_str()).collect();
    names.sort_unstable();
    let once = names.windows(2).all(|pair| pair[0] != pair[1]);
    if once && front::is_typed(draft) || runs.is_empty() { runs } else { vec![plan("imprint", 0, first)] }
}

fn file_of(plans: &[emit::Plan]) -> Vec<usize> {
    plans.iter().enumerate().flat_map(|(file, plan)| std::iter::repeat_n(file, plan.to - plan.from)).collect()
}

fn report_shapes(draft: &Draft, file: FileId, findings: &mut Vec<Diagnostic>) {
    if let Some((at, end)) = draft.sidenotes.first() {
        let message = match draft.sidenotes.len() {
            1 => "a note of the old margin became a line in strong type above its paragraph".to_owned(),
            all => {
                format!("{all} notes of the old margin became lines in strong type above their paragraphs")
            }
        };
        findings.push(Diagnostic::new(Code::ImportSidenotes, Span::new(file, *at, *end), message));
    }
    for Strange { at, end, what } in &draft.strange {
        let message = format!("{what} came through as it stood");
        findings.push(Diagnostic::new(Code::ImportShape, Span::new(file, *at, *end), message));
    }
}

/// Findings where the page map and the contents disagree.
fn report_map(map: Option<&PageMap>, texts: &[Text], request: &Request<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(map) = map else { return };
    for (text, pages) in texts.iter().zip(&map.texts) {
        let count = (pages.last + 1).saturating_sub(pages.first);
        if let Some(given) = pages.given.filter(|n| *n != count) {
            let span = Span::new(request.file, 0, 0);
            let message =
                format!("“{}” has {given} pages in the contents, but {count} were found", text.title);
            findings.push(Diagnostic::new(Code::ImportPages, span, message));
        }
    }
}

fn summary(
    draft: &Draft,
    texts: &[Text],
    map: Option<&PageMap>,
    tokens: usize,
    decisions: &Decisions,
) -> Summary {
    let first = texts.first().map_or(0, |t| t.from);
    let whole = |i: &usize| draft.gaps[*i].join == Join::Apart || *i == first;
    let count = |test: &dyn Fn(&Kind) -> bool| {
        (first..draft.blocks.len()).filter(whole).filter(|i| test(&draft.blocks[*i].kind)).count()
    };
    let item = |k: &Kind| matches!(k, Kind::Item(_));
    let opens = |i: &usize| item(&draft.blocks[*i].kind) && (*i == 0 || !draft.blocks[*i - 1].runs_list());
    let rejoined = |g: &&model::Gap| g.join != Join::Apart && g.inside.is_none();
    let ends = map.map_or(&[][..], |m| &m.ends);
    let calls = draft.blocks.iter().flat_map(|b| &b.inlines);
    Summary {
        texts: texts.len(),
        paragraphs: count(&|k| *k == Kind::Paragraph),
        quotes: count(&|k| *k == Kind::Quote),
        lists: (first..draft.blocks.len()).filter(opens).count(),
        items: count(&item),
        notes: draft.notes.len(),
        calls: calls.filter(|i| matches!(i, model::Inline::Call { note: Some(_), .. })).count(),
        rejoins: draft.gaps.iter().filter(rejoined).count(),
        dropped_hyphens: draft.gaps.iter().filter(|g| g.join == Join::Dehyphenated).count(),
        certain_ends: ends.iter().filter(|e| e.certain).count(),
        estimated_ends: ends.iter().filter(|e| !e.certain).count(),
        pages: ends.first().zip(ends.last()).map(|(first, last)| (first.page, last.page)),
        tokens,
        furniture: draft.furniture.len(),
        decisions: decisions.all.len(),
        doubtful: decisions.all.iter().filter(|d| d.is_doubtful()).count(),
        proposals: 0,
        corrected: 0,
    }
}

/// A `book.toml` for an editor to go on from.
fn book_toml(front: &Front, plans: &[emit::Plan], name: &str) -> String {
    let quoted = |s: &str| toml::Value::String(s.to_owned()).to_string();
    let fallback = name.rsplit('/').next().and_then(|n| n.split('.').next()).unwrap_or("book");
    let title = quoted(front.title.as_deref().unwrap_or(fallback));
    let mut out = format!("title = {title}\n");
    if let Some(subtitle) = &front.subtitle {
        out.push_str(&format!("subtitle = {}\n", quoted(subtitle)));
    }
    out.push_str(&format!("language = \"{}\"\n", front.language));
    if let Some(date) = &front.date {
        out.push_str(&format!("date = {}\n", quoted(date)));
    }
    if let Some(author) = &front.author {
        out.push_str(&format!("\n[[contributor]]\nname = {}\nrole = \"aut\"\n", quoted(author)));
    }
    if let Some(publisher) = &front.publisher {
        out.push_str(&format!("\n[publisher]\nname = {}\n", quoted(publisher)));
    }
    out.push_str(&format!("\n[source]\ntitle = {title}\n"));
    if let Some(date) = &front.date {
        out.push_str(&format!("date = {}\n", quoted(date)));
    }
    let named = |front: bool| plans.iter().filter(move |p| p.front == front).map(|p| quoted(&p.name));
    let imprint = plans.iter().any(|p| p.name == "imprint.md");
    let made = ["half-title", "title-page", "imprint"].map(quoted);
    let made = made.into_iter().take(if imprint { 2 } else { 3 });
    let front: Vec<String> = made.chain(named(true)).chain([quoted("contents")]).collect();
    let body: Vec<String> = named(false).collect();
    let (front, body) = (front.join(", "), body.join(", "));
    out.push_str(&format!("\n[matter]\nfront = [{front}]\nbody = [{body}]\nback = [\"colophon\"]\n"));
    out.push_str("\n[style]\nname = \"pamphlet\"\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceMap;

    const SAMPLE: &str = "# The Mill<sup>1</sup>\n\nThe mill stood by the wa-\n\n---\n\n1 A *note* on it.\n\nter, and it turned.\n\n\
        1. One.\n\n2. Two.\n\nHe said:\n\nNever sell water.<sup>2</sup>\n\n---\n\n2 Ibid.\n\nThe end.\n";

    /// Every word of the manuscript, deleted or doubled between import and proof, is missed or found too many.
    #[test]
    fn the_proof_catches_every_lost_and_every_doubled_word() {
        let mut map = SourceMap::default();
        let file = map.add("sample", SAMPLE);
        let request = Request {
            name: "sample",
            text: SAMPLE,
            file,
            decisions: None,
            corrections: None,
            book_toml: None,
            dialect: None,
            dictionary: None,
        };
        let choice = dialect::Choice::default();
        let choice = dialect::Choice { dialect: Dialect::Markdown, ..choice };
        let reading = understand(&request, &choice, &mut Vec::new()).expect("a readable sample");
        let (sheets, ledger) = emit::write(&reading.draft, &reading.plans, reading.map.as_ref());
        let files: Vec<String> = sheets.into_iter().map(|s| s.text).collect();
        proof::prove(SAMPLE, &files, &ledger).expect("the sample is proved");
        let whole = &files[0];
        let mut mutants = 0;
        let words = whole.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        for word in words {
            let at = word.as_ptr() as usize - whole.as_ptr() as usize;
            let inside = |open: &str, close: &str| {
                whole[..at].rfind(open).is_some_and(|o| !whole[o..at].contains(close))
            };
            if inside("<!--", "-->") {
                continue;
            }
            let (before, after) = (&whole[..at], &whole[at + word.len()..]);
            for mutant in [format!("{before}{after}"), format!("{before}{word} {word}{after}")] {
                assert!(proof::prove(SAMPLE, &[mutant], &ledger).is_err(), "{word} at {at}");
                mutants += 1;
            }
        }
        assert!(mutants > 50, "{mutants}");
    }
}
