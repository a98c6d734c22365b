//! Superior and inferior letters, `^x^` and `~x~`, and what is hardly meant to be one.

use super::Fold;
use crate::manuscript::ideographs::is_wide;
use crate::manuscript::raised;
use crate::manuscript::raw::{self, Inline, InlineKind, InlineStyle};

impl Fold<'_> {
    /// `^x^` and `~x~`: without white space inside, and not empty.
    pub(super) fn raise(&mut self, at: usize, mark: u8) {
        let doubled = self.text.text.as_bytes();
        let is_doubled = doubled.get(at + 1) == Some(&mark) || at > 0 && doubled[at - 1] == mark;
        if mark == b'^' && is_doubled {
            // `^^words^^` is another program's, and raises nothing twice
            return self.push(at..at + 1, InlineKind::Text("^".to_owned()));
        }
        let opener = self.openers.last().filter(|opener| opener.mark == mark);
        let in_call = mark == b'^'
            && matches!(self.out.last(), Some(Inline { kind: InlineKind::Text(t), .. }) if t == "[");
        match opener {
            Some(opener) if opener.index + 1 < self.out.len() => {
                let index = opener.index;
                self.openers.pop();
                if self.is_accident(index, at) {
                    return self.not_raised(index, at, mark);
                }
                let style = if mark == b'^' { InlineStyle::Super } else { InlineStyle::Sub };
                self.wrap(index, at + 1, |children| InlineKind::Styled(style, children));
            }
            _ if in_call => self.push(at..at + 1, InlineKind::Text("^".to_owned())),
            _ => self.open(at, mark),
        }
    }

    /// Whether signs that would raise or lower what stands between them are more
    /// likely signs: they hold no letter or figure, or the middle of a formula.
    fn is_accident(&self, index: usize, close: usize) -> bool {
        let inside = raw::plain(&self.out[index + 1..]);
        let word = |c: char| c.is_alphanumeric();
        let before = index.checked_sub(1).and_then(|at| raw::plain(&self.out[at..=at]).chars().next_back());
        let after = self.text.text[close + 1..].chars().next();
        let bare = !inside.contains(word)
            && !inside
                .contains(['+', '-', '−', '–', '*', '′', '°', '∗', '†', '‡', '®', '™', '©', '…', '?', '!'])
            && !self.out[index + 1..].iter().any(|inline| !matches!(inline.kind, InlineKind::Text(_)));
        // `(^o^)`: a face, with nothing before it that the letter could be raised beside
        let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '（'));
        let face = free && inside.chars().count() == 1 && inside.contains(char::is_alphabetic);
        let operator = inside.contains(['+', '=', '*', '/', '<', '>']) || inside.chars().any(is_wide);
        // words may stand between them where a mark holds them: `^[a link](x)^`
        let spaced = self.out[index + 1..].iter().any(|inline| match &inline.kind {
            InlineKind::Styled(_, children) => raw::plain(children).contains(char::is_whitespace),
            _ => false,
        });
        bare || face || spaced || (operator && before.is_some_and(word) && after.is_some_and(word))
    }

    fn not_raised(&mut self, index: usize, at: usize, mark: u8) {
        let sign = char::from(mark);
        let span = self.out[index].span.to(self.text.span(at..at + 1));
        self.findings.push(raised::by_accident(span, sign));
        self.push(at..at + 1, InlineKind::Text(sign.to_string()));
    }
}
