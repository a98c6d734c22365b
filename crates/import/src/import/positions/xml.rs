//! Reads XML as a row of openings, texts and ends. What is merely untidy is read as a browser reads it; a file
//! that ends before its first element does, or goes on in a way that cannot be read, has lost what stood behind.

use crate::encoding;
use crate::reason::Reason;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Something met in the file. Names have no prefix.
pub(super) enum Met<'e> {
    Opens(&'e str, &'e dyn Fn(&str) -> Option<String>),
    Words(&'e str),
    Closes(&'e str),
}

/// Goes through the file.
///
/// # Errors
/// Where it is damaged, and how.
pub(super) fn walk(bytes: &[u8], meet: &mut dyn FnMut(Met<'_>)) -> Result<(), Reason> {
    let text = encoding::read(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    // `R & D`, as some write it who make text by hand
    reader.config_mut().allow_dangling_amp = true;
    // the first element, and how many of its name are open
    let mut root: Option<(String, usize)> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = local(&element);
                match &mut root {
                    Some((first, open)) => *open += usize::from(first == name),
                    None => root = Some((name.to_owned(), 1)),
                }
                opens(&element, meet);
                // what HTML leaves open
                if VOID.contains(&name) {
                    meet(Met::Closes(name));
                }
            }
            Ok(Event::Empty(element)) => {
                opens(&element, meet);
                meet(Met::Closes(local(&element)));
            }
            Ok(Event::End(element)) => {
                let name = element.name();
                let name = unprefixed(name.as_ref());
                if let Some((_, open)) = root.as_mut().filter(|(first, _)| first == name) {
                    *open = open.saturating_sub(1);
                }
                if !VOID.contains(&name) {
                    meet(Met::Closes(name));
                }
            }
            Ok(Event::Text(words)) => meet(Met::Words(&words)),
            Ok(Event::CData(words)) => meet(Met::Words(&words)),
            Ok(Event::GeneralRef(reference)) => {
                let c = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(&reference)
                        .unwrap_or_else(|| if &*reference == "nbsp" { "\u{a0}" } else { "" })
                        .to_owned(),
                };
                meet(Met::Words(&c));
            }
            Ok(Event::Eof) => break,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
                return Err(format!("it cannot be read from line {line} on ({error})").into());
            }
            Ok(_) => {}
        }
    }
    match root {
        Some((name, open)) if open > 0 => Err(format!("it ends before its `{name}` does").into()),
        _ => Ok(()),
    }
}

/// Elements of HTML that have no end.
const VOID: [&str; 6] = ["meta", "link", "br", "img", "hr", "input"];

fn opens(element: &BytesStart<'_>, meet: &mut dyn FnMut(Met<'_>)) {
    let attribute = |name: &str| {
        let mut all = element.attributes();
        let found = all.with_checks(false).flatten().find(|a| unprefixed(a.key.as_ref()) == name)?;
        let value = found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?;
        Some(value.into_owned())
    };
    meet(Met::Opens(local(element), &attribute));
}

fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name: &str = element;
    let name = name.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
    unprefixed(name)
}

fn unprefixed(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

/// The numbers in a text.
pub(super) fn numbers(text: &str) -> Vec<f32> {
    let number = |word: &str| word.parse::<f32>().ok().filter(|n| n.is_finite());
    text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter_map(number).collect()
}
