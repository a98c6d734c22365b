//! Elements that end: what was read inside becomes a block, or a part of one,
//! of the element around.

use super::builder::Builder;
use super::frame::{Frame, Hold};
use super::words_at;
use crate::diag::{Code, Diagnostic, Span};
use crate::manuscript::attrs::{self, Owner};
use crate::manuscript::inlines::{self, Token};
use crate::manuscript::prepare::without_lines;
use crate::manuscript::raw::{
    self, Attrs, Block, BlockKind, Definition, Heading, Inline, InlineKind, InlineStyle, Item, Note, Table,
};
use crate::manuscript::smart::{self, Around};
use crate::manuscript::{autolink, ideographs, raised, shape, visit};
use crate::narrow::Nearest;
use std::ops::Range;

impl Builder<'_> {
    /// Ends the innermost open element and gives it to the one around it.
    pub(super) fn pop(&mut self, range: Option<Range<usize>>) {
        if let Some(range) = &range
            && !self.top().holds_blocks()
            && !matches!(
                self.top().hold,
                Hold::Code(_) | Hold::List(_) | Hold::Table(_) | Hold::Row | Hold::Definitions
            )
        {
            self.inline_marks(range.end.saturating_sub(1));
        }
        if let (Hold::Row, Some(range)) = (&self.top().hold, &range) {
            self.lost_cells(range);
        }
        self.close_divs();
        let Some(frame) = self.frames.pop() else { return };
        let range = range.unwrap_or_else(|| frame.range.start..end_of(&frame.tokens, frame.range.end));
        self.give(frame, range);
    }

    /// Gives what an element held to the one around it.
    fn give(&mut self, mut frame: Frame, range: Range<usize>) {
        let blocks = std::mem::take(&mut frame.blocks);
        match frame.hold {
            Hold::Blocks => self.top().blocks().extend(blocks),
            Hold::Quote => match frame.alert {
                Some(attrs) => {
                    let span = self.trimmed(range);
                    let blocks = shape::div(attrs, blocks, span, self.findings);
                    self.top().blocks().extend(blocks);
                }
                None => self.block(range, BlockKind::Quote(blocks)),
            },
            Hold::Item => {
                let span = self.text.span(range);
                let top = self.top();
                top.loose |= frame.loose;
                top.items.push(Item { done: frame.done, mark: frame.mark, blocks, span });
            }
            Hold::Meaning => self.meaning(blocks),
            Hold::Note(label) => {
                let span = self.trimmed(range);
                self.notes.push(Note { label, blocks, span });
            }
            Hold::List(start) => {
                self.list(start, frame.items, !frame.loose, range);
            }
            Hold::Definitions => self.block(range, BlockKind::Definitions(frame.definitions)),
            Hold::Table(columns) => {
                let mut rows = frame.rows.into_iter();
                let head = rows.next().unwrap_or_default();
                let table = Table { columns, head, rows: rows.collect(), caption: None };
                self.block(range, BlockKind::Table(table));
                self.behind_table(blocks);
            }
            Hold::Row => self.top().rows.push(frame.cells),
            Hold::Code(lang) => self.code(lang, frame.tokens, range),
            hold => self.pop_inlines(hold, frame.tokens, range),
        }
    }

    /// A list; where the author's marks change within one of Markdown's, several.
    fn list(&mut self, start: Option<u64>, items: Vec<Item>, tight: bool, range: Range<usize>) {
        let whole = self.trimmed(range.clone());
        let mut groups: Vec<Vec<Item>> = Vec::new();
        for item in items {
            let numbers = |item: &Item| item.mark.map(|mark| mark.numbers);
            match groups.last_mut().filter(|group| group.last().map(numbers) == Some(numbers(&item))) {
                Some(group) => group.push(item),
                None => groups.push(vec![item]),
            }
        }
        let alone = groups.len() == 1;
        self.close_paragraph();
        for items in groups {
            let mark = items.first().and_then(|item| item.mark).filter(|_| start.is_some());
            let span = match items.as_slice() {
                [first, .., last] if !alone => first.span.to(last.span),
                [one] if !alone => one.span,
                _ => whole,
            };
            let numbers = mark.map(|mark| mark.numbers).unwrap_or_default();
            let start = mark.map_or(start, |mark| Some(mark.number));
            let kind = BlockKind::List { start, numbers, tight, items };
            self.top().blocks().push(Block { kind, span });
        }
    }

    /// Each line above a definition is a term.
    fn pop_terms(&mut self, tokens: Vec<Token>) {
        let newline = |token: &Token| matches!(token, Token::Words(at, _) if self.text.text.as_bytes().get(*at) == Some(&b'\n'));
        let mut terms = vec![Vec::new()];
        for token in tokens {
            if newline(&token) {
                terms.push(Vec::new());
            } else if let Some(term) = terms.last_mut() {
                term.push(token);
            }
        }
        for term in terms.into_iter().filter(|term| !term.is_empty()) {
            let mut inlines = self.fold(term, true);
            self.left.look(&inlines, self.source);
            smart::set(&mut inlines, &self.passage_language(), self.markup);
            self.term(inlines);
        }
    }

    /// Folds what was read of a paragraph or of a part of one.
    fn fold(&mut self, tokens: Vec<Token>, links: bool) -> Vec<Inline> {
        let known = self.notes.len();
        let mut inlines = inlines::fold(tokens, self.text, &mut self.notes, self.findings);
        let language = self.passage_language();
        for note in &mut self.notes[known..] {
            visit::each_inlines(&mut note.blocks, &mut |inlines| {
                self.left.look(inlines, self.source);
                smart::set(inlines, &language, self.markup);
            });
        }
        if links && self.markup.autolinks {
            autolink::set(&mut inlines);
        }
        inlines
    }

    /// Emphasis and the like. Between two figures an asterisk is hardly a mark.
    fn styled(&mut self, style: InlineStyle, inlines: Vec<Inline>, range: Range<usize>) {
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let before = self.text.text[..range.start].chars().next_back();
        let after = self.text.text[range.end..].chars().next();
        if matches!(style, InlineStyle::Emph | InlineStyle::Strong) && figure(before) && figure(after) {
            let message = match style {
                InlineStyle::Emph => "asterisks between figures make this italic, and are not printed",
                _ => "asterisks between figures make this bold, and are not printed",
            };
            let hint = "write `\\*` for the sign itself, or `×`";
            let span = self.text.span(range.clone());
            self.findings.push(Diagnostic::new(Code::MarkAccident, span, message).hint(hint));
        }
        let own = &self.text.text[range.clone()];
        let inside = || raw::plain(&inlines);
        if style == InlineStyle::Emph && own.starts_with('*') {
            let words = inside();
            let told = if self.is_product(&words, &range) {
                Some("asterisks between single letters make this italic, and are not printed")
            } else if words.starts_with('.') && words[1..].starts_with(char::is_alphanumeric) {
                Some("asterisks that stand for any name make this italic, and are not printed")
            } else {
                None
            };
            let hint = "write `\\*` for the sign itself, or put what it stands in between back-quotes";
            let place = self.text.span(range.clone());
            self.findings
                .extend(told.map(|told| Diagnostic::new(Code::MarkAccident, place, told).hint(hint)));
        }
        if style == InlineStyle::Sub && is_struck_word(&inside(), before, after) {
            let message = "one tilde on each side lowers this word";
            let hint =
                "write two on each side, `~~word~~`, where it is struck out; `\\~` for the sign itself";
            self.findings
                .push(Diagnostic::new(Code::MarkAccident, self.text.span(range.clone()), message).hint(hint));
        }
        let (first, last) = (inside().chars().next(), inside().chars().next_back());
        let is_face = |beside: Option<char>, eye: Option<char>| {
            beside == eye
                && beside.is_some_and(|c| c.is_ascii_punctuation() && !matches!(c, '"' | '\'' | '(' | ')'))
        };
        if own.starts_with('_') && (is_face(before, first) || is_face(after, last)) {
            let message = "underscores of two faces make what is between them italic, and are not printed";
            let hint = "write `\\_` for the sign itself, as in `^\\_^`";
            self.findings
                .push(Diagnostic::new(Code::MarkAccident, self.text.span(range.clone()), message).hint(hint));
        }
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !ideographs::is_wide(c));
        if own.starts_with('*') && letter(before) && inside().contains(char::is_whitespace) {
            let message = "these asterisks begin inside of a word and end in another: they set what is between them, and are not printed";
            let hint = "write `\\*` for the sign itself, as in `f\\*\\*k`";
            self.findings
                .push(Diagnostic::new(Code::MarkAccident, self.text.span(range.clone()), message).hint(hint));
        }
        self.node(range, InlineKind::Styled(style, inlines));
    }

    /// Whether emphasis is one letter between two that stand alone, `a*b*c`.
    fn is_product(&self, inside: &str, range: &Range<usize>) -> bool {
        let text = &self.text.text;
        let mut before = text[..range.start].chars().rev();
        let mut after = text[range.end..].chars();
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let is_free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        inside.len() == 1
            && is_letter(inside.chars().next())
            && is_letter(before.next())
            && is_free(before.next())
            && is_letter(after.next())
            && is_free(after.next())
    }

    /// Two tildes with words between them are no marks: they stay as they are.
    fn tildes(&mut self, tokens: Vec<Token>, range: &Range<usize>) {
        let top = self.top();
        top.tokens.push(Token::Words(range.start, "~".to_owned()));
        top.tokens.extend(tokens);
        top.tokens.push(Token::Words(range.end - 1, "~".to_owned()));
    }

    fn pop_inlines(&mut self, hold: Hold, tokens: Vec<Token>, range: Range<usize>) {
        if let Hold::Term = hold {
            return self.pop_terms(tokens);
        }
        let words = |token: &Token| match token {
            Token::Words(_, words) => words.clone(),
            _ => String::new(),
        };
        let is_space = |c: char| c.is_whitespace() && c != '\u{A0}';
        let spaced = |token: &Token| words(token).contains(is_space);
        if matches!(hold, Hold::Styled(InlineStyle::Sub)) {
            // `~_~` is a face
            let face = tokens.iter().all(|token| words(token) == "_");
            if face {
                self.findings.push(raised::by_accident(self.text.span(range.clone()), '~'));
            }
            if face || tokens.iter().any(spaced) {
                return self.tildes(tokens, &range);
            }
        }
        let links = !matches!(hold, Hold::Link(_) | Hold::Image(..));
        let mut inlines = self.fold(tokens, links);
        match hold {
            Hold::Styled(style) => self.styled(style, inlines, range),
            Hold::Link(dest) => self.node(range, InlineKind::Link { dest, page: false, children: inlines }),
            Hold::Image(path, title) => {
                raw::join_lines(&mut inlines);
                let place = self.text.span(range.clone());
                if title.trim().is_empty() && self.markup.captions && self.stands_alone(&range) {
                    // these words are printed as its caption
                    self.left.look(&inlines, self.source);
                }
                smart::set(&mut inlines, &self.passage_language(), self.markup);
                let alt = raw::plain(&inlines).trim().to_owned();
                self.left.look_at_picture(&alt, place, self.source);
                let title = self.title_of_picture(title, place);
                self.node(
                    range,
                    InlineKind::Image { path, title, alt, words: inlines, attrs: Box::default() },
                );
            }
            Hold::Heading(level) => {
                let attrs = inlines::trailing_attrs(&mut inlines, self.source, self.findings);
                self.left.look(&inlines, self.source);
                let language = attrs.lang.clone().unwrap_or_else(|| self.passage_language());
                smart::set(&mut inlines, &language, self.markup);
                self.block(range, BlockKind::Heading(Heading { level, content: inlines, attrs }));
            }
            hold => {
                match hold {
                    Hold::Cell => self.left.look_at_cell(&inlines, self.source),
                    _ => self.left.look(&inlines, self.source),
                }
                let around = match hold {
                    Hold::Cell => Around::default(),
                    _ => Around::of(&self.text.text, &range),
                };
                smart::set_among(&mut inlines, &self.passage_language(), self.markup, around);
                match hold {
                    Hold::Cell => {
                        self.top().cells_end = range.end;
                        self.top().cells.push(inlines);
                    }
                    _ if inlines.is_empty() => {}
                    _ => self.block(range, BlockKind::Para(inlines)),
                }
            }
        }
    }

    fn term(&mut self, inlines: Vec<Inline>) {
        let definitions = &mut self.top().definitions;
        match definitions.last_mut().filter(|last| last.meanings.is_empty()) {
            Some(last) => last.terms.push(inlines),
            None => definitions.push(Definition { terms: vec![inlines], meanings: Vec::new() }),
        }
    }

    fn meaning(&mut self, blocks: Vec<Block>) {
        let definitions = &mut self.top().definitions;
        match definitions.last_mut() {
            Some(last) => last.meanings.push(blocks),
            None => definitions.push(Definition { terms: Vec::new(), meanings: vec![blocks] }),
        }
    }

    fn code(&mut self, lang: String, tokens: Vec<Token>, range: Range<usize>) {
        let pieces = tokens.into_iter().map(|token| match token {
            Token::Literal(_, words) | Token::Words(_, words) => words,
            Token::Node(..) | Token::Mark(..) | Token::Tag(..) => String::new(),
        });
        let mut text: String = pieces.collect();
        if !text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
        let span = self.trimmed(range.clone());
        let first = self.source[span.start as usize..].lines().next().map_or(0, str::len);
        let fence = Span { end: span.end.min(span.start + u32::nearest(first)), ..span };
        self.left.look_at_code(&lang, &text, fence, self.source);
        let mut attrs = code_attrs(&lang, fence, self.findings);
        let lang = if attrs.classes.is_empty() { String::new() } else { attrs.classes.remove(0) };
        let code = Block { kind: BlockKind::Code { lang, text }, span };
        self.close_paragraph();
        match attrs.words.take().map(String::from) {
            Some(caption) => {
                let words = self.caption_at(caption, fence);
                let attrs = Attrs {
                    classes: vec!["caption".to_owned()],
                    id: attrs.id,
                    span: Some(fence),
                    ..Attrs::default()
                };
                let para = Block { kind: BlockKind::Para(words), span: fence };
                let caption = Block { kind: BlockKind::Div(attrs, vec![para]), span: fence };
                self.top().blocks().extend([code, caption]);
            }
            None if attrs.id.is_some() => {
                let attrs = Attrs { id: attrs.id, span: Some(fence), ..Attrs::default() };
                self.top().blocks().push(Block { kind: BlockKind::Div(attrs, vec![code]), span });
            }
            None => self.top().blocks().push(code),
        }
    }
}

