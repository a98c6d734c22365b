//! The page with which a typescript begins: title, author, what kind of book it is. The book makes it anew.

use super::bylines::{self, is_by};
use super::chapters;
use super::flow::{Flow, Paragraph, Role, is_blank};
use super::habits::{LONGEST, is_chapter};
use super::model::{Book, plain, tidy};

/// What a title page calls the book.
const KINDS: [&str; 12] = [
    "novel",
    "novella",
    "memoir",
    "stories",
    "poems",
    "thriller",
    "romance",
    "roman",
    "novelle",
    "erzählungen",
    "gedichte",
    "novela",
];
/// The address of the author above the title, as agents want it, has no more lines.
const MOST_LINES: usize = 8;

/// Takes the title and the author from the first page of a typescript: lines in the middle, up to a page break, perhaps
/// below the author's address. Where the title is known by its style, the lines say who wrote the book. What is not
/// understood stays, and is the title of no chapter.
pub(super) fn first_page(flow: &mut Vec<Flow>, book: &mut Book, styled: Option<&str>) {
    let Some(end) =
        (1..flow.len().min(60)).find(|at| matches!(&flow[*at], Flow::Paragraph(p) if p.page_break))
    else {
        return;
    };
    let mut above: Vec<String> = Vec::new();
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, part) in flow[..end].iter().enumerate() {
        let Flow::Paragraph(paragraph) = part else { return };
        let words = plain(&tidy(paragraph.words.clone())).trim().to_owned();
        match () {
            () if words.is_empty() => {}
            () if words.chars().count() > LONGEST || !matches!(paragraph.role, Role::Body) => return,
            () if paragraph.centred => lines.push((at, words)),
            () if lines.is_empty() => above.push(words),
            () => return,
        }
    }
    if !(1..=4).contains(&lines.len()) || above.len() > MOST_LINES {
        return;
    }
    // a page of its own for `PART ONE`, or for the first chapter
    if chapters::is_part(&lines[0].1) || is_chapter(&lines[0].1) {
        return;
    }
    let said: Vec<&str> = styled.into_iter().chain(lines.iter().map(|(_, words)| words.as_str())).collect();
    let [title, rest @ ..] = said.as_slice() else { return };
    let known = |name: &str| above.first().is_some_and(|first| first == name) || book.meta.names(name);
    let below_title =
        |name: &str| styled.is_some() && book.meta.people.is_empty() && bylines::author(name).is_some();
    let (kind, behind) = match rest.split_first() {
        Some((first, behind)) if says_kind(first) => (Some((*first).to_owned()), behind),
        _ => (None, rest),
    };
    let author = match behind {
        [by, name] if is_by(by) => Some((*name).to_owned()),
        [line] if line.split_once(' ').is_some_and(|(by, _)| is_by(by)) => {
            line.split_once(' ').map(|(_, name)| name.to_owned())
        }
        [name] if kind.is_some() || known(name) || below_title(name) => Some((*name).to_owned()),
        _ => None,
    };
    let all_said = author.is_some() || behind.is_empty();
    book.meta.title = Some((*title).to_owned());
    if all_said {
        book.meta.subtitle = kind.or(book.meta.subtitle.take());
        book.meta.people = author.map_or_else(
            || book.meta.people.clone(),
            |name| vec![(name.trim().to_owned(), "aut".to_owned())],
        );
        let words: Vec<&str> = lines.iter().map(|(_, words)| words.as_str()).collect();
        book.leave_out("the title page, which is made anew", words.join("\n"));
        lines.iter().rev().for_each(|(at, _)| drop(flow.remove(*at)));
        if above.iter().any(|line| is_of_a_typescript(line)) {
            book.leave_out(
                "the address and the count of words above the title of a typescript",
                above.join("\n"),
            );
            flow.drain(..end - lines.len());
        }
    } else {
        for (at, _) in lines {
            if let Flow::Paragraph(paragraph) = &mut flow[at] {
                paragraph.role = Role::Title;
            }
        }
    }
}

/// Whether a line says what no book has before its title, and an agent wants: an address of mail, `About 90,000 words`.
fn is_of_a_typescript(line: &str) -> bool {
    let is_mail =
        |word: &str| word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    let small = line.to_lowercase();
    let counts = ["words", "wörter", "mots", "palabras"]
        .iter()
        .any(|word| small.trim_end_matches('.').ends_with(word));
    line.split_whitespace().any(is_mail) || counts && small.contains(|c: char| c.is_ascii_digit())
}

/// `A Novel`, `Ein Roman`, `Poems`.
fn says_kind(line: &str) -> bool {
    let small = line.to_lowercase();
    let words: Vec<&str> = small.split_whitespace().collect();
    words.len() <= 3 && words.last().is_some_and(|last| KINDS.contains(last))
}

