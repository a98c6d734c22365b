//! Lines that begin like a list, a heading, a quotation or code, perhaps by
//! accident of typing or of wrapping.

use super::shapes;
use crate::book::{Block, BlockKind, Book, Inline, InlineKind, Item, Lang, List, Seen, Within};
use crate::diag::{Code, Diagnostic, FileId, SourceMap, Span};
use std::collections::BTreeMap;

pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let language = &book.meta.language;
    let mut found = Vec::new();
    let has_lists = has_lists(book);
    book.visit(&mut |seen| {
        let Seen::Blocks(blocks, within) = seen else { return };
        for (index, block) in blocks.iter().enumerate() {
            let before = index.checked_sub(1).map(|i| &blocks[i]);
            let text = &map.file(block.span.file).text;
            let own = text.get(block.span.start as usize..block.span.end as usize).unwrap_or("");
            let suspect = Suspect {
                block,
                before,
                flow: within == Within::Text,
                own,
                text,
                language,
                has_lists,
                above: &blocks[..index],
                after: blocks.get(index + 1),
            };
            if let Some((message, hint)) = one(&suspect) {
                found.push((block.span, message, hint));
            }
            if let BlockKind::List(list) = &block.kind {
                numbers(list, map, findings);
            }
        }
    });
    tell(found, findings);
    notes(book, map, findings);
}

/// Whether the book has a list with signs and several items: who writes one knows what the sign does.
fn has_lists(book: &Book) -> bool {
    let mut found = false;
    book.visit(&mut |seen| {
        if let Seen::Blocks(blocks, _) = seen {
            found |= blocks.iter().any(|block| {
                matches!(&block.kind, BlockKind::List(list) if list.start.is_none() && list.items.len() > 1)
            });
        }
    });
    found
}

/// Tells of what is the same once for a file, where the first stands: who types one speech with a hyphen types all so.
fn tell(found: Vec<(Span, String, String)>, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(FileId, String, String), (Span, usize)> = BTreeMap::new();
    for (span, message, hint) in found {
        first.entry((span.file, message, hint)).or_insert((span, 0)).1 += 1;
    }
    for ((_, message, hint), (span, count)) in first {
        let more = super::more_places(count);
        findings.push(Diagnostic::new(Code::ListAccident, span, message + &more).hint(hint));
    }
}

/// A block, what stands before it, and the author's bytes.
struct Suspect<'a> {
    block: &'a Block,
    before: Option<&'a Block>,
    flow: bool,
    own: &'a str,
    text: &'a str,
    language: &'a Lang,
    /// Whether the book has lists with signs and several items.
    has_lists: bool,
    above: &'a [Block],
    after: Option<&'a Block>,
}

impl Suspect<'_> {
    /// Whether it begins on the line after a paragraph's last one.
    fn wrapped(&self) -> bool {
        match self.before.filter(|_| self.flow) {
            Some(before) => touches(before, self.block, self.text),
            None => self.flow && below_words(self.block, self.text),
        }
    }
}

