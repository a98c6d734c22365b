//! Sets the manuscript again as the transcription has it: what the ledger holds
//! is woven into the text.

use super::ledger::{Held, Ledger, Splice, Track};
use super::reading::{Reading, Sign};
use super::tokens::{LOOSE, is_counted};
use std::iter::Peekable;
use std::slice;

/// The manuscript as the transcription would have it.
pub(super) fn set_again(files: &[String], ledger: &Ledger) -> String {
    let readings: Vec<Reading<'_>> = files.iter().map(|file| Reading::of(file)).collect();
    let setter = Setter { readings: &readings, ledger };
    let mut out = String::new();
    for (file, reading) in readings.iter().enumerate() {
        let empty = Track::default();
        let track = ledger.bodies.get(file).unwrap_or(&empty);
        replay(&reading.body, track, &mut out, &mut |of, label, part, out| setter.note(of, label, part, out));
        out.push('\n');
    }
    out
}

/// Sets notes where the transcription has them.
struct Setter<'m> {
    readings: &'m [Reading<'m>],
    ledger: &'m Ledger,
}

impl Setter<'_> {
    /// A part of the note of a file with that label; what frames a note stands
    /// with its first part.
    fn note(&self, file: usize, label: &str, part: usize, out: &mut String) {
        let (before, after) = if part == 0 { self.frame(file, label) } else { ("", "") };
        let text = self.readings.get(file).and_then(|reading| reading.notes.get(label));
        let tracks = self.ledger.notes.get(&(file, label.to_owned())).map_or(&[][..], Vec::as_slice);
        out.push_str(before);
        if let (Some(text), Some(track)) = (text, tracks.get(part)) {
            replay(&of_part(text, tracks, part), track, out, &mut |_, _, _, _| {});
        }
        if !after.is_empty() {
            out.push(LOOSE);
            out.push_str(after);
        }
    }

    /// What stands before and after the text of a note.
    fn frame(&self, file: usize, label: &str) -> (&str, &str) {
        self.ledger
            .openings
            .get(&(file, label.to_owned()))
            .map_or(("", ""), |(before, after)| (before, after))
    }
}

/// The passages of one part of a note; the last has all that is left.
fn of_part<'a>(text: &[Sign<'a>], tracks: &[Track], part: usize) -> Vec<Sign<'a>> {
    let before: usize = tracks[..part].iter().map(|t| t.length).sum();
    let last = part + 1 == tracks.len();
    let mut pieces = Vec::new();
    let mut at = 0;
    for sign in text {
        let Sign::Words(words) = sign else {
            if at >= before && (last || at < before + tracks[part].length) {
                pieces.push(*sign);
            }
            at += 1;
            continue;
        };
        let length = words.chars().filter(|c| is_counted(*c)).count();
        let place = |counted: usize| {
            let mut places = words.char_indices().filter(|(_, c)| is_counted(*c));
            places.nth(counted).map_or(words.len(), |(at, _)| at)
        };
        let from = if part == 0 || at > before { 0 } else { place(before - at) };
        let to = if last { words.len() } else { place((before + tracks[part].length).saturating_sub(at)) };
        if from < to {
            pieces.push(Sign::Words(&words[from..to]));
        }
        at += length;
    }
    pieces
}

/// Lays the splices into the text.
fn replay(text: &[Sign<'_>], track: &Track, out: &mut String, note: &mut Notes<'_>) {
    let mut calls = track.calls.iter();
    let mut replayer = Replayer { splices: track.splices.iter().peekable(), at: 0, skip: 0, out, note };
    replayer.lay();
    for sign in text {
        match sign {
            Sign::Words(words) => words.chars().for_each(|c| replayer.character(c)),
            Sign::Call(label) => {
                match calls.next() {
                    Some((wanted, literal)) if wanted == label => replayer.out.push_str(literal),
                    _ => replayer.out.push_str(&format!("[^{label}]")),
                }
                replayer.step();
            }
        }
    }
    replayer.lay_rest();
}

/// Writes a part of the note of a file with that label.
type Notes<'n> = dyn FnMut(usize, &str, usize, &mut String) + 'n;

/// The text on its way, with the splices that are still to come.
struct Replayer<'l, 'n> {
    splices: Peekable<slice::Iter<'l, Splice>>,
    /// How many counted characters have gone by.
    at: usize,
    /// How many of the manuscript's own go.
    skip: usize,
    out: &'l mut String,
    note: &'l mut Notes<'n>,
}

impl Replayer<'_, '_> {
    fn character(&mut self, c: char) {
        let counted = is_counted(c);
        if self.skip == 0 {
            self.out.push(c);
        } else if counted {
            self.skip -= 1;
        }
        if counted {
            self.step();
        }
    }

    fn step(&mut self) {
        self.at += 1;
        if self.splices.peek().is_some_and(|splice| splice.at <= self.at) {
            self.lay();
        }
    }

    /// Lays the splices that stand here or before.
    fn lay(&mut self) {
        while let Some(splice) = self.splices.next_if(|splice| splice.at <= self.at) {
            self.splice(splice);
        }
    }

    /// Lays those that are left: the text has come to its end.
    fn lay_rest(&mut self) {
        while let Some(splice) = self.splices.next() {
            self.splice(splice);
        }
    }

    fn splice(&mut self, splice: &Splice) {
        self.out.push_str(splice.seam);
        match &splice.held {
            Held::Literal(text) => self.out.push_str(text),
            Held::Note { file, label, part } => (self.note)(*file, label, *part, self.out),
        }
        self.out.push_str(splice.seam);
        self.skip += splice.skip;
    }
}
