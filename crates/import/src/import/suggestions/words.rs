//! Words: doubled, with a capital that they have nowhere else, compounds and
//! names that are written in another way everywhere else.

use super::counts::{Counts, LONG};
use super::found::{Found, MANY, Suspicion};
use super::tokens::inside;
use super::view::View;

/// How often a small word must stand before its capital after a comma is suspected.
const COMMON: u32 = 8;

/// Words that may well stand twice in a row.
const MAY_DOUBLE: [&str; 4] = ["that", "had", "very", "is"];

/// Words after which a capital may well name one certain thing.
const BEFORE_NAMES: [&str; 16] =
    ["the", "a", "an", "of", "and", "der", "die", "das", "von", "und", "le", "la", "les", "de", "et", "del"];

/// Months that are common words too.
const MONTHS: [&str; 3] = ["March", "May", "August"];

/// Articles: two different ones in a row are one too many.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Looks at one paragraph.
pub(super) fn look(view: &View, counts: &Counts<'_>, found: &mut Found) {
    doubled(view, found);
    for (at, token) in view.tokens() {
        capital(view, at, token, counts, found);
        if let Some((form, times)) = rival(token, counts) {
            let reason = format!("written “{form}” {times} times in this text");
            let now = Some(form.as_str());
            found.add(view, at, Suspicion { rule: "compound", was: token, now, reason, confidence: 70 });
        }
        if let Some((name, times)) = near_name(token, counts) {
            let reason = format!("one letter from “{name}”, which stands {times} times in this text");
            let now = Some(name.as_str());
            found.add(view, at, Suspicion { rule: "name", was: token, now, reason, confidence: 70 });
        }
    }
}

fn doubled(view: &View, found: &mut Found) {
    let mut before: Option<(usize, &str)> = None;
    for (at, token) in view.tokens() {
        let Some((start, last)) = before.replace((at, token)) else { continue };
        if view.plain[start + last.len()..at] != *" " {
            continue;
        }
        let was = &view.plain[start..at + token.len()];
        if last == token && token.chars().all(char::is_lowercase) && !MAY_DOUBLE.contains(&token) {
            let reason = "the same word twice in a row".into();
            let now = Some(token);
            found.add(view, start, Suspicion { rule: "doubled-word", was, now, reason, confidence: 85 });
        } else if ARTICLES.contains(&last) && ARTICLES.contains(&token) {
            let reason = "two articles in a row".into();
            found.add(
                view,
                start,
                Suspicion { rule: "doubled-word", was, now: None, reason, confidence: 80 },
            );
        }
    }
}

/// A capital in mid-sentence that the word has hardly anywhere else.
fn capital(view: &View, at: usize, token: &str, counts: &Counts<'_>, found: &mut Found) {
    let capital = token.starts_with(char::is_uppercase)
        && token.chars().skip(1).all(char::is_lowercase)
        && token.len() > 1
        && !MONTHS.contains(&token)
        && view.balanced;
    if !capital {
        return;
    }
    let lower = token.to_lowercase();
    let (small, large) = (counts.all(&lower), counts.all(token));
    let rare = || small >= 2 * large && !in_title(&view.plain, at, at + token.len());
    let after_small = token.len() > 2
        && inside(&view.plain, at)
        && !after_any(&view.plain, at, &BEFORE_NAMES)
        && counts.inner(token) == 1
        && small >= 2;
    let (reason, confidence) = if after_small && rare() {
        (format!("a capital in mid-sentence; {small} times with a small letter in this text"), 75)
    } else if small >= COMMON && after_comma(&view.plain, at) && !before_name(&view.plain, at + token.len()) {
        (format!("a capital after a comma; {small} times with a small letter in this text"), 70)
    } else {
        return;
    };
    let now = Some(lower.as_str());
    found.add(view, at, Suspicion { rule: "stray-capital", was: token, now, reason, confidence });
}

/// Whether the word at `at` follows one of the words.
fn after_any(text: &str, at: usize, words: &[&str]) -> bool {
    let before = text[..at].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    words.contains(&before)
}

/// Whether the word at `at` follows a comma after a word or a figure.
fn after_comma(text: &str, at: usize) -> bool {
    text[..at].strip_suffix(", ").is_some_and(|b| b.ends_with(char::is_alphanumeric))
}

/// Whether a name follows: a word with a capital.
fn before_name(text: &str, end: usize) -> bool {
    text[end..].trim_start_matches(' ').starts_with(char::is_uppercase)
}

/// Whether the word at `at..end` may belong to a name or title: a capital follows, or it stands in
/// quotation marks or emphasis.
fn in_title(text: &str, at: usize, end: usize) -> bool {
    let next = text[end..].trim_start_matches(' ');
    let before = &text[..at];
    let quoted = before.matches('“').count() > before.matches('”').count();
    let emphasised = before.matches('*').count() % 2 == 1;
    next.starts_with(char::is_uppercase) || next.starts_with(['“', '*', '"']) || quoted || emphasised
}

/// Another way to write the compound `token` that is the rule in this text.
fn rival(token: &str, counts: &Counts<'_>) -> Option<(String, u32)> {
    if token.len() < LONG || counts.all(token) != 1 || token != token.to_lowercase() {
        return None;
    }
    let forms = counts.compounds.get(&token.replace('-', ""))?;
    let own = *forms.get(token)?;
    let (form, times) = forms.iter().filter(|(f, _)| *f != token).max_by_key(|(_, n)| **n)?;
    (own == 1 && *times >= MANY).then(|| (form.clone(), *times))
}

/// A name of many mentions that differs from `token`, a name of one, by one letter, not at its end.
fn near_name(token: &str, counts: &Counts<'_>) -> Option<(String, u32)> {
    let name = token.starts_with(char::is_uppercase)
        && token.chars().skip(1).all(char::is_lowercase)
        && token.chars().count() >= 7;
    if !name || counts.all(token) != 1 || counts.all(&token.to_lowercase()) != 0 {
        return None;
    }
    let head: String = token.chars().take(2).collect();
    let near = counts.from(&head).take_while(|(w, _)| w.starts_with(&head));
    near.filter(|(w, n)| *n >= MANY && one_apart(w, token))
        .max_by_key(|(_, n)| *n)
        .map(|(w, n)| ((*w).to_owned(), *n))
}

/// Whether two words differ by one inner letter, exchanged, added or lost; endings may differ for better reasons.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    a != b && a.len().abs_diff(b.len()) <= 1 && front >= 2 && back >= 2 && front + back + 1 >= longest
}

#[cfg(test)]
mod tests {
    use super::super::shown;

    #[test]
    fn words_are_compared_with_the_same_text() {
        let names = "Maslennikov came. Maslennikov saw. Maslennikov went. Maslennikov is here.";
        let they = "so they and they and they and they and they and they and they and they went,";
        for (text, wanted) in [
            ("It was on the the table.", vec!["the the>the"]),
            ("It was on the a table.", vec!["the a>?"]),
            ("He had had enough of that that was there.", vec![]),
            ("at this Level of water, the level and a level", vec!["Level>level"]),
            (&format!("{they} said Ann, They went"), vec!["They>they"]),
            ("He saw Paris and Rome; the Mill and the Mill.", vec![]),
            (&format!("{names} Maslenikov not."), vec!["Maslenikov>Maslennikov"]),
            ("a well-made a well-made a well-made a well-made a wellmade thing", vec!["wellmade>well-made"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
