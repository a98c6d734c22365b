//! Emphasis that Markdown left as asterisks.
//!
//! CommonMark (§6.2, flanking delimiter runs) takes `*` between a mark of
//! punctuation and a letter for text. Where no spaces part words, or a word
//! joiner stands, authors mean emphasis: `**注意：**这`.

use super::inlines::Token;
use super::prepare::Prepared;
use crate::diag::{Code, Diagnostic};

/// A run of asterisks left in the text.
struct Run {
    at: usize,
    length: usize,
    before: char,
    after: char,
}

/// Reports runs that would be a pair but for the letters around them.
pub(super) fn check(tokens: &[Token], text: &Prepared, findings: &mut Vec<Diagnostic>) {
    if !tokens.iter().any(|token| matches!(token, Token::Words(_, words) if words.contains('*'))) {
        return;
    }
    let runs = runs(tokens);
    let mut from = 0;
    while from + 1 < runs.len() {
        let (open, close) = (&runs[from], &runs[from + 1]);
        if open.length == close.length && !open.after.is_whitespace() && !close.before.is_whitespace() {
            let stars = "*".repeat(open.length.min(3));
            let message = format!("these `{stars}` stayed in the text: Markdown saw no emphasis here");
            let hint =
                "put the punctuation outside the emphasis, or a space beside it; write `\\*` for an asterisk";
            let span = text.span(open.at..close.at + close.length);
            findings.push(Diagnostic::new(Code::EmphasisLiteral, span, message).hint(hint));
            from += 1;
        }
        from += 1;
    }
}

fn runs(tokens: &[Token]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last = ' ';
    for token in tokens {
        let Token::Words(start, words) = token else {
            note(&mut runs, 'x');
            last = 'x';
            continue;
        };
        for (at, c) in words.char_indices() {
            let at = start + at;
            match runs.last_mut() {
                Some(run) if c == '*' && run.at + run.length == at => run.length += 1,
                _ if c == '*' => runs.push(Run { at, length: 1, before: last, after: '\0' }),
                _ => note(&mut runs, c),
            }
            last = c;
        }
    }
    note(&mut runs, ' ');
    runs
}

/// The first character after the last run.
fn note(runs: &mut [Run], c: char) {
    if let Some(run) = runs.last_mut().filter(|run| run.after == '\0') {
        run.after = c;
    }
}
