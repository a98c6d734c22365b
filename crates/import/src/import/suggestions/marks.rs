//! Marks: quotations that do not balance, ellipses and dashes spaced unlike
//! the others of the text, full stops that are lost or on the wrong side.

use super::counts::Counts;
use super::forms::{Spacing, ellipses};
use super::found::{Found, MANY, Suspicion};
use super::tokens::tokens;
use super::view::View;

/// How often a stop must stand on one side of closing marks before the single other case is suspected.
const ALWAYS: u32 = 10;
/// From how many letters on a word with a stop is hardly an abbreviation.
const WHOLE: usize = 6;
/// How far a passage between two dashes may reach, in bytes.
const ASIDE: usize = 60;

/// Looks at one paragraph.
pub(super) fn look(view: &View, counts: &Counts<'_>, found: &mut Found) {
    ellipsis(view, counts, found);
    dashes(view, found);
    stops(view, counts, found);
    stray_stops(view, found);
    lost_stops(view, counts, found);
}

/// Looks at the quotations of a whole text: marks that open without closing, or close without opening.
pub(super) fn quotations(views: &[&View], found: &mut Found) {
    for (index, view) in views.iter().enumerate().filter(|(_, v)| v.balanced) {
        // A quotation of several paragraphs opens each of them and closes the last.
        let runs_on = views.get(index + 1).is_some_and(|v| v.plain.starts_with('“'));
        quotation(view, runs_on, found);
    }
}

fn quotation(view: &View, runs_on: bool, found: &mut Found) {
    // German closes with the mark that opens elsewhere.
    if view.plain.contains(['„', '«', '»']) {
        return;
    }
    let mut open: Option<usize> = None;
    for (at, c) in view.plain.char_indices() {
        match (c, open) {
            ('“', None) => open = Some(at),
            ('“', Some(before)) => {
                unbalanced(view, before, "opens here, and another opens before it closes", found);
                open = Some(at);
            }
            ('”', Some(_)) => open = None,
            ('”', None) => unbalanced(view, at, "closes here, and none was open", found),
            _ => {}
        }
    }
    if let Some(at) = open.filter(|_| !runs_on) {
        unbalanced(view, at, "opens here and never closes in the paragraph", found);
    }
}

fn unbalanced(view: &View, at: usize, what: &str, found: &mut Found) {
    let was = &view.plain[at..at + '“'.len_utf8()];
    let reason = format!("a quotation {what}");
    found.add(view, at, Suspicion { rule: "quotation-marks", was, now: None, reason, confidence: 80 });
}

fn ellipsis(view: &View, counts: &Counts<'_>, found: &mut Found) {
    for (passage, spacing) in ellipses(&view.plain) {
        let own = counts.ellipses.get(&spacing).copied().unwrap_or(0);
        let rival = counts.ellipses.iter().filter(|(s, _)| **s != spacing).max_by_key(|(_, n)| **n);
        let Some((usual, times)) = rival.filter(|(_, n)| own == 1 && **n >= MANY) else { continue };
        let dots = passage.trim();
        let now = match usual {
            Spacing::Both => format!(" {dots} "),
            Spacing::After => format!("{dots} "),
            Spacing::None => dots.to_owned(),
        };
        let reason = format!("ellipses are spaced in another way {times} times in this text");
        // The words at both sides show the editor what white space alone cannot.
        let at = passage.as_ptr() as usize - view.plain.as_ptr() as usize;
        let from = view.plain[..at].rfind(' ').map_or(0, |i| i + 1);
        let word = &view.plain[from..at];
        let was = &view.plain[from..at + passage.len()];
        let now = format!("{word}{now}");
        found.add(view, from, Suspicion { rule: "ellipsis", was, now: Some(&now), reason, confidence: 70 });
    }
}

/// A dash with white space before it but none after; with it the hyphen that ends the aside.
fn dashes(view: &View, found: &mut Found) {
    let text = &view.plain;
    let word = |c: char| c.is_alphabetic();
    for (at, dash) in text.match_indices(['—', '–']) {
        let (before, after) = (&text[..at], &text[at + dash.len()..]);
        if !before.ends_with(' ') || !before.trim_end().ends_with(word) || !after.starts_with(word) {
            continue;
        }
        let from = before.trim_end().len();
        let aside =
            after[..after.floor_char_boundary(ASIDE)].find("- ").filter(|i| after[..*i].ends_with(word));
        let (end, now) = match aside {
            Some(hyphen) => (at + dash.len() + hyphen + 2, format!("—{}—", &after[..hyphen])),
            None => (at + dash.len(), "—".to_owned()),
        };
        let was = &text[from..end];
        let reason = "a dash with white space at one side only".into();
        found.add(view, from, Suspicion { rule: "dash", was, now: Some(&now), reason, confidence: 75 });
    }
}

