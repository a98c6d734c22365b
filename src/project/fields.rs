//! Taking keys out of a table: each is read once, and what nobody took is
//! a key that we don't know.

use super::keys::{BookKey, BookValue};
use super::offers;
use super::token::token;
use super::tree::{Datum, Entry, Node, Table};
use crate::book::{is_forbidden, windows_sign};
use crate::bounds;
use crate::diag::{Code, Diagnostic, Span, nearest};

/// A table being read, and the findings about it.
pub(super) struct Fields<'a> {
    table: Table,
    name: String,
    asked: Vec<&'static str>,
    /// Those of them that stand there.
    found: Vec<&'static str>,
    findings: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Begins to read `table`, which findings call `name` (empty for the top).
    pub(super) fn new(table: Table, name: &str, findings: &'a mut Vec<Diagnostic>) -> Fields<'a> {
        Fields { table, name: name.to_owned(), asked: Vec::new(), found: Vec::new(), findings }
    }

    /// Takes the value of `key`, also from a key that differs in capitals or by an
    /// underscore, or that other programs have for it; such a key is then told.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let exact = self.table.entries.iter().position(|entry| entry.key == key);
        let index = exact.or_else(|| {
            let index = self.meant(key)?;
            let entry = &self.table.entries[index];
            let finding = self.unknown(&entry.key, entry.key_span).hint(format!("write `{key}`"));
            self.findings.push(finding);
            Some(index)
        })?;
        self.found.push(key);
        let node = self.table.entries.remove(index).node;
        Some(node).filter(|node| !matches!(node.datum, Datum::Unread))
    }

    /// The entry that is meant by `key`, and is written otherwise.
    fn meant(&self, key: &str) -> Option<usize> {
        let entries = || self.table.entries.iter();
        let said = format!("write `{key}`");
        let says_so =
            |entry: &Entry| offers::instead(&self.name, &folded(&entry.key)).is_some_and(|hint| hint == said);
        entries().position(|entry| folded(&entry.key) == key).or_else(|| entries().position(says_so))
    }

    /// Takes every entry whose key is one of these, in the file's order.
    pub(super) fn take_where(&mut self, wanted: impl Fn(&str) -> bool) -> Vec<Entry> {
        let all = std::mem::take(&mut self.table.entries);
        let (taken, left) = all.into_iter().partition(|entry| wanted(&entry.key));
        self.table.entries = left;
        taken
    }

    /// Takes words; anything else is a finding, and empty words are none.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        self.spanned_text(key).map(|(text, _)| text).filter(|text| !text.trim().is_empty())
    }

    /// Takes words with their place, also when there are none between the marks.
    pub(super) fn spanned_text(&mut self, key: &'static str) -> Option<(String, Span)> {
        let node = self.take(key)?;
        let span = node.span;
        self.words(key, node).map(|text| (text, span))
    }

    /// Takes a name or a number of the trade with its place, when there is one.
    pub(super) fn token(&mut self, key: &'static str) -> Option<(String, Span)> {
        let (text, span) = self.spanned_text(key)?;
        Some((token(&text), span)).filter(|(text, _)| !text.is_empty())
    }

    /// The words of a value; a whole number is taken as it is written.
    pub(super) fn words(&mut self, key: &str, node: Node) -> Option<String> {
        let other = match node.datum {
            Datum::Text(text) => return Some(self.clean(text, node.span)),
            Datum::Integer(number) => return Some(number.to_string()),
            Datum::Unread => return None,
            Datum::Real(number) => Some(number.to_string()),
            Datum::Flag(flag) => Some(flag.to_string()),
            Datum::Date(date) => Some(date),
            Datum::List(list) => {
                let plain = |node: Node| match node.datum {
                    Datum::Text(text) if !text.contains(['"', '\\']) => Some(text),
                    _ => None,
                };
                let mut listed: Vec<String> = list.into_iter().filter_map(plain).collect();
                // several sentences are words as well; of tags, dates and numbers there can be one alone
                if BookKey::find(&self.name, key).is_some_and(|known| known.kind != BookValue::Text) {
                    listed.truncate(1);
                }
                Some(listed.join(", ")).filter(|words| !words.is_empty())
            }
            Datum::Table(_) => None,
        };
        let message = format!("`{key}` wants words in quotation marks");
        let hint = other.unwrap_or_else(|| "words".to_owned());
        let finding = Diagnostic::new(Code::ValueInvalid, node.span, message);
        self.findings.push(finding.hint(format!("write `{key} = \"{hint}\"`")));
        None
    }

    /// The words without the characters that no book may hold; one is a finding.
    fn clean(&mut self, mut text: String, span: Span) -> String {
        if bounds::FIELD.is_exceeded_by(text.len()) {
            self.findings.push(Diagnostic::too_much("this", &bounds::FIELD, text.len(), span));
            text.truncate(text.floor_char_boundary(bounds::FIELD.count()));
        }
        if let Some(c) = text.chars().find(|c| is_forbidden(*c)) {
            let message = format!("U+{:04X} is a control character: it has no place in a text", u32::from(c));
            let finding = Diagnostic::new(Code::ControlCharacter, span, message);
            self.findings.push(finding.hint("delete it, or the escape that stands for it"));
            let meant = |c: char| windows_sign(u32::from(c)).filter(|sign| !sign.is_control());
            text = text.chars().filter_map(|c| if is_forbidden(c) { meant(c) } else { Some(c) }).collect();
        }
        text
    }

    /// Takes words that must be there.
    pub(super) fn required(&mut self, key: &'static str, example: &str) -> String {
        let present = self.table.entries.iter().any(|entry| entry.key == key) || self.meant(key).is_some();
        if !present && let Some((entry, table)) = self.misplaced(key) {
            let message = format!("`{key}` stands under [{table}]");
            let finding = Diagnostic::new(Code::KeyUnknown, entry.key_span, message);
            self.findings.push(finding.hint("move the line up, above the first line in brackets"));
            return self.words(key, entry.node).unwrap_or_default();
        }
        let span = self.span_of(key);
        let text = self.take(key).and_then(|node| self.words(key, node));
        // One that is written nearly so is told of where it stands, with this key as what is meant. A short
        // key is near to others that are known.
        let is_near = |entry: &Entry| nearest(&entry.key, std::iter::once(key)).is_some();
        if !present && key.len() > "name".len() && self.table.entries.iter().any(is_near) {
            return String::new();
        }
        let finding = match (&text, present) {
            (_, false) => Diagnostic::new(
                Code::KeyMissing,
                self.table.span.map(first_byte),
                format!("`{key}` is missing"),
            )
            .hint(format!("add a line such as `{key} = {example}`")),
            (Some(text), true) if text.trim().is_empty() => {
                Diagnostic::new(Code::ValueInvalid, span, format!("`{key}` is empty"))
                    .hint(format!("write something such as `{key} = {example}`"))
            }
            _ => return text.unwrap_or_default(),
        };
        self.findings.push(finding);
        String::new()
    }

    /// A key of the top that stands below the name of a table, and so in it.
    fn misplaced(&mut self, key: &str) -> Option<(Entry, String)> {
        if !self.name.is_empty() {
            return None;
        }
        // Other tables have a title of their own.
        let may_have = ["contributor", "source", "style"];
        self.table.entries.iter_mut().filter(|outer| !may_have.contains(&outer.key.as_str())).find_map(
            |outer| {
                let inner = match &mut outer.node.datum {
                    Datum::Table(inner) => inner,
                    Datum::List(list) => match &mut list.last_mut()?.datum {
                        Datum::Table(inner) => inner,
                        _ => return None,
                    },
                    _ => return None,
                };
                let index = inner.entries.iter().position(|entry| entry.key == key)?;
                Some((inner.entries.remove(index), outer.key.clone()))
            },
        )
    }

    /// Takes a list of words; words alone are a list of one.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<(String, Span)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let list = match node.datum {
            Datum::List(list) => list,
            Datum::Text(_) => vec![node],
            _ => {
                self.refuse::<()>(key, node.span, "a list, such as [\"one\", \"two\"]");
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for item in list {
            let span = item.span;
            if matches!(item.datum, Datum::List(_) | Datum::Table(_)) {
                let what = if matches!(item.datum, Datum::List(_)) { "a list" } else { "a table" };
                let message = format!("{what} stands in the list `{key}`, which holds words alone");
                let finding = Diagnostic::new(Code::ValueInvalid, span, message);
                let parts = "a part is a heading `# Title {.part}` in a file";
                let hint = format!("write `{key} = [\"one\", \"two\"]`");
                self.findings.push(finding.hint(if key == "body" {
                    format!("{hint}; {parts}")
                } else {
                    hint
                }));
                continue;
            }
            texts.extend(self.words(key, item).map(|text| (text, span)));
        }
        texts
    }

    /// Takes a table; a list of one table is that table.
    pub(super) fn table(&mut self, key: &'static str) -> Option<Table> {
        let node = self.take(key)?;
        let wanted = format!("a table: a line `[{key}]`, and its keys below");
        match node.datum {
            Datum::Table(table) => Some(table),
            Datum::List(list) => match <[Node; 1]>::try_from(list) {
                Ok([Node { datum: Datum::Table(table), .. }]) => Some(table),
                _ => self.refuse(key, node.span, &wanted),
            },
            _ => self.refuse(key, node.span, &wanted),
        }
    }

    /// Takes a table, or a bare value for the one of its keys that it is mostly
    /// written for: `style = "novel"` says `[style] name = "novel"`.
    pub(super) fn table_or(&mut self, key: &'static str, main: &str) -> Option<Table> {
        let bare = |node: &Node| match &node.datum {
            Datum::Text(_) => true,
            Datum::List(list) => list.iter().all(|node| matches!(node.datum, Datum::Text(_))),
            _ => false,
        };
        let Some(index) = self.table.entries.iter().position(|entry| entry.key == key && bare(&entry.node))
        else {
            return self.table(key);
        };
        self.asked.push(key);
        self.found.push(key);
        let entry = self.table.entries.remove(index);
        let span = Some(entry.key_span);
        let entries = vec![Entry { key: main.to_owned(), ..entry }];
        Some(Table { entries, span })
    }

    /// Where the value of `key` stands.
    #[must_use]
    pub(super) fn span_of(&self, key: &str) -> Option<Span> {
        self.table.entries.iter().find(|entry| entry.key == key).map(|entry| entry.node.span)
    }

    /// Whether the value of `key` is words, or a list of words.
    #[must_use]
    pub(super) fn is_text(&self, key: &str) -> bool {
        let is_text = |node: &Node| matches!(node.datum, Datum::Text(_));
        self.table.entries.iter().any(|entry| {
            let in_list = matches!(&entry.node.datum, Datum::List(list) if list.iter().all(is_text));
            entry.key == key && (in_list || is_text(&entry.node))
        })
    }

    /// Whether the value of `key` is a table.
    #[must_use]
    pub(super) fn is_table(&self, key: &str) -> bool {
        let entries = self.table.entries.iter();
        entries.filter(|entry| entry.key == key).any(|entry| matches!(entry.node.datum, Datum::Table(_)))
    }

    /// Begins to read a table inside this one.
    pub(super) fn inside(&mut self, table: Table, name: &str) -> Fields<'_> {
        Fields::new(table, name, self.findings)
    }

    /// Says that the value of `key` is wrong.
    pub(super) fn refuse<T>(&mut self, key: &str, span: Span, wanted: &str) -> Option<T> {
        let message = format!("`{key}` wants {wanted}");
        self.findings.push(Diagnostic::new(Code::ValueInvalid, span, message));
        None
    }

    /// Adds a finding.
    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Ends the reading: what is left is unknown.
    pub(super) fn finish(self) {
        for entry in &self.table.entries {
            let finding = self.unknown(&entry.key, entry.key_span);
            let hint = self.offer(entry);
            self.findings.push(match hint {
                Some(hint) => finding.hint(hint),
                None => finding.hint(format!("keys that stand here: {}", self.asked.join(", "))),
            });
        }
    }

    /// What to write instead of a key that is not known. A key that stands there already
    /// is offered to nobody: it would stand there twice.
    fn offer(&self, entry: &Entry) -> Option<String> {
        let key = folded(&entry.key);
        let taken = |hint: &String| self.found.iter().any(|found| *hint == format!("write `{found}`"));
        if let Some(hint) = offers::instead(&self.name, &key) {
            let other = hint.strip_prefix("write ");
            return Some(match other.filter(|_| taken(&hint)) {
                Some(other) => format!("{other} stands here already: delete one of the two"),
                None => hint,
            });
        }
        let near = || match nearest(&key, self.asked.iter().copied())? {
            near if self.found.contains(&near) => {
                Some(format!("`{near}` stands here already: delete one of the two"))
            }
            near => Some(format!("did you mean `{near}`?")),
        };
        let elsewhere = offers::of_style(&self.name, entry).or_else(|| offers::home(&self.name, &entry.key));
        let other = || offers::near(&self.name, &key).filter(|hint| !taken(hint));
        elsewhere.or_else(near).or_else(other).or_else(|| self.akin(&key))
    }

    /// The keys that have a word with `key` in common and are still to be had: `subtitle` for `title-alt`.
    fn akin(&self, key: &str) -> Option<String> {
        const SHORTEST: usize = 4;
        let words = || key.split('-').filter(|word| word.len() >= SHORTEST);
        let is_akin = |known: &&&str| words().any(|word| known.contains(word));
        let free = self.asked.iter().filter(|known| !self.found.contains(*known));
        let akin: Vec<String> = free.filter(is_akin).map(|known| format!("`{known}`")).collect();
        (1..=3).contains(&akin.len()).then(|| format!("did you mean {}?", akin.join(" or ")))
    }

    fn unknown(&self, key: &str, span: Span) -> Diagnostic {
        let place = match self.name.as_str() {
            "" => "book.toml".to_owned(),
            file if file.ends_with(".toml") => file.to_owned(),
            table => format!("[{table}]"),
        };
        Diagnostic::new(Code::KeyUnknown, span, format!("`{key}` is not a key of {place}"))
    }
}

/// A key in small letters, with hyphens between its words: `cover-image` for `coverImage`.
fn folded(key: &str) -> String {
    let mut folded = String::with_capacity(key.len());
    let mut before = ' ';
    for c in key.trim().chars() {
        if c.is_uppercase() && before.is_lowercase() && folded.len() > 1 {
            folded.push('-');
        }
        before = c;
        folded.extend(c.to_lowercase());
    }
    folded.replace(['_', ' '], "-")
}

fn first_byte(span: Span) -> Span {
    Span { end: span.start, ..span }
}
