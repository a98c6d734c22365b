//! Initials and abbreviations: stops and spaces as the text has them elsewhere.

use super::counts::Counts;
use super::forms::{Form, Run, runs};
use super::found::{Found, MANY, Suspicion};
use super::view::View;

/// Looks at one paragraph.
pub(super) fn look(view: &View, counts: &Counts<'_>, found: &mut Found) {
    for run in runs(&view.plain) {
        abbreviation(view, &run, counts, found);
    }
    lone(view, found);
}

/// The form that the same letters have nearly always, or that initials have in this text.
fn abbreviation(view: &View, run: &Run, counts: &Counts<'_>, found: &mut Found) {
    let own = counts.form(&run.letters, run.form);
    let rival = [Form::Tight, Form::Spaced, Form::Bare]
        .into_iter()
        .filter(|f| *f != run.form)
        .map(|f| (f, counts.form(&run.letters, f)))
        .max_by_key(|(_, n)| *n);
    let was = &view.plain[run.at..run.end];
    if let Some((form, times)) = rival.filter(|(_, n)| *n >= MANY && own * MANY <= *n) {
        let (now, rule) = (written(&run.letters, form), if run.name { "initials" } else { "abbreviation" });
        let reason = format!("written “{now}” {times} times in this text");
        found.add(view, run.at, Suspicion { rule, was, now: Some(&now), reason, confidence: 85 });
    } else if run.form == Form::Tight
        && run.name
        && run.letters.len() == 2
        && !counts.abbreviates(&run.letters)
        && counts.spaced >= MANY
        && counts.tight * MANY <= counts.spaced
    {
        let now = written(&run.letters, Form::Spaced);
        let reason = format!("initials are parted {} times in this text", counts.spaced);
        found.add(view, run.at, Suspicion { rule: "initials", was, now: Some(&now), reason, confidence: 85 });
    }
}

/// The letters in a form.
fn written(letters: &str, form: Form) -> String {
    let between = if form == Form::Spaced { " " } else { "" };
    let stop = if form == Form::Bare { "" } else { "." };
    letters.chars().map(|c| format!("{c}{stop}")).collect::<Vec<_>>().join(between)
}

/// An initial without its stop before one that has it: `A N. Miller`.
fn lone(view: &View, found: &mut Found) {
    let bytes = view.plain.as_bytes();
    for at in 0..bytes.len().saturating_sub(6) {
        let lone = bytes[at].is_ascii_uppercase()
            && bytes[at + 1] == b' '
            && bytes[at + 2].is_ascii_uppercase()
            && bytes[at + 3] == b'.';
        let start = at == 0 || bytes[at - 1] == b' ' && at > 1 && !bytes[at - 2].is_ascii_lowercase();
        if lone && start && bytes[at + 4] == b' ' && bytes[at + 5].is_ascii_uppercase() && bytes[at] != b'I' {
            let was = &view.plain[at..at + 4];
            let now = format!("{}.{}", &was[..1], &was[1..]);
            let reason = "an initial without its stop".into();
            found.add(view, at, Suspicion { rule: "initials", was, now: Some(&now), reason, confidence: 88 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;

    #[test]
    fn stops_and_spaces_of_initials() {
        let states = "the U.S. fleet, the U.S. army, the U.S. flag, the U.S. coast";
        for (text, wanted) in [
            ("A. B. Mill, C. D. Mill, E. F. Mill, G. H. Mill and I.J. Mill", vec!["I.J.>I. J."]),
            ("of A N. Miller", vec![]),
            ("by “Ann,” A N. Miller", vec!["A N.>A. N."]),
            (&format!("{states} and the U. S. Ambassador"), vec!["U. S.>U.S."]),
            (&format!("{states} and US troops"), vec!["US>U.S."]),
            (&format!("{states} and the NATO"), vec![]),
            ("the U.S. fleet, the US army and the U. S. flag", vec![]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