impl Suspect<'_> {
    /// Whether two lines of signs stand right above and below it, as other formats have it around titles and quotations.
    fn is_between_rules(&self) -> bool {
        let is_rule =
            |block: Option<&Block>| block.is_some_and(|block| matches!(block.kind, BlockKind::SceneBreak));
        let beside = |from: u32, to: u32| {
            let between = self.text.get(from as usize..to as usize).unwrap_or("");
            between.trim().is_empty() && between.matches('\n').count() <= 1
        };
        let (Some(above), Some(below)) = (self.before, self.after) else { return false };
        is_rule(Some(above))
            && is_rule(Some(below))
            && beside(above.span.end, self.block.span.start)
            && beside(self.block.span.end, below.span.start)
    }

    /// Whether it and the line above are headings of one rank that read like items, as wikis and Textile number them: a
    /// title begins with a capital and has no stop.
    fn is_below_its_like(&self) -> bool {
        let signs = self.own.len() - self.own.trim_start_matches('#').len();
        let above = self.text.get(..self.block.span.start as usize).unwrap_or("");
        let line =
            above.trim_end_matches('\r').strip_suffix('\n').and_then(|above| above.rsplit('\n').next());
        let item = |line: &str| {
            let words = line.trim_start_matches('#');
            let is_like = signs > 0 && words.len() + signs == line.len() && words.starts_with(' ');
            let words = words.trim();
            is_like && (words.starts_with(char::is_lowercase) || words.ends_with(['.', ';', ',']))
        };
        line.is_some_and(|line| item(line.trim_end()))
            && item(self.own.lines().next().unwrap_or("").trim_end())
    }

    /// Whether a paragraph is a number alone, and the one before it stands alone above.
    fn is_counted(&self, inlines: &[Inline]) -> bool {
        /// A section has hardly more paragraphs.
        const FARTHEST: usize = 300;
        let number = |inlines: &[Inline]| match inlines {
            [Inline { kind: InlineKind::Text(text), .. }] if text.words.len() <= 3 => {
                text.words.trim_end_matches('.').parse::<u32>().ok()
            }
            _ => None,
        };
        let Some(own) = number(inlines).filter(|own| *own > 1) else { return false };
        let is_one_less = |block: &Block| matches!(&block.kind, BlockKind::Para(inlines) if number(inlines) == Some(own - 1));
        self.after.is_some_and(is_prose)
            && self.above.iter().rev().skip(1).take(FARTHEST).any(is_one_less)
            && self.before.is_some_and(|block| !is_one_less(block))
    }

    /// Whether a line of signs makes a heading of the first words of an item or a note, where nobody has titles.
    fn is_ruled_within(&self) -> bool {
        let above = self.text.get(..self.block.span.start as usize).unwrap_or("");
        let line = above.rsplit('\n').next().unwrap_or("");
        shapes::setext(self.own).is_some() && !line.trim_matches(['>', ' ', '\t']).is_empty()
    }

    /// Whether three hyphens stand right below a line of prose without a stop, in a text whose titles have `#`.
    fn is_ruled_line(&self) -> bool {
        /// A title in so many words is hardly one of small letters.
        const FEW: usize = 4;
        /// Within so many bytes, behind what stands at a file's head for other programs, its first title begins.
        const HEAD: usize = 2000;
        let Some((words, "---")) = shapes::setext(self.own) else { return false };
        let all: Vec<&str> = words.split_whitespace().collect();
        let small = all.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
        let head = &self.text[..self.text.floor_char_boundary(HEAD)];
        all.len() >= FEW && small * 2 > all.len() && head.lines().any(|line| line.starts_with('#'))
    }

    /// Whether a line of hyphens stands above words that another below makes a heading of.
    fn is_below_rule(&self) -> bool {
        let above = self.text.get(..self.block.span.start as usize).unwrap_or("");
        let line = above.strip_suffix('\n').and_then(|above| above.rsplit('\n').next()).unwrap_or("").trim();
        let is_rule = |line: &str| line.len() >= 3 && line.bytes().all(|b| b == b'-');
        is_rule(line) && self.own.trim_end().rsplit('\n').next().is_some_and(|line| is_rule(line.trim()))
    }
}