/// Takes title and author from the lines in the middle with which a flow begins, or the author alone where the title is
/// known by its style.
pub(super) fn title_page(flow: &mut Vec<Flow>, book: &mut Book, styled: Option<&str>) {
    let lines: Vec<String> = flow
        .iter()
        .take_while(|part| matches!(part, Flow::Paragraph(p) if !matches!(p.role, Role::Heading(_)) && (p.centred || p.is_empty())))
        .map(|part| if let Flow::Paragraph(p) = part { plain(&tidy(p.words.clone())) } else { String::new() })
        .collect();
    let typed = || lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let words: Vec<&str> = styled.into_iter().chain(typed()).collect();
    let ends = flow
        .get(lines.len())
        .is_none_or(|part| matches!(part, Flow::Paragraph(p) if matches!(p.role, Role::Heading(_))));
    let [title, rest @ ..] = words.as_slice() else { return };
    if !ends || rest.len() > 2 || words.iter().any(|line| line.chars().count() > LONGEST) {
        return;
    }
    let (kind, rest) = match rest.split_first() {
        Some((first, rest)) if says_kind(first) => (Some((*first).to_owned()), rest),
        _ => (None, rest),
    };
    let (author, lines_of_author) = match rest {
        [by, name] if is_by(by) => (Some(*name), 2),
        [name] if styled.is_some() && book.meta.names(name) => (Some(*name), 1),
        _ => {
            let by = |line: &str| is_by(line.split(' ').next().unwrap_or(""));
            let author = rest.iter().filter(|line| by(line)).find_map(|line| line.split_once(' '));
            let author = author.map(|(_, name)| name.trim());
            (author, usize::from(author.is_some()))
        }
    };
    book.meta.title = Some((*title).to_owned());
    if let Some(author) = author {
        book.meta.people = vec![(author.to_owned(), "aut".to_owned())];
    }
    let said = 1 + usize::from(kind.is_some()) + lines_of_author;
    if words.len() == said {
        book.meta.subtitle = kind.or(book.meta.subtitle.take());
        book.leave_out("the title page, which is made anew", typed().collect::<Vec<_>>().join("\n"));
        flow.drain(..lines.len());
    }
}

/// What stands under the styles of a title page, which is made anew. Returns the title, if one has its style.
pub(super) fn styled_title_page(flow: &mut Vec<Flow>, book: &mut Book) -> Option<String> {
    let mut title = None;
    let mut old = std::mem::take(flow);
    titles_of_chapters(&mut old);
    let mut authors: Vec<String> = Vec::new();
    for part in old {
        let Flow::Paragraph(paragraph) = &part else {
            flow.push(part);
            continue;
        };
        let words = plain(&tidy(paragraph.words.clone()));
        let slot = match paragraph.role {
            Role::Title if flow.iter().all(is_blank) => &mut book.meta.title,
            Role::Subtitle if flow.iter().all(is_blank) => &mut book.meta.subtitle,
            Role::Author if flow.iter().all(is_blank) && book.meta.names(&words) => &mut None,
            // templates of Pages have a line for the author, who is often nobody to the file
            Role::Author if flow.iter().all(is_blank) && bylines::author(&words).is_some() => {
                authors.extend(bylines::author(&words));
                &mut None
            }
            _ => {
                flow.push(part);
                continue;
            }
        };
        *slot = Some(words.clone());
        if paragraph.role == Role::Title {
            title = Some(words.clone());
        }
        book.leave_out("the title page, which is made anew", words);
    }
    if !authors.is_empty() {
        book.meta.people = authors.into_iter().map(|name| (name, "aut".to_owned())).collect();
    }
    title
}

/// Where more than one paragraph has the style of a book's title, it is that of chapters.
fn titles_of_chapters(flow: &mut [Flow]) {
    let is_title = |part: &Flow| matches!(part, Flow::Paragraph(p) if p.role == Role::Title && !p.is_empty());
    if flow.iter().filter(|part| is_title(part)).count() < 2 {
        return;
    }
    let rank = |part: &Flow| match part {
        Flow::Paragraph(Paragraph { role: Role::Heading(level), .. }) => Some(*level),
        _ => None,
    };
    let highest = flow.iter().filter_map(rank).min().unwrap_or(1);
    for part in flow.iter_mut() {
        if let Flow::Paragraph(paragraph) = part {
            paragraph.role = match paragraph.role {
                Role::Title => Role::Heading(1),
                Role::Heading(level) => Role::Heading((level - highest + 2).min(6)),
                other => other,
            };
        }
    }
}
