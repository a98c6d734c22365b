//! What our own parser would refuse, kept as the words that it is: the sign that it stumbles
//! over gets a backslash. So every book that was brought in can be built.

use super::edits::Log;
use crate::convert::prove;
use crate::diag::Severity;
use std::collections::BTreeSet;

/// So often the texts are parsed again. Every round takes the first errors away, and what is
/// left then is told of by the build.
const ROUNDS: usize = 8;

/// Escapes what is refused, in all texts.
pub(super) fn keep_words(
    texts: &mut [(String, String)],
    pictures: &[String],
    language: Option<&str>,
    log: &mut Log,
) {
    for _ in 0..ROUNDS {
        let parsed = prove::parse(texts, pictures, language);
        let mut places: BTreeSet<(String, usize)> = BTreeSet::new();
        for finding in parsed.findings.iter().filter(|finding| finding.severity == Severity::Error) {
            let Some(span) = finding.span else { continue };
            let file = parsed.map.file(span.file);
            places.insert((file.name.clone(), span.start as usize));
        }
        let mut changed = false;
        for (name, text) in texts.iter_mut() {
            let here: Vec<usize> =
                places.iter().filter(|(file, _)| file == name).map(|(_, at)| *at).collect();
            for at in here.into_iter().rev() {
                let sign = text.get(at..).and_then(|rest| rest.chars().next());
                if sign.is_some_and(|sign| sign.is_ascii_punctuation()) && !text[..at].ends_with('\\') {
                    let done = log.entry("signs that another tool reads, kept as they are").or_default();
                    done.one_more(|| text[at..].lines().next().unwrap_or("").chars().take(60).collect());
                    text.insert(at, '\\');
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}