/// A full stop after a closing mark where the text else always has it before.
fn stops(view: &View, counts: &Counts<'_>, found: &mut Found) {
    let (after, before) = counts.stops;
    if after != 1 || before < ALWAYS {
        return;
    }
    for (at, was) in view.plain.match_indices("”.") {
        let reason = format!("the stop stands before the closing mark {before} times in this text");
        found.add(view, at, Suspicion { rule: "stop", was, now: Some(".”"), reason, confidence: 70 });
    }
}

/// A full stop after a whole word with which the sentence does not end.
fn stray_stops(view: &View, found: &mut Found) {
    for ((at, word), (next, follower)) in view.tokens().zip(view.tokens().skip(1)) {
        let parted = view.plain[at + word.len()..next] == *". " && follower.starts_with(char::is_lowercase);
        if parted && word.chars().count() >= WHOLE && word.chars().all(char::is_alphabetic) {
            let was = &view.plain[at..=at + word.len()];
            let reason = "the sentence goes on with a small letter".into();
            found.add(view, at, Suspicion { rule: "stop", was, now: Some(word), reason, confidence: 70 });
        }
    }
}

/// A new sentence without a stop before it: after a note's call, or in brackets of its own.
fn lost_stops(view: &View, counts: &Counts<'_>, found: &mut Found) {
    if !view.balanced {
        return;
    }
    for at in view.calls.iter().copied() {
        let (before, after) = (&view.plain[..at], &view.plain[at..]);
        let closed = before.strip_suffix('”').unwrap_or(before);
        if closed.ends_with(char::is_alphanumeric)
            && after.strip_prefix(' ').is_some_and(|r| begins_sentence(r, counts))
        {
            let from = before.rfind(' ').map_or(0, |i| i + 1);
            let was = &before[from..];
            let outside = counts.stops.0 >= counts.stops.1 || closed.len() == before.len();
            let now = if outside {
                format!("{was}.")
            } else {
                format!("{}.”", &closed[from.min(closed.len())..])
            };
            lost(view, from, was, &now, "a sentence begins after the call, without a stop before it", found);
        }
    }
    for (at, _) in view.plain.match_indices(" (") {
        let rest = &view.plain[at + 2..];
        let own = rest.find(')').is_some_and(|i| rest[..i].ends_with(['.', '!', '?']));
        if own && view.plain[..at].ends_with(char::is_alphanumeric) && begins_sentence(rest, counts) {
            let from = view.plain[..at].rfind(' ').map_or(0, |i| i + 1);
            let was = &view.plain[from..at];
            let now = format!("{was}.");
            lost(view, from, was, &now, "a sentence in brackets follows, without a stop before it", found);
        }
    }
}

fn lost(view: &View, at: usize, was: &str, now: &str, what: &str, found: &mut Found) {
    found.add(view, at, Suspicion { rule: "stop", was, now: Some(now), reason: what.into(), confidence: 75 });
}

/// Whether the passage begins with a capital that a common word has only at the head of a sentence.
fn begins_sentence(text: &str, counts: &Counts<'_>) -> bool {
    let first = tokens(text).next().filter(|(at, _)| *at == 0).map_or("", |(_, token)| token);
    first.starts_with(char::is_uppercase) && counts.all(&first.to_lowercase()) >= MANY
}

#[cfg(test)]
mod tests {
    use super::super::shown;

    #[test]
    fn marks_are_compared_with_the_same_text() {
        let dots = "a ... b ... c ... d ... e and";
        let inside = "“A.” ".repeat(10);
        for (text, wanted) in [
            ("so” he said", vec!["”>?"]),
            ("by “Ann, he said", vec!["“>?"]),
            (&format!("{dots} so... not"), vec!["so... >so ... "]),
            ("a ... b and c... d", vec![]),
            ("the men –to the last man- and all", vec![" –to the last man- >—to the last man—"]),
            ("the men —and all", vec![" —>—"]),
            ("the men — and all – of them, 1905–1912", vec![]),
            (&format!("{inside}“B”. C"), vec!["”.>.”"]),
            ("it and it and it and it; “the mill”^ It fell", vec!["mill”>mill”."]),
            ("it and it and it and it; the mill (It fell.) went", vec!["mill>mill."]),
            ("it and it and it and it; the mill (Its fall) went", vec![]),
            ("of Miller and Walker. in June, approx. 3, etc. and so on", vec!["Walker.>Walker"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
