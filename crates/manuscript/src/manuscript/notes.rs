//! Which call leads to which note, and the notes' numbers.
//!
//! Numbers follow the order of first calls. A note that is called inside
//! another one follows that one at once, as a reader meets it.

use super::parsed::ParsedText;
use super::raw::{self, CallSite, InlineKind};
use super::visit::{Met, visit};
use crate::book::{Note, NoteId, NoteRef, Notes, SectionId, Stream};
use crate::diag::{Code, Diagnostic, FileId, Span};
use std::collections::BTreeMap;

/// What was found about a book's notes.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    /// The notes in order, their texts still empty.
    pub(super) notes: Notes,
    /// For each note: its part, and its place among the part's definitions.
    pub(super) origins: Vec<(usize, usize)>,
    /// What each call calls; none when it must not.
    calls: Vec<Option<NoteRef>>,
    /// The notes by file and label.
    pub(super) by_label: BTreeMap<(FileId, String), NoteId>,
}

impl Numbered {
    /// What the call at a site calls; none when it must not.
    pub(super) fn called_at(&self, site: CallSite) -> Option<NoteRef> {
        self.calls.get(site.0).copied().flatten()
    }
}

/// One definition and the calls inside it.
struct Definition {
    part: usize,
    index: usize,
    calls: std::ops::Range<usize>,
    id: Option<NoteId>,
    /// Its text is being walked just now.
    open: bool,
}

/// One call: the file where it stands, its label and place.
struct Site {
    file: FileId,
    label: String,
    span: Span,
}

/// Numbers all notes of a book.
pub(super) fn number(parts: &mut [ParsedText], findings: &mut Vec<Diagnostic>) -> Numbered {
    let mut sites = Vec::new();
    let mut definitions = Vec::new();
    let mut known = BTreeMap::new();
    let mut bodies = Vec::new();
    for (part, ParsedText { text, file, .. }) in parts.iter_mut().enumerate() {
        let file = *file;
        let from = sites.len();
        gather(&mut text.blocks, file, &mut sites);
        bodies.push(from..sites.len());
        for (index, note) in text.notes.iter_mut().enumerate() {
            let from = sites.len();
            gather(&mut note.blocks, file, &mut sites);
            let definition = Definition { part, index, calls: from..sites.len(), id: None, open: false };
            let key = (file, note.label.clone());
            if known.contains_key(&key) {
                let message = format!("the note `[^{}]` is written twice in this file", note.label);
                let hint = "the first text counts; give this one another label or delete it";
                findings.push(Diagnostic::new(Code::NoteDuplicate, note.span, message).hint(hint));
                continue;
            }
            known.insert(key, definitions.len());
            definitions.push(definition);
        }
    }
    let mut walk =
        Walk { parts, sites, definitions, known, out: Numbered::default(), counts: BTreeMap::new() };
    walk.out.calls = vec![None; walk.sites.len()];
    for (part, body) in bodies.into_iter().enumerate() {
        walk.follow(part, body, findings);
    }
    walk.unused(findings);
    walk.finish()
}

/// Numbers the calls in `blocks`, in reading order.
fn gather(blocks: &mut [raw::Block], file: FileId, sites: &mut Vec<Site>) {
    visit(blocks, &mut |met| {
        let Met::Inline(inline) = met else { return };
        if let InlineKind::Note { label, site } = &mut inline.kind {
            *site = Some(CallSite(sites.len()));
            sites.push(Site { file, label: label.clone(), span: inline.span });
        }
    });
}

/// A call of a note that does not exist.
pub(super) fn unknown(label: &str, span: Span) -> Diagnostic {
    let message = format!("there is no note `[^{label}]` in this file");
    let hint = format!("write its text as a paragraph of its own: [^{label}]: …");
    Diagnostic::new(Code::NoteUnknown, span, message).hint(hint)
}

struct Walk<'a> {
    parts: &'a [ParsedText],
    sites: Vec<Site>,
    definitions: Vec<Definition>,
    known: BTreeMap<(FileId, String), usize>,
    out: Numbered,
    /// The last number given: by stream through the book, and by section and stream.
    counts: BTreeMap<(Option<SectionId>, Stream), u32>,
}

impl Walk<'_> {
    /// Follows the calls of a body, and those inside each note that is new.
    fn follow(&mut self, part: usize, body: std::ops::Range<usize>, findings: &mut Vec<Diagnostic>) {
        let section = self.parts[part].section;
        let mut stack = vec![(body, None)];
        while let Some((calls, owner)) = stack.last_mut() {
            let Some(site) = calls.next() else {
                if let Some(owner) = *owner {
                    let definition: &mut Definition = &mut self.definitions[owner];
                    definition.open = false;
                }
                stack.pop();
                continue;
            };
            let Some(&target) = self.known.get(&(self.sites[site].file, self.sites[site].label.clone()))
            else {
                findings.push(unknown(&self.sites[site].label, self.sites[site].span));
                continue;
            };
            if self.definitions[target].open {
                let message = format!("the note `[^{}]` calls itself", self.sites[site].label);
                let hint = "take this call out of the note's text, or of the notes that it calls";
                findings
                    .push(Diagnostic::new(Code::NoteRecursive, self.sites[site].span, message).hint(hint));
                continue;
            }
            let known = self.definitions[target].id;
            let id = known.unwrap_or_else(|| self.define(target, section));
            if known.is_none() {
                self.definitions[target].open = true;
                stack.push((self.definitions[target].calls.clone(), Some(target)));
            }
            let note = self.out.notes.get_mut(id);
            self.out.calls[site] = Some(NoteRef { note: id, call: note.calls });
            note.calls += 1;
        }
    }

    fn define(&mut self, target: usize, section: SectionId) -> NoteId {
        let definition = &mut self.definitions[target];
        let raw = &self.parts[definition.part].text.notes[definition.index];
        let stream = if raw.label.starts_with("ed:") { Stream::Editor } else { Stream::Author };
        let mut next = |section| {
            let count = self.counts.entry((section, stream)).or_default();
            *count += 1;
            *count
        };
        let note = Note {
            stream,
            number: next(None),
            number_in_text: next(Some(section)),
            label: raw.label.clone(),
            section,
            calls: 0,
            blocks: Vec::new(),
            span: raw.span,
        };
        let id = self.out.notes.define(note);
        definition.id = Some(id);
        self.out.origins.push((definition.part, definition.index));
        id
    }

    fn unused(&self, findings: &mut Vec<Diagnostic>) {
        for definition in self.definitions.iter().filter(|definition| definition.id.is_none()) {
            let raw = &self.parts[definition.part].text.notes[definition.index];
            let message = format!("the note `[^{}]` is never called: its text is not in the book", raw.label);
            let hint = format!("put `[^{}]` where it belongs in the text, or delete the note", raw.label);
            findings.push(Diagnostic::new(Code::NoteUnused, raw.span, message).hint(hint));
        }
    }

    fn finish(mut self) -> Numbered {
        for (key, index) in self.known {
            if let Some(id) = self.definitions[index].id {
                self.out.by_label.insert(key, id);
            }
        }
        self.out
    }
}