/// What is doubtful about a block: what is said, and what to do.
fn one(suspect: &Suspect<'_>) -> Option<(String, String)> {
    match &suspect.block.kind {
        BlockKind::List(list) => list_of(list, suspect),
        BlockKind::Quote(_) if suspect.wrapped() && !suspect.own.contains('\n') => said(
            "this line makes a quotation out of the middle of a paragraph",
            "write `\\>`, or leave a blank line before it when a quotation is meant",
        ),
        BlockKind::Table(_) if shapes::takes_words_for_a_row(suspect.own) => said(
            "a line without an upright stroke stands right below this table, and becomes a row of it",
            "leave a blank line before it; a caption is a paragraph that begins with `: `",
        ),
        BlockKind::Quote(_) if suspect.flow && shapes::is_in_guillemets(suspect.own) => said(
            "the signs that begin this line make a quotation of it, and are not printed",
            "write `\"` at both ends, which becomes the right mark of the book's language; write `\\>` for the sign itself",
        ),
        BlockKind::Quote(blocks) if ends_in_item(blocks) => said(
            "the line that says who is quoted is set as a list of one item",
            "begin it with an em dash: `> — Name`",
        ),
        BlockKind::Quote(_) if shapes::is_comparison(suspect.own) => said(
            "the sign of a comparison makes a quotation of this line, and is not printed",
            "write `\\>` for the sign itself, or ≥",
        ),
        BlockKind::Quote(blocks) if blocks.is_empty() => said(
            "this sign alone makes a quotation without words",
            "delete it; a scene break is `* * *`; write `\\>` for the sign itself",
        ),
        BlockKind::Quote(_) if shapes::swallows(suspect.own) => said(
            "the line below belongs to this quotation, as no blank line parts them",
            "leave a blank line before it, or begin it with `>`",
        ),
        BlockKind::Heading(_) => heading(suspect),
        BlockKind::Para(inlines) => paragraph(suspect, inlines),
        BlockKind::Code { lang, text } if lang.is_empty() => code(suspect.own, &text.words),
        BlockKind::SceneBreak if shapes::is_rule_of_table(suspect.own) => said(
            "these hyphens are a pause between scenes here; they look like the rule of a table",
            "set the table's lines in alike, with a blank line above its head; a scene break is `* * *`",
        ),
        BlockKind::Definitions(definitions) => {
            let term = definitions.first().and_then(|first| first.terms.first())?;
            if !shapes::has_smiley(suspect.own) && !shapes::is_sentence_as_term(&crate::book::plain(term)) {
                return None;
            }
            said(
                "the colon below makes this paragraph a term, and what follows its definition",
                "put a backslash before the colon when no definition is meant",
            )
        }
        _ => None,
    }
}

/// What is doubtful about code without a language.
fn code(own: &str, text: &str) -> Option<(String, String)> {
    let are_lines = shapes::are_lines_of_words(own, text);
    match () {
        () if shapes::is_indented_pause(own, text) => {
            said("four spaces at the start of this line make code of a pause", "take the spaces away")
        }
        () if shapes::is_centred(own, text) => said(
            "spaces at the start of these lines make code of them",
            "for words in the middle of the page write `::: centre` before them and `:::` behind; put code between ``` lines",
        ),
        () if are_lines && !text.trim().contains("\n\n") => said(
            "four spaces at the start of these lines make code of them",
            "for lines that stay lines write `::: lines` before them and `:::` behind, `::: verse` for verse, `::: signature` for a name; put code between ``` lines",
        ),
        () if !are_lines && !shapes::is_prose(own, text) => None,
        () if own.starts_with(['`', '~']) => said(
            "these lines of tildes or back-quotes make code of what stands between them",
            "a scene break is `* * *`",
        ),
        () => said(
            "four spaces at the start of a line make this paragraph code",
            "take the spaces away; a blank line parts paragraphs",
        ),
    }
}

/// Whether a quotation ends in a list of one item that is a name.
fn ends_in_item(blocks: &[Block]) -> bool {
    let [.., above, last] = blocks else { return false };
    let (BlockKind::Para(_), BlockKind::List(list)) = (&above.kind, &last.kind) else { return false };
    let [item] = list.items.as_slice() else { return false };
    let words = item_words(item);
    list.start.is_none()
        && item.done.is_none()
        && item.blocks.len() == 1
        && words.starts_with(char::is_uppercase)
        && (1..=6).contains(&words.split_whitespace().count())
}

/// What is told: what is wrong, and what to do.
fn said(message: &str, hint: &str) -> Option<(String, String)> {
    Some((message.to_owned(), hint.to_owned()))
}

/// What is doubtful about a heading.
fn heading(suspect: &Suspect<'_>) -> Option<(String, String)> {
    match () {
        () if suspect.wrapped() && suspect.own.starts_with('#') => said(
            "this line makes a heading out of the middle of a paragraph",
            "write `\\#`, or leave a blank line before it when a heading is meant",
        ),
        () if suspect.is_below_its_like() => said(
            "this line and the one above are two titles that read like items",
            "write `1. ` where a list is meant; leave a blank line between two titles",
        ),
        () if suspect.is_below_rule() && shapes::are_keys(suspect.own) => said(
            "these lines tell programs about the text, and are set as a pause and a heading here",
            "delete them: such lines stand at the head of a file alone, and what they say in book.toml",
        ),
        () if shapes::is_accidental_setext(suspect.own)
            || suspect.is_ruled_within()
            || suspect.is_ruled_line() =>
        {
            said(
                "the line below makes a heading of these words",
                "leave a blank line before it; a scene break is `* * *`. Write a heading of a sentence with `##`",
            )
        }
        () if suspect.is_below_rule() => said(
            "the lines of hyphens around these words make a pause and a heading of them",
            "put code between ``` lines; write a heading with `##`, and a pause as `* * *`",
        ),
        () => None,
    }
}

