//! The lines that open and close fenced divisions, and what stands before
//! them: the marks of quotes, list items, notes and definitions.

use super::admonitions;
use super::attrs::{self, Owner};
use super::raw::Attrs;
use crate::diag::{Code, Diagnostic, Span};
use std::collections::BTreeMap;

/// A fence of the text.
#[derive(Clone, Debug)]
pub(super) enum Fence {
    /// It opens a division.
    Open(Attrs, Span),
    /// It closes one.
    Close(Span),
    /// The quotation that it stands in is an admonition.
    Alert(Attrs),
}

/// What a fence line says.
#[derive(Clone, Copy, Debug)]
pub(super) enum FenceLine<'a> {
    Open { word: &'a str, braces: &'a str, rest: &'a str },
    Close,
}

impl Fence {
    /// Reads the fence; what is wrong with it is reported.
    pub(super) fn new(shape: FenceLine<'_>, span: Span, findings: &mut Vec<Diagnostic>) -> Fence {
        let FenceLine::Open { word, braces, rest } = shape else { return Fence::Close(span) };
        let mut attrs = Attrs { span: Some(span), ..Attrs::default() };
        if !braces.is_empty() {
            attrs = attrs::parse(braces, Owner::Division, span, findings);
        }
        if !word.is_empty() {
            attrs.classes.insert(0, word.to_owned());
        }
        let admonition = name_admonition(&mut attrs, !word.is_empty());
        if !rest.is_empty() && !admonition {
            let message = format!("after the name of a division nothing may follow: `{rest}`");
            let hint = "put the text on the next line; write `::: {.class key=value}` for more than a name";
            findings.push(Diagnostic::new(Code::DivInvalid, span, message).hint(hint));
        }
        Fence::Open(attrs, span)
    }
}

/// Gives a division that other programs name otherwise the name that it has here.
fn name_admonition(attrs: &mut Attrs, worded: bool) -> bool {
    for (at, class) in attrs.classes.iter_mut().enumerate() {
        let kind = if worded && at == 0 { admonitions::find(class) } else { admonitions::find_class(class) };
        if let Some(kind) = kind {
            kind.class().clone_into(class);
            return true;
        }
    }
    false
}

/// The admonition that an opening fence begins, and the words above it.
pub(super) fn admonition<'a>(shape: &FenceLine<'a>) -> Option<(admonitions::Named, &'a str)> {
    let FenceLine::Open { word, braces, rest } = shape else { return None };
    let classes =
        braces.trim_matches(['{', '}']).split_whitespace().filter_map(|word| word.strip_prefix('.'));
    let kind = admonitions::find(word).or_else(|| classes.into_iter().find_map(admonitions::find_class))?;
    let title = braces.split_once("title=\"").and_then(|(_, rest)| rest.split('"').next());
    let title = title.unwrap_or(rest);
    let bracketed = title.strip_prefix('[').and_then(|title| title.strip_suffix(']'));
    Some((kind, bracketed.unwrap_or(title).trim()))
}

/// The fence that `content`, a line without its container marks, is.
pub(super) fn shape(content: &str) -> Option<FenceLine<'_>> {
    let colons = content.bytes().take_while(|b| *b == b':').count();
    if colons < 3 {
        return None;
    }
    let rest = content[colons..].trim();
    if rest.is_empty() {
        return Some(FenceLine::Close);
    }
    let rest = rest.trim_end_matches(':').trim_end();
    let name = rest.find(|c: char| c.is_whitespace() || matches!(c, '{' | '[')).unwrap_or(rest.len());
    let (word, rest) = (&rest[..name], rest[name..].trim_start());
    let braces = attrs::braces(rest).unwrap_or(0);
    let (braces, rest) = (&rest[..braces], rest[braces..].trim());
    match named_in_braces(braces).filter(|_| word.is_empty()) {
        Some(word) => Some(FenceLine::Open { word, braces: "", rest }),
        None => Some(FenceLine::Open { word, braces, rest }),
    }
}

/// The admonition that stands in braces by its name alone, as MyST has it: `:::{note}`.
fn named_in_braces(braces: &str) -> Option<&str> {
    let name = braces.strip_prefix('{')?.strip_suffix('}')?.trim();
    admonitions::find(name).map(|_| name)
}

