//! Notes and their calls.

use super::model::{Draft, Inline};
use crate::diag::{Code, Diagnostic, FileId, Span};
use std::collections::BTreeMap;

/// Where a call stands: block, inline (or note, paragraph, inline).
#[derive(Clone, Copy)]
struct Call {
    block: usize,
    inline: usize,
    at: usize,
}

/// Gives every call its note. A note takes the last call of its number before it, or else the next after it.
pub(super) fn match_calls(draft: &mut Draft, file: FileId, findings: &mut Vec<Diagnostic>) {
    let mut open: BTreeMap<String, Vec<Call>> = BTreeMap::new();
    for (block, content) in draft.blocks.iter().enumerate() {
        for (inline, part) in content.inlines.iter().enumerate() {
            if let Inline::Call { number, at, .. } = part {
                open.entry(number.clone()).or_default().push(Call { block, inline, at: *at });
            }
        }
    }
    for index in 0..draft.notes.len() {
        let note = &draft.notes[index];
        let own = note.called_at.and_then(|at| take(&mut open, &note.number, at));
        if let Some(call) = own {
            draft.notes[index].called = true;
            set(draft, call, index);
        }
    }
    for index in 0..draft.notes.len() {
        if draft.notes[index].called {
            continue;
        }
        let Some(call) = pick(&mut open, draft, index) else { continue };
        draft.notes[index].called = true;
        set(draft, call, index);
    }
    second_calls(draft, &open);
    report(draft, file, findings);
}

/// The call of `number` at byte `at`.
fn take(open: &mut BTreeMap<String, Vec<Call>>, number: &str, at: usize) -> Option<Call> {
    let calls = open.get_mut(number)?;
    let index = calls.iter().position(|c| c.at == at)?;
    Some(calls.remove(index))
}

/// The call of a note: the nearest before it, or the first after it. Where several notes of its number stand together, as
/// when letters begin anew after Z, they are called in their order.
fn pick(open: &mut BTreeMap<String, Vec<Call>>, draft: &Draft, index: usize) -> Option<Call> {
    let note = &draft.notes[index];
    let calls = open.get_mut(&note.number)?;
    let together = draft.notes[index..].iter().take_while(|n| n.gap == note.gap);
    let alike = together.filter(|n| n.number == note.number && !n.called).count();
    let before = calls.partition_point(|c| c.at < note.at);
    (!calls.is_empty()).then(|| calls.remove(before.saturating_sub(alike.max(1))))
}

fn set(draft: &mut Draft, call: Call, index: usize) {
    if let Some(Inline::Call { note, .. }) = draft.blocks[call.block].inlines.get_mut(call.inline) {
        *note = Some(index);
    }
}

/// Calls left over go to the nearest note of their number: it is called twice.
fn second_calls(draft: &mut Draft, open: &BTreeMap<String, Vec<Call>>) {
    let mut by_number: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, note) in draft.notes.iter().enumerate().filter(|(_, n)| n.called) {
        by_number.entry(note.number.clone()).or_default().push((note.at, index));
    }
    for (number, calls) in open {
        let Some(notes) = by_number.get(number) else { continue };
        for call in calls {
            let after = notes.partition_point(|n| n.0 < call.at);
            let near = notes.get(after).or_else(|| notes.last());
            if let Some((_, index)) = near {
                set(draft, *call, *index);
            }
        }
    }
}

/// Calls without notes, notes without calls.
fn report(draft: &Draft, file: FileId, findings: &mut Vec<Diagnostic>) {
    for block in &draft.blocks {
        for inline in &block.inlines {
            if let Inline::Call { number, literal, note: None, at } = inline {
                let span = Span::new(file, *at, at + literal.len());
                let message = format!("the call of note {number} has no note");
                findings.push(Diagnostic::new(Code::ImportCallAlone, span, message));
            }
        }
    }
    for note in draft.notes.iter().filter(|n| !n.called) {
        let span = Span::new(file, note.at, note.end);
        let message = format!("note {} is called nowhere", note.number);
        findings.push(Diagnostic::new(Code::ImportNoteAlone, span, message));
    }
}

/// Labels every note so that labels are unique in its file: its number, or its number and a letter.
pub(super) fn label(draft: &mut Draft, file_of: &[usize]) {
    let mut taken: BTreeMap<(usize, String), u32> = BTreeMap::new();
    place(draft, file_of);
    for note in &mut draft.notes {
        let file = note.file.unwrap_or(0);
        let sign = |c: char| match c {
            ':' => '-',
            c if c.is_alphanumeric() || c == '-' => c,
            _ => 'x',
        };
        let number: String = note.number.chars().map(sign).collect();
        let times = taken.entry((file, number.clone())).or_insert(0u32);
        *times += 1;
        note.label = if *times == 1 { number } else { format!("{number}-{times}") };
    }
}

/// The file of a note is the file of its call; without one, of the block before it.
fn place(draft: &mut Draft, file_of: &[usize]) {
    for index in 0..draft.notes.len() {
        let gap = draft.notes[index].gap;
        draft.notes[index].file = file_of.get(gap.saturating_sub(1)).copied().or(Some(0));
    }
    for (block, content) in draft.blocks.iter().enumerate() {
        for inline in &content.inlines {
            if let Inline::Call { note: Some(index), .. } = inline
                && let Some(file) = file_of.get(block)
            {
                draft.notes[*index].file = Some(*file);
            }
        }
    }
}