/// What is doubtful about a paragraph.
fn paragraph(suspect: &Suspect<'_>, inlines: &[Inline]) -> Option<(String, String)> {
    match () {
        () if suspect.is_between_rules() => said(
            "the lines of signs around these words are two pauses between scenes",
            "write `#` and a space before a title, `>` before a quotation; leave a blank line above and below a scene break",
        ),
        () if shapes::is_unspaced_heading(suspect.own) => said(
            "this line is no heading: no space stands behind its `#`",
            "put a space there when a heading is meant; write `\\#` for the sign itself",
        ),
        () if shapes::is_heading_of_another_space(suspect.own) => said(
            "this line is no heading: the space behind its `#` is not the plain one",
            "replace it: it is a no-break space or the like, which editors show as any other",
        ),
        () if shapes::is_wide_heading(suspect.own) => {
            said("this line is no heading: its `＃` is the wide one", "write `# ` when a heading is meant")
        }
        () if shapes::is_hidden_mark(suspect.own) => said(
            "something that nobody sees stands before the mark that begins this line, which is printed",
            "delete what stands before it: a no-break space, or one of no width",
        ),
        () if shapes::is_item_of_another_space(suspect.own) => said(
            "this line is no item of a list: the space behind its sign is not the plain one",
            "replace it: it is a no-break space or the like, which editors show as any other",
        ),
        () if suspect.flow && suspect.is_counted(inlines) => {
            let number = crate::book::plain(inlines);
            let hint = format!("write `## {number}` above each section when its number is its title");
            Some(("this line looks like the number of a section, and is set as a paragraph".to_owned(), hint))
        }
        () if shapes::is_caption_of_nothing(suspect.own) => said(
            "this paragraph begins as a caption does, and no table or listing stands beside it",
            "put it directly above or below its table, or take the first word and the colon away",
        ),
        () if suspect.flow && shapes::is_hyphen_speech(suspect.own) => said(
            "a hyphen begins this paragraph, and is printed as one",
            "write `---` or `—` where somebody speaks or is named; `\\-` for the hyphen itself",
        ),
        () if suspect.flow && !suspect.own.contains('{') => typed_title(suspect, inlines),
        () => None,
    }
}

/// The line that a typist writes above a chapter or a section.
fn typed_title(suspect: &Suspect<'_>, inlines: &[Inline]) -> Option<(String, String)> {
    let words = crate::book::plain(inlines);
    let words = words.trim();
    // a link to a chapter names it, and no chapter begins there
    let is_link = suspect.own.trim_start().starts_with('[') && suspect.own.contains("](");
    if is_link || !shapes::is_typed_title(words) {
        return None;
    }
    // stanzas are numbered where they stand
    if shapes::is_roman(words) && suspect.after.is_none_or(|block| !is_prose(block)) {
        return None;
    }
    let (rank, part, title, class) = match () {
        () if shapes::is_roman(words) => ("##", "section", "number of a section", ""),
        () if shapes::names_part(words) => ("#", "part", "title of a part", " {.part}"),
        () => ("#", "chapter", "title of a chapter", ""),
    };
    let hint = format!("write `{rank} {words}{class}` when a {part} begins here");
    Some((format!("this line looks like the {title}, and is set as a paragraph"), hint))
}

/// Whether a block is a paragraph whose lines are not kept, as those of verse are.
fn is_prose(block: &Block) -> bool {
    let keeps_lines =
        |inlines: &[Inline]| inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Break));
    matches!(&block.kind, BlockKind::Para(inlines) if !keeps_lines(inlines))
}