impl Builder<'_> {
    /// Whether nothing but marks of what it stands in stands beside a picture in its line.
    fn stands_alone(&self, range: &Range<usize>) -> bool {
        let (before, behind) = (&self.text.text[..range.start], &self.text.text[range.end..]);
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_LEAD))..];
        let lead = near.rsplit('\n').next().unwrap_or("");
        let rest = behind[..behind.floor_char_boundary(LONGEST_LEAD)].lines().next().unwrap_or("");
        let is_marks = |c: char| matches!(c, ' ' | '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit();
        lead.chars().all(is_marks) && (rest.trim().is_empty() || rest.starts_with('{'))
    }

    /// The title that a picture has behind its path; one that stands where the label is explained is looked for there.
    fn title_of_picture(&mut self, title: String, picture: Span) -> Vec<Inline> {
        if title.trim().is_empty() {
            return Vec::new();
        }
        self.caption_at(without_lines(&title), picture)
    }

    /// The caption that stands at a place where Markdown reads none, with its marks.
    fn caption_at(&mut self, caption: String, around: Span) -> Vec<Inline> {
        let language = self.passage_language();
        let how = (&language, self.markup);
        let read = words_at(&caption, (self.source, around), how, &mut self.left, self.findings);
        read.unwrap_or_else(|| {
            let mut words = vec![Inline { kind: InlineKind::Text(caption), span: around }];
            smart::set(&mut words, &language, self.markup);
            words
        })
    }
}

