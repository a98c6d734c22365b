//! What our own parser would refuse, kept as the words that it is: the sign that it stumbles
//! over gets a backslash. So every book that was brought in can be built.

use super::edits::Log;
use super::mask::near;
use crate::convert::prove;
use crate::diag::{Code, Diagnostic, Severity};
use std::collections::BTreeSet;

/// So often the texts are parsed again. Every round takes the first errors away, and what is
/// left then is told of by the build.
const ROUNDS: usize = 8;

/// Escapes what is refused, in all texts; the finding that says so.
pub(super) fn keep_words(
    texts: &mut [(String, String)],
    pictures: &[String],
    language: Option<&str>,
    log: &mut Log,
) -> Option<Diagnostic> {
    let mut kept: Vec<String> = Vec::new();
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
                if let Some((from, to, worded)) = worded(text, at) {
                    let done = log.entry(WORDED).or_default();
                    done.one_more(|| format!("{} → {worded}", &text[from..to]));
                    text.replace_range(from..to, &worded);
                    changed = true;
                } else if sign.is_some_and(|sign| sign.is_ascii_punctuation()) && !text[..at].ends_with('\\')
                {
                    let done = log.entry("signs that another tool reads, kept as they are").or_default();
                    let line: String = text[at..].lines().next().unwrap_or("").chars().take(60).collect();
                    kept.push(format!(
                        "`{}` in {name}",
                        line.chars().take(24).collect::<String>().trim_end()
                    ));
                    done.one_more(|| line);
                    text.insert(at, '\\');
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    told(&kept)
}

/// Says which marks of another tool are printed as they stand.
fn told(kept: &[String]) -> Option<Diagnostic> {
    let first = kept.first()?;
    let more = if kept.len() > 1 { format!(", and {} more", kept.len() - 1) } else { String::new() };
    let message =
        format!("no book can have what this stands for, and it is printed as it stands: {first}{more}");
    let hint = "look at the places with a backslash before such a sign; the report shows the first of them";
    Some(Diagnostic::new(Code::ImportLeft, None, message).hint(hint))
}

const WORDED: &str = "references to places without a name, which the words before them lead to";

/// A reference without words, `Listing [](#x)`, that is refused since its place has no words to give: the word before it
/// leads there, or the name of the place. Where it begins and ends, and what stands there then.
fn worded(text: &str, at: usize) -> Option<(usize, usize, String)> {
    let target = near(text.get(at..)?.strip_prefix("[](")?).split_once(')')?.0;
    let (_, id) = target.split_once('#')?;
    let end = at + "[](".len() + target.len() + 1;
    // the quotation marks are those of a title, which the place has none of
    let is_quoted = text[..at].ends_with('"') && text[end..].starts_with('"');
    let (at, end) = if is_quoted { (at - 1, end + 1) } else { (at, end) };
    let spaced = text[..at].trim_end_matches([' ', '\u{a0}']);
    let word = spaced.len() - spaced.trim_end_matches(char::is_alphanumeric).len();
    let has_word = word > 0 && spaced.len() < at;
    let (from, words) =
        if has_word { (spaced.len() - word, &spaced[spaced.len() - word..]) } else { (at, id) };
    Some((from, end, format!("[{words}]({target})")))
}
