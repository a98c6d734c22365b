//! What an author means by marks that mean several things elsewhere: `[text]` and
//! `[markdown]` of book.toml.

use super::fields::Fields;
use super::keys::BookValue;
use super::tree::Datum;
use crate::sources::Markup;

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
        _ => fields.refuse(key, node.span, BookValue::Flag.wanted()),
    }
}

fn one_of(fields: &mut Fields<'_>, key: &'static str, kind: BookValue) -> Option<&'static str> {
    let (value, span) = fields.spanned_text(key)?;
    let found = kind.words().into_iter().find(|known| *known == value);
    found.or_else(|| fields.refuse(key, span, kind.wanted()))
}