/// What the first line of a listing says: its language as the first class, an id
/// and a caption, as Pandoc and many others have them.
fn code_attrs(info: &str, span: Span, findings: &mut Vec<Diagnostic>) -> Attrs {
    let (word, rest) = match info.find([' ', '{', ',']) {
        Some(at) => info.split_at(at),
        None => (info, ""),
    };
    let mut attrs = Attrs::default();
    let braced = rest.find('{').map(|at| &rest[at..]).filter(|braces| attrs::look_like_attrs(braces));
    if let Some(braces) = braced
        && let Some(length) = attrs::braces(braces)
    {
        attrs = attrs::parse(&braces[..length], Owner::Code, span, findings);
    }
    for key in ["title=", "caption=", "filename="] {
        let quoted = rest.split_once(key).and_then(|(_, value)| {
            match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                Some(mark) => value[1..].split(mark).next(),
                None => value.split([' ', ',', '}', '{']).next(),
            }
        });
        attrs.words = attrs.words.take().or_else(|| quoted.map(Box::from));
    }
    // `js:app.js` and `js:title=app.js`, a language and the file that the code stands in
    let (language, file) = word.split_once(':').filter(|(_, file)| file.contains('.')).unwrap_or((word, ""));
    let file = file.strip_prefix("title=").unwrap_or(file);
    attrs.words = attrs.words.or_else(|| Some(file.into())).filter(|caption| !caption.trim().is_empty());
    if !language.is_empty() {
        attrs.classes.insert(0, language.to_owned());
    }
    attrs
}

/// Whether a word between two tildes stands alone, as words do that GitHub strikes out so: `x~max~` is lowered.
fn is_struck_word(words: &str, before: Option<char>, after: Option<char>) -> bool {
    let free = [before, after].iter().flatten().all(|c| !c.is_alphanumeric() && *c != ')' && *c != '~');
    free && words.chars().count() >= 3 && words.chars().all(char::is_alphabetic)
}

fn end_of(tokens: &[Token], least: usize) -> usize {
    tokens.last().map_or(least, |token| match token {
        Token::Words(at, words) => at + words.len(),
        Token::Literal(range, _) | Token::Node(range, _) | Token::Tag(range, _) => range.end,
        Token::Mark(mark) => mark.at,
    })
}

/// What stands beside a picture in its line is looked at no further.
const LONGEST_LEAD: usize = 200;