/// What is doubtful about a list.
fn list_of(list: &List, suspect: &Suspect<'_>) -> Option<(String, String)> {
    let alone = list.items.len() == 1;
    if alone && list.items.iter().all(|item| item.done.is_none() && item.blocks.is_empty()) {
        return Some((
            "this sign alone makes a list of one item, without words".to_owned(),
            "a scene break is `* * *`; write a backslash before the sign itself".to_owned(),
        ));
    }
    let backslash = "put a backslash before its mark, or a blank line before it when a list is meant";
    if let Some(start) = list.start.filter(|_| list.numbers == crate::book::Numbers::default()) {
        let first = list.items.first().map(item_words).unwrap_or_default();
        if alone && (1000..2200).contains(&start) {
            return Some((
                format!("`{start}.` makes this paragraph a list that starts at {start}"),
                format!("write `{start}\\.` when a year is meant"),
            ));
        }
        let month = shapes::begins_with_month(&first, suspect.language);
        if month || (alone && start != 1 && !goes_on(start, suspect.above)) {
            return Some((
                format!("`{start}.` makes a list of this paragraph"),
                format!("write `{start}\\.` when a date or a number is meant"),
            ));
        }
    } else if list.start.is_none() && list.items.iter().all(|item| item.done.is_none()) {
        let words: Vec<String> = list.items.iter().map(item_words).collect();
        if words.iter().all(|words| words.starts_with(['—', '–', '―'])) {
            return said(
                "these lines begin with a dash, and are set as a list with bullets",
                "take the signs before them away: a blank line parts paragraphs",
            );
        }
        if shapes::is_dialogue(&words, suspect.language) && !list.items.iter().any(holds_code) {
            let hint = if words.iter().all(|words| shapes::begins_with_quote(words)) {
                "take the signs before them away: a blank line parts paragraphs"
            } else {
                "begin them with a dash, `—` or `–`, or write `\\-`"
            };
            let message = "these lines look like speech, and are set as a list with bullets";
            return said(message, hint);
        }
    }
    if alone && suspect.flow && is_typed_note(suspect) {
        return Some((
            "this line is a list of one item; it looks like a note to the asterisk above".to_owned(),
            "write `[^1]` for the asterisk, and begin this line with `[^1]: `".to_owned(),
        ));
    }
    if alone && suspect.flow && suspect.before.is_some() && list.start.is_none() {
        let words = list.items.first().map(item_words).unwrap_or_default();
        if shapes::is_said(suspect.own, &words) {
            return Some((
                "this line looks like speech, and is set as a list of one item".to_owned(),
                "begin it with a dash, `—` or `–`, or write `\\-`".to_owned(),
            ));
        }
    }
    let only = "this sign makes a list of one item";
    let sign = "write a backslash before it when the sign itself is meant";
    if alone && suspect.flow && shapes::is_sum(suspect.own) {
        return said(only, sign);
    }
    let message = "this line makes a list of one item out of the middle of a paragraph";
    if alone && suspect.wrapped() && is_quoted(suspect) {
        let hint = "when it says who is quoted, leave a line with `>` alone before it, and begin it with an em dash: `> — Name`; otherwise put a backslash before its mark";
        return Some((message.to_owned(), hint.to_owned()));
    }
    if alone && suspect.wrapped() {
        return said(message, backslash);
    }
    let is_only = alone && suspect.flow && !suspect.has_lists && list.start.is_none() && !is_quoted(suspect);
    (is_only && is_sentence(&list.items[0])).then(|| (only.to_owned(), sign.to_owned()))
}

/// Whether one item with an asterisk stands below a word that ends in one: a note as typists have it.
fn is_typed_note(suspect: &Suspect<'_>) -> bool {
    let called = |block: &Block| match &block.kind {
        BlockKind::Para(inlines) => crate::book::plain(inlines)
            .split_whitespace()
            .any(|word| word.ends_with('*') && word.contains(char::is_alphanumeric)),
        _ => false,
    };
    suspect.own.starts_with("* ") && suspect.above.iter().rev().take(8).any(called)
}

/// Whether a block stands in a quotation: a `>` stands before it in its line.
fn is_quoted(suspect: &Suspect<'_>) -> bool {
    let above = suspect.text.get(..suspect.block.span.start as usize).unwrap_or("");
    above.rsplit('\n').next().is_some_and(|before| before.contains('>'))
}

