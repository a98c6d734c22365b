//! Where the notes of several texts stand together, the title of each text stands above its notes, whole.

use super::expected::{leads_on, quoted};
use super::letters::letters;
use crate::book::{Book, SectionId, plain, without_notes};
use crate::pages::Flow;
use crate::terms::Terms;

/// What stands where notes do, in reading order.
#[derive(Debug)]
pub(super) enum Above {
    /// The letters of a title of the tool's.
    Title(String),
    /// A note.
    Note(Flow),
}

/// What is wrong with the titles above those notes. Letters are compared as `seen` makes them: on pages they have lost
/// their order.
pub(super) fn wrong(
    book: &Book,
    sections: &[SectionId],
    group: &[Above],
    seen: &dyn Fn(&str) -> String,
) -> Option<String> {
    let section_of = |above: &Above| match above {
        Above::Note(Flow::Note(index)) => sections.get(*index as usize).copied(),
        _ => None,
    };
    let mut of_notes = group.iter().filter_map(section_of);
    let first = of_notes.next();
    let several = of_notes.any(|section| Some(section) != first);
    let said = |words: &str| seen(&letters(words).collect::<String>());
    let terms = Terms::of(&book.meta);
    let own = [terms.notes(), terms.editor_notes()].map(|word| said(word.words()));
    let (mut waiting, mut last) = (Vec::new(), None);
    for above in group {
        if let Above::Title(title) = above {
            waiting.push(seen(title));
            continue;
        }
        let (titles, section) = (std::mem::take(&mut waiting), section_of(above));
        let is_first = last.is_none();
        if section == last {
            if titles.is_empty() {
                continue;
            }
            return Some("a title stands among the notes of one text".to_owned());
        }
        last = section;
        let titles = match titles.split_first() {
            Some((first, rest)) if is_first && own.contains(first) => rest,
            _ if is_first => return Some("their own title would be missing, or not whole".to_owned()),
            _ => &titles,
        };
        let Some(wanted) = section.and_then(|section| title_of(book, section)) else { continue };
        let is_named = matches!(titles, [one] if *one == said(&wanted));
        // one text's notes need no title of it, but may have one
        if !(is_named || is_first && !several && titles.is_empty()) {
            return Some(format!("“{}” would be missing, or not whole", quoted(&wanted)));
        }
    }
    None
}

/// The texts that call the notes of a book, by their indexes.
pub(super) fn sections(book: &Book) -> Vec<SectionId> {
    book.notes.iter().map(|(_, note)| note.section).collect()
}

/// The title that a text has, if it says just its words.
fn title_of(book: &Book, section: SectionId) -> Option<String> {
    let title = without_notes(&book.sections.get(section.0 as usize)?.title()?.content);
    let words = plain(&title);
    (!leads_on(&title) && letters(&words).next().is_some()).then_some(words)
}
