//! Reads XML as a row of openings, texts and ends; what is not well-formed ends it where it is.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep elements stand in one another at most.
const DEEPEST: usize = 256;

/// Something met in the file. Names have no prefix.
pub(super) enum Met<'e> {
    Opens(&'e str, &'e dyn Fn(&str) -> Option<String>),
    Words(&'e str),
    Closes(&'e str),
}

/// Goes through the file.
pub(super) fn walk(bytes: &[u8], meet: &mut dyn FnMut(Met<'_>)) {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                if depth > DEEPEST {
                    return;
                }
                opens(&element, meet);
                // what HTML leaves open
                if VOID.contains(&local(&element)) {
                    depth -= 1;
                }
            }
            Ok(Event::Empty(element)) => {
                opens(&element, meet);
                meet(Met::Closes(local(&element)));
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                let name = element.name();
                meet(Met::Closes(unprefixed(name.as_ref())));
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
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
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