/// The words of an item's first paragraph.
fn item_words(item: &Item) -> String {
    match item.blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Para(inlines)) => crate::book::plain(inlines),
        _ => String::new(),
    }
}

/// Whether an item is a paragraph that begins and ends as a sentence does, with no link in it.
fn is_sentence(item: &Item) -> bool {
    let plain = match item.blocks.as_slice() {
        [Block { kind: BlockKind::Para(inlines), .. }] => {
            !inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Link(..) | InlineKind::Code(_)))
        }
        _ => false,
    };
    let words = item_words(item);
    let words = words.trim_end_matches(['"', '”', '’', '»', ')']);
    plain
        && item.done.is_none()
        && words.contains(' ')
        && words.starts_with(|c: char| !c.is_lowercase())
        && words.ends_with(['.', '!', '?', '…'])
}

/// Whether an item speaks of code, as no speech does.
fn holds_code(item: &Item) -> bool {
    let is_code = |inline: &Inline| matches!(inline.kind, InlineKind::Code(_));
    matches!(item.blocks.first().map(|block| &block.kind), Some(BlockKind::Para(inlines)) if inlines.iter().any(is_code))
}

/// Whether a list further up ends before this number.
fn goes_on(start: u64, above: &[Block]) -> bool {
    above.iter().rev().take(60).any(|block| match &block.kind {
        BlockKind::List(list) => list.start.is_some_and(|first| first + list.items.len() as u64 == start),
        _ => false,
    })
}

/// A further paragraph of a note that is not set in far enough stands in the text.
fn notes(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    for (_, note) in book.notes.iter() {
        let text = &map.file(note.span.file).text;
        let Some(after) = text.get(note.span.end as usize..) else { continue };
        let below = after.trim_start_matches(['\n', '\r']);
        let blank = after.len() - below.len();
        let spaces = below.len() - below.trim_start_matches(' ').len();
        let line = below.lines().next().unwrap_or("").trim();
        if blank >= 2 && (1..=3).contains(&spaces) && line.starts_with(char::is_alphabetic) {
            let start = note.span.end as usize + blank + spaces;
            let span = Span::new(note.span.file, start, start + line.len());
            let message =
                "this paragraph is set in, but too little to belong to the note above: it stands in the text";
            let hint = "set it in by four spaces, or not at all";
            findings.push(Diagnostic::new(Code::ListAccident, span, message).hint(hint));
        }
    }
}

/// Items are numbered in order from the first; a number that the author
/// wrote otherwise would change. All alike is a habit, and means nothing.
fn numbers(list: &List, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let Some(start) = list.start else { return };
    let written = |item: &Item| -> Option<u64> {
        let text = map.file(item.span.file).text.get(item.span.start as usize..)?;
        let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
        text[..digits].parse().ok()
    };
    if list.items.iter().all(|item| written(item) == Some(start)) {
        return;
    }
    let wrong =
        list.items.iter().zip(start..).find(|(item, number)| written(item).is_some_and(|w| w != *number));
    if let Some((item, number)) = wrong {
        let message = format!(
            "this item is numbered {} here and would be printed as {number}",
            written(item).unwrap_or(0)
        );
        let hint = "number the items in order, or part the lists by a line of text";
        findings.push(Diagnostic::new(Code::ListAccident, item.span, message).hint(hint));
    }
}

/// Whether a title that begins a section follows a line of words at once.
fn below_words(block: &Block, text: &str) -> bool {
    let above = text.get(..block.span.start as usize).unwrap_or("");
    let line = above.strip_suffix('\n').and_then(|above| above.rsplit('\n').next()).unwrap_or("");
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '`' | '"' | '“' | '(' | '*' | '_' | '[' | '—');
    matches!(block.kind, BlockKind::Heading(_)) && line.starts_with(is_word) && !line.starts_with("```")
}

/// Whether a block stands on the line after a paragraph's last one.
fn touches(before: &Block, block: &Block, text: &str) -> bool {
    let between = text.get(before.span.end as usize..block.span.start as usize).unwrap_or("\n\n");
    matches!(before.kind, BlockKind::Para(_)) && between.matches('\n').count() == 1
}
