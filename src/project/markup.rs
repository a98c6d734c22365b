//! What an author means by marks that mean several things elsewhere: `[text]` and
//! `[markdown]` of book.toml.

use super::fields::Fields;
use super::keys::BookValue;
use super::token::token;
use super::tree::Datum;
use crate::diag::{Code, Diagnostic, nearest};
use crate::sources::Markup;
use crate::style::{Setting, Value};

/// Reads both tables.
pub(super) fn read(top: &mut Fields<'_>) -> Markup {
    let mut markup = Markup::default();
    if let Some(table) = top.table("markdown") {
        let mut fields = top.inside(table, "markdown");
        markup.captions = flag(&mut fields, "captions").unwrap_or(markup.captions);
        markup.autolinks = flag(&mut fields, "autolinks").unwrap_or(markup.autolinks);
        fields.finish();
    }
    if let Some(table) = top.table("text") {
        let mut fields = top.inside(table, "text");
        markup.keep_lines = one_of(&mut fields, "line-ends", BookValue::LineEnds) == Some("keep");
        markup.em_dashes =
            one_of(&mut fields, "double-hyphen", BookValue::DoubleHyphen).map(|dash| dash == "em");
        fields.finish();
    }
    markup
}

fn flag(fields: &mut Fields<'_>, key: &'static str) -> Option<bool> {
    let node = fields.take(key)?;
    match node.datum {
        Datum::Flag(value) => Some(value),
        Datum::Text(words) if words.is_empty() => None,
        Datum::Text(words) => {
            let said = bool::read(&Value::Text(token(&words))).ok();
            said.or_else(|| fields.refuse(key, node.span, BookValue::Flag.wanted()))
        }
        _ => fields.refuse(key, node.span, BookValue::Flag.wanted()),
    }
}

/// Words that people write for a choice, and the one that there is.
const SYNONYMS: [(&str, &str); 18] = [
    ("hard", "keep"),
    ("preserve", "keep"),
    ("preserved", "keep"),
    ("kept", "keep"),
    ("break", "keep"),
    ("breaks", "keep"),
    ("true", "keep"),
    ("soft", "join"),
    ("joined", "join"),
    ("wrap", "join"),
    ("space", "join"),
    ("false", "join"),
    ("—", "em"),
    ("em-dash", "em"),
    ("emdash", "em"),
    ("–", "en"),
    ("en-dash", "en"),
    ("endash", "en"),
];

fn one_of(fields: &mut Fields<'_>, key: &'static str, kind: BookValue) -> Option<&'static str> {
    let (value, span) = fields.token(key)?;
    let said = value.to_lowercase().replace([' ', '_'], "-");
    let words = kind.words();
    if let Some(found) = words.iter().find(|known| **known == said) {
        return Some(found);
    }
    let finding = Diagnostic::new(Code::ValueInvalid, span, format!("`{key}` wants {}", kind.wanted()));
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == said).map(|(_, ours)| *ours);
    let meant = synonym.filter(|ours| words.contains(ours)).or_else(|| nearest(&said, words.iter().copied()));
    fields.report(match meant {
        Some(meant) => finding.hint(format!("write `{key} = \"{meant}\"`")),
        None => finding.hint("leave the line out: the text is then read as Markdown has it"),
    });
    None
}