/// The admonition that a code fence opens, as MyST has it, and the words above it: ` ```{note} Title `.
pub(super) fn directive(content: &str) -> Option<(admonitions::Named, &str)> {
    let info = content.trim_start_matches(['`', '~']);
    let length = attrs::braces(info)?;
    let name = named_in_braces(&info[..length])?;
    admonitions::find(name).map(|kind| (kind, info[length..].trim()))
}

/// The character and length of the code fence that `content` opens.
pub(super) fn code_fence(content: &str) -> Option<(u8, usize)> {
    let byte = *content.as_bytes().first()?;
    let length = content.bytes().take_while(|b| *b == byte).count();
    let fence = matches!(byte, b'`' | b'~') && length >= 3;
    (fence && !(byte == b'`' && content[length..].contains('`'))).then_some((byte, length))
}

/// How many bytes of `line` are marks of containers: spaces, `>`, and, before
/// a fence, list markers, `[^label]:` and the colon of a definition.
pub(super) fn prefix(line: &str) -> usize {
    let bare = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let mut at = bare;
    while let Some(length) = marker(&line[at..]) {
        at += length;
        at += line[at..].len() - line[at..].trim_start_matches([' ', '\t', '>']).len();
    }
    let content = &line[at..];
    if at > bare && (shape(content).is_some() || code_fence(content).is_some()) { at } else { bare }
}

/// The length of the container mark that `text` begins with.
pub(super) fn marker(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take(9).take_while(|b| b.is_ascii_digit()).count();
    let length = match bytes.first()? {
        b'-' | b'+' | b'*' => 1,
        b':' if bytes.get(1) != Some(&b':') => 1,
        b'0'..=b'9' if matches!(bytes.get(digits), Some(b'.' | b')')) => digits + 1,
        b'[' if text.starts_with("[^") => text.find("]:")? + 2,
        _ => return None,
    };
    matches!(bytes.get(length), Some(b' ' | b'\t')).then_some(length)
}

/// What the lines inside a division begin with, when its fence begins with
/// `prefix`: the quotes' marks, and spaces in place of other marks.
pub(super) fn continuation(prefix: &str) -> String {
    prefix
        .chars()
        .flat_map(|c| std::iter::repeat_n(if c == '>' { '>' } else { ' ' }, if c == '\t' { 4 } else { 1 }))
        .collect()
}

/// Takes `prefix` (see [`continuation`]) off a line: where the words start,
/// and how many spaces stand before them beyond the prefix.
pub(super) fn strip(line: &str, prefix: &str) -> (usize, usize) {
    let mut quotes = prefix.bytes().filter(|b| *b == b'>').count();
    let mut wanted = prefix.len() - prefix.rfind('>').map_or(0, |at| at + 1);
    let in_quote = quotes > 0;
    let mut spaces = 0usize;
    let mut at = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => spaces += 1,
            b'\t' => spaces += 4,
            b'>' if quotes > 0 => {
                quotes -= 1;
                spaces = 0;
            }
            _ => break,
        }
        at += 1;
    }
    if in_quote {
        wanted = wanted.max(1);
    }
    (at, spaces.saturating_sub(wanted))
}

/// Where the paragraph that holds `from` ends: the next blank line.
pub(super) fn blank_line(source: &str, from: usize) -> usize {
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        if at > from && line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    at
}

/// The fences that belong together: where the opening line starts, and where
/// the closing line does.
pub(super) fn partners(source: &str) -> BTreeMap<usize, usize> {
    let mut partners = BTreeMap::new();
    let mut open = Vec::new();
    let mut code: Option<(u8, usize)> = None;
    let mut start = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let content = line[prefix(line)..].trim_end();
        if let Some((byte, length)) = code {
            let run = content.bytes().take_while(|b| *b == byte).count();
            if run >= length && content.len() == run {
                code = None;
            }
        } else {
            code = code_fence(content);
            match shape(content) {
                Some(FenceLine::Open { .. }) => open.push(start),
                Some(FenceLine::Close) => {
                    open.pop().map(|opening| partners.insert(opening, start));
                }
                None => {}
            }
        }
        start += line.len();
    }
    partners
}
