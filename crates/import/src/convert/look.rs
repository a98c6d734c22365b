//! How the words of a word processor's file look, and what the names of its styles say.

use super::flow::Role;
use super::model::{Book, Inline, Style, plain};
use crate::book::Lang;

/// What a style or the words themselves say of their look; `None` where they say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    /// Underlined words are emphasis, as on a typewriter; those of links are not.
    pub underlined: Option<bool>,
    pub small_caps: Option<bool>,
    pub strike: Option<bool>,
    pub hidden: Option<bool>,
    /// Shown in capitals, however the letters were typed.
    pub capitals: Option<bool>,
    pub raised: Option<i8>,
    /// In half points.
    pub size: Option<u32>,
}

impl Look {
    /// What is said here, or else there.
    pub(super) fn or(self, other: Look) -> Look {
        Look {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            underlined: self.underlined.or(other.underlined),
            small_caps: self.small_caps.or(other.small_caps),
            strike: self.strike.or(other.strike),
            hidden: self.hidden.or(other.hidden),
            capitals: self.capitals.or(other.capitals),
            raised: self.raised.or(other.raised),
            size: self.size.or(other.size),
        }
    }

    /// Words as they are shown: in capitals, where this look says so and that of their paragraph does not.
    pub(super) fn capitals(self, inner: Vec<Inline>, usual: Look, book: &mut Book) -> Vec<Inline> {
        if self.capitals != Some(true) || usual.capitals == Some(true) {
            return inner;
        }
        let mut shown = |inline| match inline {
            Inline::Text(text) => {
                let capitals = text.to_uppercase();
                if capitals != text {
                    book.added.push_str(&capitals);
                    book.added.push(' ');
                    book.leave_out("small letters that the source shows as capitals", text);
                }
                Inline::Text(capitals)
            }
            other => other,
        };
        inner.into_iter().map(&mut shown).collect()
    }

    /// Words in this look, where the style of their paragraph gives another. `language` is that
    /// of the words, and that of the text around them.
    pub(super) fn dress(
        self,
        inner: Vec<Inline>,
        usual: Look,
        is_code: bool,
        language: Option<(&str, &str)>,
    ) -> Vec<Inline> {
        if is_code && inner.iter().all(|inline| matches!(inline, Inline::Text(_))) {
            return vec![Inline::Code(plain(&inner))];
        }
        // the call of a note is raised by itself
        if inner.iter().all(|inline| matches!(inline, Inline::Note(_))) {
            return inner;
        }
        let differs =
            |said: Option<bool>, usual: Option<bool>| said.unwrap_or_default() && !usual.unwrap_or_default();
        let mut inner = inner;
        for (is, style) in [
            (self.raised == Some(1), Style::Super),
            (self.raised == Some(-1), Style::Sub),
            (differs(self.strike, usual.strike), Style::Strike),
            (differs(self.small_caps, usual.small_caps), Style::SmallCaps),
            (differs(self.bold, usual.bold), Style::Strong),
            (
                differs(self.italic, usual.italic) || differs(self.underlined, usual.underlined),
                Style::Emphasis,
            ),
        ] {
            if is {
                inner = vec![Inline::Styled(style, inner)];
            }
        }
        let base = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        let other = language.filter(|(tag, around)| base(tag) != base(around));
        match other.and_then(|(tag, _)| Lang::parse(tag)) {
            Some(tag) => vec![Inline::Language(tag.tag().to_owned(), inner)],
            None => inner,
        }
    }
}

/// What the name of a style says, in English, in which files keep the names of built-in styles.
pub(super) fn role(name: &str) -> Option<Role> {
    if let Some(level) = name.strip_prefix("heading ").and_then(|n| n.trim().parse::<u8>().ok()) {
        return Some(Role::Heading(level.clamp(1, 6)));
    }
    let is = |words: &[&str]| words.contains(&name);
    let ends = |words: &[&str]| {
        words
            .iter()
            .any(|word| name.strip_suffix(word).is_some_and(|code| code.is_empty() || code.ends_with(' ')))
    };
    let starts = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    match () {
        () if is(&["title"]) => Some(Role::Title),
        () if is(&["subtitle"]) => Some(Role::Subtitle),
        () if is(&["author", "date", "authors", "byline"]) => Some(Role::Author),
        // templates of publishers put a code before the word: `CT Chapter Title`
        () if is(&["chapter"])
            || ends(&[
                "chapter title",
                "chapter heading",
                "chapter head",
                "chapter number",
                "chapter name",
                "part title",
                "part number",
            ]) =>
        {
            Some(Role::Heading(1))
        }
        () if starts(&["toc ", "contents ", "table of contents", "table of figures", "index heading"])
            || is(&["toc heading"]) =>
        {
            Some(Role::Contents)
        }
        () if ends(&["extract", "epigraph", "block quote", "block quotation"]) => Some(Role::Quote),
        () if is(&["quote", "intense quote", "block text", "quotations"]) => Some(Role::Quote),
        () if starts(&["verse", "poem", "poetry", "line block", "lyrics"]) => Some(Role::Verse),
        () if is(&[
            "source code",
            "html preformatted",
            "preformatted text",
            "plain text",
            "code",
            "code block",
            "macro text",
        ]) =>
        {
            Some(Role::Code)
        }
        () if is(&["definition term", "list heading", "term"]) => Some(Role::Term),
        () if is(&["definition", "definition definition", "list contents"]) => Some(Role::Meaning),
        () if is(&["caption", "image caption", "table caption", "illustration", "figure", "table"]) => {
            Some(Role::Caption)
        }
        () => None,
    }
}

/// Whether the name of a style is that of words of code.
pub(super) fn is_code(name: &str) -> bool {
    let known = [
        "verbatim char",
        "html code",
        "source text",
        "html typewriter",
        "teletype",
        "code char",
        "inline code",
    ];
    known.contains(&name) || name.ends_with(" tok")
}
